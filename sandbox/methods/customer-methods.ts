import type { ErpMethod, ReadCall } from '../http/erp-method.ts';
import { parseObject, textField, type JsonObject } from '../http/json.ts';
import type { Store } from '../store/open-store.ts';
import { createSelectRows } from '../store/select-rows.ts';
import type { Customers } from './customers.ts';
import { CUSTOMER_FIELDS } from './order-fields.ts';

type CustomerRow = { body: string; trans_id: number; updated_at_ms: number };

/** clientes/lista and clientes/incluiroualterar. */
export function customerMethods({ db }: Store, customers: Customers): readonly ErpMethod[] {
  const select = createSelectRows(db);

  function list({ arguments: given, top, after, hidden, direction, dates }: ReadCall): readonly JsonObject[] {
    const digits = given.text('cpf')?.replaceAll(/\D/g, '');
    const name = given.text('nome');
    const rows = select<CustomerRow>({
      from: 'SELECT body, trans_id, updated_at_ms FROM customers',
      filters: [
        { sql: 'cliente = ?', value: given.integer('cliente') },
        { sql: 'cod_cliente = ?', value: given.text('cod_cliente') },
        { sql: 'cpf = ?', value: digits?.replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1.$2.$3-$4') },
        { sql: 'cnpj = ?', value: given.text('cnpj') },
        { sql: 'e_mail = ?', value: given.text('email') },
        {
          sql: `nome LIKE ? ESCAPE '\\'`,
          value: name === undefined ? undefined : `${name.replaceAll(/[%_\\]/g, String.raw`\$&`)}%`,
        },
        { sql: 'trans_id > ?', value: after },
        { sql: 'trans_id NOT IN (SELECT value FROM json_each(?))', value: hidden },
      ],
      tail: `ORDER BY trans_id ${direction}`,
      top,
    });
    return rows.map((row) => {
      const body = parseObject(row.body);
      const birthday = textField(body, 'data_aniversario');
      return Object.assign(body, {
        data_aniversario: birthday === undefined ? null : dates.day(birthday),
        data_atualizacao: dates.instant(row.updated_at_ms),
        trans_id: row.trans_id,
      });
    });
  }

  return [
    {
      kind: 'read',
      name: 'millenium_eco.clientes.lista',
      summary: 'Clientes',
      sequence: 'customers',
      parameters: {
        vitrine: 'integer',
        cliente: 'integer',
        cod_cliente: 'text',
        cpf: 'text',
        cnpj: 'text',
        email: 'text',
        nome: 'text',
        trans_id: 'integer',
      },
      rows: list,
    },
    {
      kind: 'write',
      isBatch: false,
      name: 'millenium_eco.clientes.incluiroualterar',
      summary: 'Inclui ou altera um cliente',
      body: CUSTOMER_FIELDS,
      write: ({ body, nowMs }) => ({ status: 200, body: customers.save(body, nowMs) }),
    },
  ];
}
