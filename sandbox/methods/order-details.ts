import type Database from 'better-sqlite3';
import type { DateFormat } from '../http/date-format.ts';
import { parseObject, textField, type JsonObject, type JsonValue } from '../http/json.ts';

type ItemRow = {
  item: string;
  sku: string;
  barra: string;
  quantidade_milli: number;
  preco_cents: number;
  vendedor_item: number | null;
  descontos: string;
};
type PaymentRow = {
  tipo_pgto: number;
  bandeira: number | null;
  operadora: number | null;
  numparc: number;
  parcela: number;
  valor_inicial_cents: number;
  data_vencimento: string | null;
  body: string;
};

/** The child lists of one order, as the list methods answer them. */
export function createOrderDetails(db: Database.Database): (pedidov: number, dates: DateFormat) => JsonObject {
  const items = db.prepare<[number], ItemRow>('SELECT * FROM order_items WHERE pedidov = ? ORDER BY position');
  const payments = db.prepare<[number], PaymentRow>('SELECT * FROM order_payments WHERE pedidov = ? ORDER BY position');

  return (pedidov, dates) => ({
    produtos: items.all(pedidov).map((row) => ({
      item: row.item,
      sku: row.sku,
      barra: row.barra,
      quantidade: row.quantidade_milli / 1000,
      preco: row.preco_cents / 100,
      desconto: 0,
      vendedor_item: row.vendedor_item,
      descontos: JSON.parse(row.descontos) as JsonValue,
    })),
    lancamentos: payments.all(pedidov).map((row) => ({
      tipo_pgto: row.tipo_pgto,
      bandeira: row.bandeira,
      operadora: row.operadora,
      numparc: row.numparc,
      parcela: row.parcela,
      valor_inicial: row.valor_inicial_cents / 100,
      data_vencimento: row.data_vencimento === null ? null : dates.day(row.data_vencimento),
      nsu: textField(parseObject(row.body), 'nsu') ?? null,
    })),
  });
}
