import type { ErpMethod, ReadCall } from '../http/erp-method.ts';
import { parseObject, type JsonObject } from '../http/json.ts';
import type { Store } from '../store/open-store.ts';
import { createSelectRows } from '../store/select-rows.ts';
import type { Customers } from './customers.ts';
import { CUSTOMER_FIELDS } from './order-fields.ts';

type CustomerRow = { body: string; trans_id: number; updated_at_ms: number };

/** clientes/lista and clientes/incluiroualterar. */
export function customerMethods({ db }: Store, customers: Customers): readonly ErpMethod[] {
  const select = createSelectRows(db);

  function list({ arguments: given, top, after, dates }: ReadCall): readonly JsonObject[] {
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
      ],
      tail: 'ORDER BY trans_id',
      top,
    });
    return rows.map((row) =>
      Object.assign(parseObject(row.body), {
        data_atualizacao: dates.instant(row.updated_at_ms),
        trans_id: row.trans_id,
      }),
    );
  }

  return [
    {
      kind: 'read',
      name: 'millenium_eco.clientes.lista',
      summary: 'Clientes',
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
