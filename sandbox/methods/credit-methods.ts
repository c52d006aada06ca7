import { ErpError } from '../http/erp-error.ts';
import type { ErpMethod, ReadCall } from '../http/erp-method.ts';
import { fieldSet } from '../http/field-set.ts';
import { numberField, textField, type JsonObject } from '../http/json.ts';
import type { Store } from '../store/open-store.ts';
import { createSelectRows } from '../store/select-rows.ts';
import { centsOf } from './check-order-money.ts';
import type { Credits } from './credits.ts';

type CreditRow = {
  saida: number;
  n_pedido_cliente: string;
  cliente: number | null;
  data: string;
  total_cents: number;
  used_cents: number;
  cancelado: number;
};

/** consultacredito and reservacredito. */
export function creditMethods({ db }: Store, credits: Credits): readonly ErpMethod[] {
  const select = createSelectRows(db);

  function listCredits({ arguments: given, top, dates }: ReadCall): readonly JsonObject[] {
    const rows = select<CreditRow>({
      from: `SELECT e.*, (SELECT coalesce(sum(u.valor_cents), 0) FROM credit_uses u WHERE u.saida = e.saida) AS used_cents
             FROM exchanges e`,
      filters: [
        { sql: 'CAST(e.saida AS TEXT) = ?', value: given.text('numero_credito') },
        { sql: 'e.cliente = ?', value: given.integer('cliente') },
        { sql: 'e.n_pedido_cliente = ?', value: given.text('n_pedido_cliente') },
        {
          sql: `e.cliente IN (SELECT cliente FROM customers WHERE replace(replace(cpf, '.', ''), '-', '') = ?)`,
          value: given.text('cpf')?.replaceAll(/\D/g, ''),
        },
      ],
      tail: 'ORDER BY e.saida',
      top,
    });
    return rows.map((row) => ({
      numero_credito: String(row.saida),
      n_pedido_cliente: row.n_pedido_cliente,
      cliente: row.cliente,
      data: dates.day(row.data),
      valor: row.total_cents / 100,
      saldo: row.cancelado === 1 ? 0 : (row.total_cents - row.used_cents) / 100,
      cancelado: row.cancelado === 1,
    }));
  }

  return [
    {
      kind: 'read',
      name: 'millenium_eco.troca_devolucao.consultacredito',
      summary: 'Créditos de trocas e seu saldo',
      parameters: {
        numero_credito: 'text',
        cliente: 'integer',
        cpf: 'text',
        n_pedido_cliente: 'text',
        vitrine: 'integer',
      },
      rows: listCredits,
    },
    {
      kind: 'write',
      isBatch: false,
      name: 'millenium_eco.troca_devolucao.reservacredito',
      summary: 'Reserva parte de um crédito para um documento; valor 0 libera',
      body: fieldSet('vitrine:i numero_credito:s20! n_pedido_cliente:s50! valor:f!'),
      write({ body }) {
        const numero = textField(body, 'numero_credito') ?? '';
        const cents = centsOf(numberField(body, 'valor') ?? 0, 'crédito');
        if (cents < 0) throw new ErpError(400, 'Valor da reserva inválido');
        credits.hold(numero, textField(body, 'n_pedido_cliente') ?? '', cents, false);
        const credit = credits.find(numero);
        const saldo = ((credit?.total_cents ?? 0) - (credit?.used_cents ?? 0)) / 100;
        return { status: 200, body: { numero_credito: numero, reservado: cents / 100, saldo } };
      },
    },
  ];
}
