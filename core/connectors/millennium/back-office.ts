import type { BackOfficeBatch, InvoiceRequest, InvoiceView, RecordOutcome } from '../../../contract/back-office.ts';
import type { BackOffice } from '../back-office.ts';
import type { Page, Remote } from '../connector.ts';
import { isPassingRefusal } from './classify-reply.ts';
import type { MillenniumClient } from './client.ts';
import { MillenniumInvoice, MillenniumRecordActions } from './decode-back-office.ts';
import { MillenniumProduct } from './decode-catalog.ts';
import { decodeList, decodeObject, decodeRows } from './decode-list.ts';
import { encodeBackOfficeBatch } from './encode-back-office.ts';
import { millenniumMethods as methods } from './millennium-methods.ts';
import { readPage, toPageAnswer } from './read-page.ts';

/** `acao` of one record. */
const ACTIONS: ReadonlyMap<number, RecordOutcome['result']> = new Map([
  [0, 'unchanged'],
  [1, 'included'],
  [2, 'changed'],
  [100, 'refused'],
]);

/** The writes of a back office and the invoices it reads (wire contract, sections 3 and 5). */
export function createMillenniumBackOffice(client: MillenniumClient): BackOffice {
  async function write(batch: BackOfficeBatch): Promise<Remote<readonly RecordOutcome[]>> {
    const { method, body } = encodeBackOfficeBatch(batch);
    const reply = await client.call({ method, body });
    if (!reply.ok) {
      return reply.failure.class === 'refused' ? refuseCall(batch, reply.failure.text) : reply;
    }
    const actions = decodeObject(reply.value, MillenniumRecordActions, method);
    if (!actions.ok) return actions;
    const byKey = new Map(actions.value.acoes.map((action) => [keyOf(batch.kind, action), action]));
    return {
      ok: true,
      value: keysOf(batch).map((key): RecordOutcome => {
        const action = byKey.get(key);
        const result = action === undefined ? undefined : ACTIONS.get(action.acao);
        if (action === undefined || result === undefined) return { key, result: 'unknown', text: null, transId: null };
        if (result !== 'refused') return { key, result, text: null, transId: action.trans_id };
        const text = action.erro || 'recusado sem texto';
        return { key, result: isPassingRefusal(text) ? 'unknown' : 'refused', text, transId: null };
      }),
    };
  }

  /** One record may have spoilt the whole call, or the call is too long: halves are asked for, at last one alone. */
  async function refuseCall(batch: BackOfficeBatch, text: string): Promise<Remote<readonly RecordOutcome[]>> {
    const half = Math.ceil(batch.records.length / 2);
    if (batch.records.length === 1) {
      return { ok: true, value: keysOf(batch).map((key) => ({ key, result: 'refused', text, transId: null })) };
    }
    const first = await write(slice(batch, 0, half));
    if (!first.ok) return first;
    const second = await write(slice(batch, half));
    return second.ok ? { ok: true, value: [...first.value, ...second.value] } : second;
  }

  function readInvoices(request: InvoiceRequest): Promise<Remote<Page<InvoiceView>>> {
    const method = methods.invoices;
    const { showcaseId, since, until } = request;
    const scope = {
      vitrine: showcaseId,
      data_emissao_inicial: since ?? undefined,
      data_emissao_final: until ?? undefined,
    };
    return readPage<InvoiceView>({ ...request, branchId: 0 }, async (transId, top) => {
      const limit = top === 0 ? {} : { $top: top };
      const reply = await client.call({ method, query: { ...scope, trans_id: transId, ...limit } });
      if (!reply.ok) return reply;
      const rows = decodeList(reply.value, method, top);
      const invoices = rows.ok ? await decodeRows(rows.value, MillenniumInvoice, method) : rows;
      return invoices.ok ? { ok: true, value: toPageAnswer(invoices.value) } : invoices;
    });
  }

  return {
    write,
    findSkus: async (showcaseId, productCode) => {
      const method = methods.products;
      // By key alone: with a trans_id a server may hide what was written a moment ago.
      const query = { vitrine: showcaseId, cod_produto: productCode };
      const reply = await client.call({ method, query });
      if (!reply.ok) return reply;
      const rows = decodeList(reply.value, method, 0);
      const products = rows.ok ? await decodeRows(rows.value, MillenniumProduct, method) : rows;
      if (!products.ok) return products;
      const product = products.value.find((row) => row.productCode === productCode);
      const skus = product?.skus ?? [];
      return {
        ok: true,
        value: skus.map(({ sku, colorCode, printCode, size, barcodes }) => ({
          sku,
          colorCode,
          printCode,
          size,
          barcodes: [...barcodes],
        })),
      };
    },
    readInvoices,
  };
}

function keysOf(batch: BackOfficeBatch): string[] {
  return batch.kind === 'products'
    ? batch.records.map((record) => record.productCode)
    : batch.records.map((record) => record.sku);
}

function keyOf(kind: BackOfficeBatch['kind'], action: { readonly cod_produto: string; readonly sku: string }): string {
  return kind === 'products' ? action.cod_produto : action.sku;
}

function slice(batch: BackOfficeBatch, from: number, to?: number): BackOfficeBatch {
  switch (batch.kind) {
    case 'products':
      return { ...batch, records: batch.records.slice(from, to) };
    case 'prices':
      return { ...batch, records: batch.records.slice(from, to) };
    case 'stock':
      return { ...batch, records: batch.records.slice(from, to) };
  }
}
