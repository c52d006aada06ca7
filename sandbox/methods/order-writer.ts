import type Database from 'better-sqlite3';
import { numberField, textField, type JsonObject } from '../http/json.ts';
import { createJournal } from '../store/journal.ts';
import type { NextId } from '../store/next-id.ts';
import { centsOf, milliOf } from './check-order-money.ts';
import type { OrderItem, OrderPayment } from './order-lines.ts';

type Figures = { readonly quantidadeMilli: number; readonly totalCents: number; readonly vAcertoCents: number };

type NewOrder = {
  readonly body: JsonObject;
  readonly user: string;
  readonly nowMs: number;
  readonly cliente: number;
  readonly salesperson: number | null;
  readonly items: readonly OrderItem[];
  readonly payments: readonly OrderPayment[];
  readonly figures: Figures;
};

export type OrderWriter = {
  figuresOf(body: JsonObject): Figures;
  /** Writes a checked order with its lines; gives its internal id. */
  writeOrder(order: NewOrder): number;
  recordEvent(code: string, kind: 'included' | 'duplicate' | 'status', status: number | null, atMs: number): void;
};

export function orderWriter(db: Database.Database, nextId: NextId): OrderWriter {
  const insertOrder = db.prepare(
    `INSERT INTO orders VALUES (@pedidov, @cod_pedidov, @n_pedido_cliente, @cod_filial, @cod_vendedor, @id_vendedor, @cliente, @cod_evento,
     @data_emissao, @data_entrega, @quantidade, @total, @v_acerto, 0, 0, NULL, @at, @user, @body, @trans_id)`,
  );
  const insertItem = db.prepare('INSERT INTO order_items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const insertPayment = db.prepare('INSERT INTO order_payments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const insertEvent = db.prepare('INSERT INTO order_events (cod_pedidov, kind, status, at_ms) VALUES (?, ?, ?, ?)');
  const journal = createJournal(db);
  const recordEvent: OrderWriter['recordEvent'] = (code, kind, status, atMs) =>
    void insertEvent.run(code, kind, status, atMs);

  return {
    figuresOf: (body) => ({
      quantidadeMilli: milliOf(numberField(body, 'quantidade') ?? 0, 'pedido'),
      totalCents: centsOf(numberField(body, 'total') ?? 0, 'total'),
      vAcertoCents: centsOf(numberField(body, 'v_acerto') ?? 0, 'v_acerto'),
    }),
    writeOrder({ body, user, nowMs, cliente, salesperson, items, payments, figures }) {
      const pedidov = nextId('order_ids');
      const code = textField(body, 'cod_pedidov') ?? '';
      insertOrder.run({
        pedidov,
        cod_pedidov: code,
        n_pedido_cliente: textField(body, 'n_pedido_cliente'),
        cod_filial: textField(body, 'cod_filial'),
        cod_vendedor: textField(body, 'cod_vendedor') ?? null,
        id_vendedor: salesperson,
        cliente,
        cod_evento: textField(body, 'cod_evento'),
        data_emissao: textField(body, 'data_emissao'),
        data_entrega: textField(body, 'data_entrega'),
        quantidade: figures.quantidadeMilli,
        total: figures.totalCents,
        v_acerto: figures.vAcertoCents,
        at: nowMs,
        user,
        body: JSON.stringify(body),
        trans_id: nextId('orders'),
      });
      items.forEach((line, position) => {
        insertItem.run(
          pedidov,
          position,
          line.item,
          line.sku,
          line.barra,
          line.quantidadeMilli,
          line.precoCents,
          line.vendedorItem,
          JSON.stringify(line.descontos),
        );
      });
      payments.forEach((line, position) => {
        insertPayment.run(
          pedidov,
          position,
          line.tipoPgto,
          line.bandeira,
          line.operadora,
          line.numparc,
          line.parcela,
          line.valorInicialCents,
          line.dataVencimento,
          JSON.stringify(line.body),
        );
      });
      recordEvent(code, 'included', 0, nowMs);
      const document = textField(body, 'n_pedido_cliente') ?? '';
      journal.note('sale', { code, document, totalCents: figures.totalCents, atMs: nowMs });
      return pedidov;
    },
    recordEvent,
  };
}
