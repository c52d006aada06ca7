import { ErpError } from '../http/erp-error.ts';
import {
  flagField,
  isJsonObject,
  listField,
  numberField,
  parseObject,
  textField,
  type JsonObject,
} from '../http/json.ts';
import { centsOf, milliOf } from '../methods/check-order-money.ts';
import type { NextId } from '../store/next-id.ts';
import type { Store } from '../store/open-store.ts';

/** One change a back office would make; gives what it became. Throws ErpError when it names what is not there. */
export type AdminChange = (body: JsonObject) => JsonObject;

/** The changes by the path they are posted to; each bumps the trans_id of the register that owns the column. */
export function createAdminChanges(
  { db }: Store,
  nextId: NextId,
  nowMs: () => number,
): Readonly<Record<string, AdminChange>> {
  const skusOf = db.prepare<[string | null, string | null], { sku: string; produto: number }>(
    'SELECT k.sku, k.produto FROM skus k JOIN products p USING (produto) WHERE k.sku = ? OR p.cod_produto = ?',
  );
  const savePrice = db.prepare(
    `INSERT INTO prices VALUES (@sku, @produto, @preco1, @preco2, 0, @at, @trans_id)
     ON CONFLICT (sku) DO UPDATE SET preco1_cents = @preco1, preco2_cents = @preco2, updated_at_ms = @at, trans_id = @trans_id`,
  );
  const saveStock = db.prepare(
    'UPDATE stocks SET saldo_milli = ?, updated_at_ms = ?, trans_id = ? WHERE sku = ? AND cod_filial = ?',
  );
  const saveProduct = db.prepare(
    `UPDATE products SET descricao1 = coalesce(@descricao1, descricao1), bloqueado = coalesce(@bloqueado, bloqueado),
     ativo = coalesce(@ativo, ativo), excluido = coalesce(@excluido, excluido), updated_at_ms = @at, trans_id = @trans_id
     WHERE cod_produto = @cod_produto`,
  );
  const isRegister = db.prepare<[string], number>('SELECT 1 FROM sequences WHERE name = ?').pluck();
  const releaseStation = db.prepare('DELETE FROM heartbeats WHERE estacao = ?');
  const getRow = db
    .prepare<[string, number], string>('SELECT body FROM register_rows WHERE register = ? AND id = ?')
    .pluck();
  const saveRow = db.prepare(
    'INSERT INTO register_rows VALUES (?, ?, ?, ?) ON CONFLICT (register, id) DO UPDATE SET trans_id = excluded.trans_id, body = excluded.body',
  );

  const changes: Readonly<Record<string, AdminChange>> = {
    '/admin/prices': (body) => {
      const skus = skusOf.all(textField(body, 'sku') ?? null, textField(body, 'cod_produto') ?? null);
      const preco1 = needNumber(body, 'preco1');
      const preco2 = numberField(body, 'preco2') ?? preco1;
      if (skus.length === 0) throw new ErpError(404, 'no such sku or cod_produto');
      const trans_id = nextId('prices');
      for (const { sku, produto } of skus) {
        savePrice.run({
          sku,
          produto,
          preco1: centsOf(preco1, 'preco1'),
          preco2: centsOf(preco2, 'preco2'),
          at: nowMs(),
          trans_id,
        });
      }
      return { trans_id, skus: skus.length };
    },
    '/admin/stock': (body) => {
      const trans_id = nextId('stocks');
      const saldo = body['saldo'] === null ? null : milliOf(needNumber(body, 'saldo'), 'saldo');
      const { changes: changed } = saveStock.run(
        saldo,
        nowMs(),
        trans_id,
        textField(body, 'sku'),
        textField(body, 'cod_filial'),
      );
      if (changed === 0) throw new ErpError(404, 'no such sku in that cod_filial');
      return { trans_id };
    },
    '/admin/products': (body) => {
      const trans_id = nextId('products');
      const { changes: changed } = saveProduct.run({
        cod_produto: textField(body, 'cod_produto'),
        descricao1: textField(body, 'descricao1') ?? null,
        bloqueado: bit(body, 'bloqueado'),
        ativo: bit(body, 'ativo'),
        excluido: bit(body, 'excluido'),
        at: nowMs(),
        trans_id,
      });
      if (changed === 0) throw new ErpError(404, 'no such cod_produto');
      return { trans_id };
    },
    // Merges fields into a row of a small register, or adds the row.
    '/admin/registers': (body) => {
      const register = textField(body, 'register') ?? '';
      const sequence = `register:${register}`;
      if (isRegister.get(sequence) === undefined) throw new ErpError(404, `no such register: ${register}`);
      const id = needNumber(body, 'id');
      const row = body['row'];
      if (!isJsonObject(row)) throw new ErpError(400, '"row" is an object');
      const trans_id = nextId(sequence);
      saveRow.run(register, id, trans_id, JSON.stringify({ ...parseObject(getRow.get(register, id) ?? '{}'), ...row }));
      return { trans_id };
    },
    // Frees a station from the installation that took it, as a person at the ERP would.
    '/admin/release-station': (body) => ({ released: releaseStation.run(textField(body, 'estacao')).changes }),
  };

  // One change, or many of the same kind as {"records":[...]}: all of them or none.
  const inTransaction = db.transaction((change: AdminChange, body: JsonObject): JsonObject => {
    if (!Array.isArray(body['records'])) return change(body);
    return { records: listField(body, 'records').map(change) };
  });
  return Object.fromEntries(
    Object.entries(changes).map(([path, change]) => [
      path,
      (body: JsonObject) => inTransaction.immediate(change, body),
    ]),
  );
}

function needNumber(body: JsonObject, name: string): number {
  const value = numberField(body, name);
  if (value === undefined) throw new ErpError(400, `"${name}" is a number`);
  return value;
}

function bit(body: JsonObject, name: string): number | null {
  const flag = flagField(body, name);
  return flag === undefined ? null : Number(flag);
}
