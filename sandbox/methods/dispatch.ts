import type Database from 'better-sqlite3';
import type { NextId } from '../store/next-id.ts';

/** What follows from a change of state: the invoice, and the goods that leave the branch or come back. */
export type Dispatch = { follow(pedidov: number, before: number, after: number, nowMs: number): void };

export function createDispatch(db: Database.Database, nextId: NextId): Dispatch {
  const insertInvoice = db.prepare(
    `INSERT INTO invoices (saida, pedidov, nota, data, cancelada, updated_at_ms, trans_id)
     SELECT @saida, pedidov, @saida, data_emissao, 0, @at, @trans_id FROM orders WHERE pedidov = @pedidov
     ON CONFLICT (pedidov) DO UPDATE SET cancelada = 0, updated_at_ms = @at, trans_id = @trans_id`,
  );
  const cancelInvoice = db.prepare(
    'UPDATE invoices SET cancelada = 1, updated_at_ms = ?, trans_id = ? WHERE pedidov = ?',
  );
  const moveStock = db.prepare(
    `UPDATE stocks SET saldo_milli = saldo_milli + @sign * i.quantidade_milli, updated_at_ms = @at, trans_id = @trans_id
     FROM (SELECT t.sku, o.cod_filial, sum(t.quantidade_milli) AS quantidade_milli FROM order_items t JOIN orders o USING (pedidov)
           WHERE o.pedidov = @pedidov GROUP BY t.sku) i
     WHERE stocks.sku = i.sku AND stocks.cod_filial = i.cod_filial`,
  );
  return {
    follow(pedidov, before, after, nowMs) {
      if (after === 3) {
        insertInvoice.run({ saida: nextId('invoice_ids'), pedidov, at: nowMs, trans_id: nextId('invoices') });
        moveStock.run({ sign: -1, pedidov, at: nowMs, trans_id: nextId('stocks') });
      }
      if (before === 3 && after === 5) {
        cancelInvoice.run(nowMs, nextId('invoices'), pedidov);
        moveStock.run({ sign: 1, pedidov, at: nowMs, trans_id: nextId('stocks') });
      }
    },
  };
}
