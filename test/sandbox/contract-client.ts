import { isDeepStrictEqual } from 'node:util';
import { INCLUDE, sale, STATUS, statusBatch, type Row } from './support.ts';

/**
 * A caller that knows nothing but the wire contract, written without a look at the product: it shows that each dialect
 * and each mixture of faults can be lived with, so that a product that fails in one has itself to blame.
 */
export type ContractClient = {
  /** Reads a register to its end by cursor; gives the rows by key, the newest trans_id of each. */
  load(path: string, keyOf: (row: Row) => string): Promise<ReadonlyMap<string, Row>>;
  /** Includes a sale, delivers it and reads it back; returns when the ERP holds it as it was rung. */
  sell(code: string): Promise<void>;
};

type Reply = { readonly status: number; readonly body: unknown };

const UNKNOWN: Reply = { status: 0, body: undefined };
const PATIENCE = 400;

export function createContractClient(
  url: string,
  { user, isSession, timeoutMs }: { user: string; isSession: boolean; timeoutMs: number },
): ContractClient {
  let session: string | undefined;

  async function send(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    try {
      const response = await fetch(`${url}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        redirect: 'manual',
        headers,
        signal: AbortSignal.timeout(timeoutMs),
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: parse(await response.text()) };
    } catch {
      return UNKNOWN;
    }
  }

  async function credentials(): Promise<Record<string, string>> {
    if (!isSession) return { authorization: `Basic ${btoa(`${user}:demo-${user}`)}` };
    if (session === undefined) {
      const { body } = await send('/api/login', {}, { 'WTS-Authorization': `${user}/demo-${user}` });
      const given = (body as Row | undefined)?.['session'];
      if (typeof given === 'string') session = given;
    }
    return { 'WTS-Session': session ?? '' };
  }

  async function call(path: string, body?: unknown): Promise<Reply> {
    const reply = await send(
      `${path}${path.includes('?') ? '&' : '?'}$format=json&$dateformat=iso`,
      body,
      await credentials(),
    );
    // "Any other 401": the session is gone, log in once again the next time.
    if (reply.status === 401 && JSON.stringify(reply.body ?? '').includes('expirada')) session = undefined;
    return reply;
  }

  /** The rows of a list, undefined when the reply is torn or no list. */
  async function list(path: string): Promise<readonly Row[] | undefined> {
    const { status, body } = await call(path);
    const { value, 'odata.count': count } = (body ?? {}) as { value?: unknown; 'odata.count'?: unknown };
    if (status !== 200 || !Array.isArray(value) || Number(count) !== value.length) return undefined;
    return (value as Row[]).map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, each]) => [name.toLowerCase(), each])),
    );
  }

  async function load(path: string, keyOf: (row: Row) => string): Promise<ReadonlyMap<string, Row>> {
    const rows = new Map<string, Row>();
    let cursor = 0;
    let top = 7;
    for (let attempt = 0; attempt < PATIENCE; attempt++) {
      const page = await list(`${path}trans_id=${cursor}&$top=${top}`);
      if (page === undefined) continue;
      const ids = page.map((row) => Number(row['trans_id']));
      const isCut = top > 0 && page.length === top;
      if (isCut && ids.some((id, index) => index > 0 && id < (ids[index - 1] ?? 0))) {
        top = top > 20 ? 0 : top * 2;
        continue;
      }
      for (const row of page) {
        const known = rows.get(keyOf(row));
        if (known === undefined || Number(known['trans_id']) <= Number(row['trans_id'])) rows.set(keyOf(row), row);
      }
      const highest = Math.max(cursor, ...ids);
      if (!isCut) return rows;
      if (highest - 1 <= cursor) top *= 2;
      else cursor = highest - 1;
    }
    throw new Error(`${path} was never read to its end`);
  }

  /** The order as the ERP holds it; null when it says that there is none, undefined when it says nothing. */
  async function lookUp(code: string): Promise<Row | null | undefined> {
    const rows = await list(`/api/millenium_eco/pedido_venda/listapedidos?cod_pedidov=${code}`);
    if (rows === undefined) return undefined;
    return rows.find((row) => row['cod_pedidov'] === code) ?? (rows.length === 0 ? null : undefined);
  }

  async function sell(code: string): Promise<void> {
    const body = sale(code);
    for (let attempt = 0; attempt < PATIENCE; attempt++) {
      const order = await lookUp(code);
      if (order === null) await call(INCLUDE, body);
      if (order === null || order === undefined) continue;
      if (Number(order['status']) === 3) {
        const lines = (order['produtos'] as Row[]).map((line) => [
          line['sku'],
          Number(line['quantidade']),
          Number(line['preco']),
        ]);
        const wanted = (body['produtos'] as Row[]).map((line) => [line['sku'], line['quantidade'], line['preco']]);
        if (order['n_pedido_cliente'] === body['n_pedido_cliente'] && isDeepStrictEqual(lines, wanted)) return;
        continue;
      }
      const batch = statusBatch(3, [code]);
      const nota = [{ cod_filial: '00010', cod_caixa: 1, valor: 89.9 }];
      await call(STATUS, { ...batch, status_pedidos: [{ cod_pedidov: code, status: 3, nota }] });
    }
    throw new Error(`${code} was never confirmed`);
  }

  return { load, sell };
}

function parse(text: string): unknown {
  try {
    // oxlint-disable-next-line no-control-regex -- servers put them where JSON forbids them
    return JSON.parse(text.replaceAll(/[\u0000-\u001F]/g, '')) as unknown;
  } catch {
    return undefined;
  }
}
