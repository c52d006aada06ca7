import type { FaultInjector } from '../faults/fault-injector.ts';
import { ISO_DATES } from '../http/date-format.ts';
import { parseObject, type JsonObject } from '../http/json.ts';
import { createExchangeRows } from '../methods/exchange-reads.ts';
import type { Counters } from '../store/counters.ts';
import type { Store } from '../store/open-store.ts';

type OrderRow = {
  pedidov: number;
  cod_pedidov: string;
  n_pedido_cliente: string;
  cod_filial: string;
  cod_vendedor: string | null;
  cliente: number;
  data_emissao: string;
  quantidade_milli: number;
  total_cents: number;
  v_acerto_cents: number;
  status: number;
  cancelado: number;
  obs_canc: string | null;
  received_at_ms: number;
  received_from: string;
  trans_id: number;
};
type ItemRow = {
  item: string;
  sku: string;
  barra: string;
  quantidade_milli: number;
  preco_cents: number;
  vendedor_item: number | null;
};
type PaymentRow = {
  tipo_pgto: number;
  bandeira: number | null;
  operadora: number | null;
  numparc: number;
  parcela: number;
  valor_inicial_cents: number;
};
type BeatRow = {
  estacao: string;
  instalacao: string;
  ultimo_numero: number;
  cabeca_auditoria: string | null;
  refused_installations: number;
  at_ms: number;
};
type EventRow = { kind: string; status: number | null; at_ms: number };

type JournalRow = {
  id: number;
  kind: string;
  code: string;
  document: string;
  total_cents: number;
  restores: number;
  at_ms: number;
  in_hand: number;
};
type CashRow = { body: string; received_from: string; received_at_ms: number };

/** Orders whose trans_id is greater than `after`, `limit` of them (0 = all), and notes of the journal after an id. */
export type ReceivedPage = { readonly after: number; readonly limit: number; readonly journalAfter: number };

/** What the ERP holds, straight from its tables, for tests and people that trust nothing of the product. */
export function createReceivedReport(
  store: Store,
  counters: Counters,
  faults: FaultInjector,
): (page: ReceivedPage) => JsonObject {
  const { db } = store;
  const orders = db.prepare<[number, number], OrderRow>(
    'SELECT * FROM orders WHERE trans_id > ? ORDER BY trans_id LIMIT ?',
  );
  const items = db.prepare<[number], ItemRow>('SELECT * FROM order_items WHERE pedidov = ? ORDER BY position');
  const payments = db.prepare<[number], PaymentRow>('SELECT * FROM order_payments WHERE pedidov = ? ORDER BY position');
  const events = db.prepare<[string], EventRow>(
    'SELECT kind, status, at_ms FROM order_events WHERE cod_pedidov = ? ORDER BY id',
  );

  // In hand: the ERP still has the very document, under the code it came with.
  const journal = db.prepare<[number], JournalRow>(
    `SELECT j.*, EXISTS (SELECT 1 FROM orders o WHERE o.cod_pedidov = j.code AND o.n_pedido_cliente = j.document)
       OR EXISTS (SELECT 1 FROM exchanges e WHERE e.n_pedido_cliente = j.document)
       OR EXISTS (SELECT 1 FROM cash_records c WHERE c.id = j.code) AS in_hand
     FROM ever_included j WHERE j.id > ? ORDER BY id`,
  );
  const restores = db.prepare<[], { name: string; at_ms: number }>('SELECT name, at_ms FROM restores ORDER BY id');
  const exchanges = createExchangeRows(store);
  const cash = db.prepare<[], CashRow>('SELECT * FROM cash_records ORDER BY trans_id');
  const beats = db.prepare<[], BeatRow>('SELECT * FROM heartbeats ORDER BY estacao');
  const auditRows = db.prepare<[], number>('SELECT count(*) FROM audit_rows').pluck();

  function describeOrder(row: OrderRow): JsonObject {
    const history = events.all(row.cod_pedidov);
    return {
      pedidov: row.pedidov,
      cod_pedidov: row.cod_pedidov,
      n_pedido_cliente: row.n_pedido_cliente,
      cod_filial: row.cod_filial,
      cod_vendedor: row.cod_vendedor,
      cliente: row.cliente,
      data_emissao: row.data_emissao,
      quantidade: row.quantidade_milli / 1000,
      total: row.total_cents / 100,
      v_acerto: row.v_acerto_cents / 100,
      status: row.status,
      cancelado: row.cancelado === 1,
      obs_canc: row.obs_canc,
      received_from: row.received_from,
      received_at: iso(row.received_at_ms),
      trans_id: row.trans_id,
      inclusions: history.filter((event) => event.kind === 'included').length,
      refusedDuplicates: history.filter((event) => event.kind === 'duplicate').length,
      statusHistory: history
        .filter((event) => event.kind !== 'duplicate')
        .map((event) => ({ status: event.status, at: iso(event.at_ms) })),
      produtos: items.all(row.pedidov).map((line) => ({
        item: line.item,
        sku: line.sku,
        barra: line.barra,
        quantidade: line.quantidade_milli / 1000,
        preco: line.preco_cents / 100,
        vendedor_item: line.vendedor_item,
      })),
      lancamentos: payments.all(row.pedidov).map((line) => ({
        tipo_pgto: line.tipo_pgto,
        bandeira: line.bandeira,
        operadora: line.operadora,
        numparc: line.numparc,
        parcela: line.parcela,
        valor_inicial: line.valor_inicial_cents / 100,
      })),
    };
  }

  return ({ after, limit, journalAfter }) => ({
    orders: orders.all(after, limit === 0 ? -1 : limit).map(describeOrder),
    heartbeats: beats.all().map((beat) => ({
      estacao: beat.estacao,
      instalacao: beat.instalacao,
      ultimo_numero: beat.ultimo_numero,
      cabeca_auditoria: beat.cabeca_auditoria,
      refusedInstallations: beat.refused_installations,
      at: iso(beat.at_ms),
    })),
    everIncluded: journal.all(journalAfter).map((row) => ({
      id: row.id,
      kind: row.kind,
      code: row.code,
      document: row.document,
      total: row.total_cents / 100,
      at: iso(row.at_ms),
      afterRestores: row.restores,
      inHand: row.in_hand === 1,
    })),
    restores: restores.all().map(({ name, at_ms }) => ({ name, at: iso(at_ms) })),
    exchanges: exchanges.select([], 'ORDER BY e.saida', 0).map((row) => exchanges.describe(row, ISO_DATES)),
    cashRecords: cash.all().map((row) => ({
      ...parseObject(row.body),
      received_from: row.received_from,
      received_at: iso(row.received_at_ms),
    })),
    auditRows: auditRows.get() ?? 0,
    calls: counters.all('call'),
    concurrentCallViolations: Object.values(counters.all('violation')).reduce((sum, count) => sum + count, 0),
    faults: faults.fired(),
  });
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
