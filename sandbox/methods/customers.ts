import type Database from 'better-sqlite3';
import { ErpError } from '../http/erp-error.ts';
import { listField, numberField, parseObject, textField, type JsonObject } from '../http/json.ts';
import { isCpf } from '../seed/tax-numbers.ts';
import type { NextId } from '../store/next-id.ts';

/** `cod_endereco` is 0 when the customer has no address. */
export type SavedCustomer = { readonly cliente: number; readonly cod_endereco: number };

export type Customers = {
  exists(cliente: number): boolean;
  /**
   * Includes a customer, or changes the one with the same id, CPF or code (in that order).
   * A child list that is left out is erased, as on the real server; an empty one leaves what was there.
   */
  save(data: JsonObject, nowMs: number): SavedCustomer;
};

const CHILD_LISTS = ['endereco', 'endereco_entrega', 'endereco_cobranca', 'contatos'];

export function createCustomers(db: Database.Database, nextId: NextId): Customers {
  const byId = db.prepare<[number], string>('SELECT body FROM customers WHERE cliente = ?').pluck();
  const idByCpf = db.prepare<[string], number>('SELECT cliente FROM customers WHERE cpf = ?').pluck();
  const idByCode = db.prepare<[string], number>('SELECT cliente FROM customers WHERE cod_cliente = ?').pluck();
  const upsert = db.prepare(
    `INSERT INTO customers VALUES (@cliente, @cod_cliente, @nome, @cpf, @cnpj, @e_mail, @body, @at, @trans_id)
     ON CONFLICT (cliente) DO UPDATE SET nome = @nome, cpf = @cpf, cnpj = @cnpj, e_mail = @e_mail, body = @body, updated_at_ms = @at,
     trans_id = @trans_id`,
  );

  function findId(data: JsonObject, cpf: string | undefined): number | undefined {
    const cliente = numberField(data, 'cliente');
    if (cliente !== undefined && byId.get(cliente) === undefined)
      throw new ErpError(400, `Cliente não cadastrado(a): ${cliente}`);
    const code = textField(data, 'cod_cliente');
    return (
      cliente ??
      (cpf === undefined ? undefined : idByCpf.get(cpf)) ??
      (code === undefined ? undefined : idByCode.get(code))
    );
  }

  return {
    exists: (cliente) => byId.get(cliente) !== undefined,
    save(data, nowMs) {
      const cpf = normalCpf(textField(data, 'cpf'));
      for (const { cep } of listField(data, 'endereco')) checkPostalCode(cep);
      const known = findId(data, cpf);
      const cliente = known ?? nextId('customer_ids');
      const before = known === undefined ? {} : parseObject(byId.get(known) ?? '{}');
      const merged: Record<string, JsonObject[string]> = {
        ...before,
        ...data,
        cliente,
        endereco: withIds(childList(before, data, 'endereco'), cliente),
      };
      for (const name of CHILD_LISTS.slice(1)) merged[name] = childList(before, data, name);
      merged['cod_cliente'] =
        textField(before, 'cod_cliente') ?? textField(data, 'cod_cliente') ?? String(cliente).padStart(6, '0');
      merged['cpf'] = cpf ?? textField(before, 'cpf') ?? null;
      delete merged['vitrine'];
      upsert.run({
        cliente,
        cod_cliente: merged['cod_cliente'],
        nome: merged['nome'] ?? '',
        cpf: merged['cpf'],
        cnpj: merged['cnpj'] ?? null,
        e_mail: merged['e_mail'] ?? null,
        body: JSON.stringify(merged),
        at: nowMs,
        trans_id: nextId('customers'),
      });
      return { cliente, cod_endereco: numberField(listField(merged, 'endereco')[0] ?? {}, 'cod_endereco') ?? 0 };
    },
  };
}

function childList(before: JsonObject, data: JsonObject, name: string): readonly JsonObject[] {
  if (!Object.hasOwn(data, name)) return [];
  const given = listField(data, name);
  return given.length > 0 ? given : listField(before, name);
}

function withIds(addresses: readonly JsonObject[], cliente: number): readonly JsonObject[] {
  return addresses.map((address, index) => ({
    ...address,
    cod_endereco: numberField(address, 'cod_endereco') ?? cliente * 10 + index + 1,
  }));
}

/** Codes begin at 01000-000: what is below does not exist, however well it is written. */
function checkPostalCode(cep: JsonObject[string] | undefined): void {
  if (typeof cep === 'string' && /^00\d{3}-?\d{3}$/.test(cep)) throw new ErpError(400, `CEP não encontrado: ${cep}`);
}

/** CPFs are kept punctuated, so that one person typed in two ways stays one customer. */
function normalCpf(cpf: string | undefined): string | undefined {
  if (cpf === undefined || cpf === '') return undefined;
  if (!isCpf(cpf)) throw new ErpError(400, `CPF inválido: ${cpf}`);
  return cpf.replaceAll(/\D/g, '').replace(/^(\d{3})(\d{3})(\d{3})(\d{2})$/, '$1.$2.$3-$4');
}
