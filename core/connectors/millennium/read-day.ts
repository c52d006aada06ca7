import type { DayRequest, Remote, RemoteSale } from '../connector.ts';
import type { MillenniumClient } from './client.ts';
import { findDifference } from './compare-order.ts';
import { decodeList, decodeRows } from './decode-list.ts';
import { MillenniumOrder, MillenniumOrderKey } from './decode-order.ts';
import { millenniumMethods, orderStatus } from './millennium-methods.ts';

/**
 * The orders of one business day and branch that carry this station's code. The list is asked for whole: a limit would
 * cut it in silence, and a day of a branch is some thousand orders at most.
 */
export async function readDay(
  { businessDay, showcaseId, branchCode, stationCode }: DayRequest,
  client: MillenniumClient,
): Promise<Remote<readonly RemoteSale[]>> {
  const method = millenniumMethods.orders;
  const reply = await client.call({
    method,
    query: {
      vitrine: showcaseId,
      cod_filial: branchCode,
      data_emissao_inicial: businessDay,
      data_emissao_final: businessDay,
      $top: 0,
    },
  });
  if (!reply.ok) return reply;
  const rows = decodeList(reply.value, method, 0);
  if (!rows.ok) return rows;
  const keys = await decodeRows(rows.value, MillenniumOrderKey, method);
  if (!keys.ok) return keys;
  // Of other stations and channels only the key is read: they may lack what a till always writes.
  // A number of ours is the code and nine digits: a web order may begin like it.
  const isOurs = (number: string): boolean =>
    number.startsWith(stationCode) && /^\d{9}$/.test(number.slice(stationCode.length));
  const ours = rows.value.filter((_, index) => isOurs(keys.value[index]?.cod_pedidov.trim() ?? ''));
  const orders = await decodeRows(ours, MillenniumOrder, method);
  if (!orders.ok) return orders;
  return {
    ok: true,
    value: orders.value.map((order) => ({
      number: order.number,
      documentId: order.documentId,
      totalCents: order.totalCents,
      isDelivered: order.status >= orderStatus.delivered,
      isCancelled: order.status === orderStatus.cancelled,
      findDifference: (sale) => findDifference(sale, order),
    })),
  };
}
