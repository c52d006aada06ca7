import { ErpError } from '../http/erp-error.ts';
import { flagField, numberField, parseObject, textField, type JsonObject } from '../http/json.ts';
import { centsOf, milliOf } from '../methods/check-order-money.ts';
import { createNextId } from '../store/next-id.ts';
import type { Store } from '../store/open-store.ts';

/** Changes a back office would make; each bumps the trans_id of the register that owns the column. */
export type AdminChanges = {
  changePrices(body: JsonObject): JsonObject;
  changeStock(body: JsonObject): JsonObject;
  changeProduct(body: JsonObject): JsonObject;
  /** Merges fields into a row of a small register (`register`, `id`, `row`), or adds the row. */
  changeRegister(body: JsonObject): JsonObject;
};

export function createAdminChanges({ db }: Store, nowMs: () => number): AdminChanges {
  const nextId = createNextId(db);
  const skusOf = db.prepare<[string | null, string | null], { sku: string; produto: number }>(
    'SELECT k.sku, k.produto FROM skus k JOIN products p USING (produto) WHERE k.sku = ? OR p.cod_produto = ?',
  );
  const savePrice = db.prepare(
    `INSERT INTO prices VALUES (@sku, @produto, @preco1, @preco2, 0, @at, @trans_id)
     ON CONFLICT (sku) DO UPDATE SET preco1_cents = @preco1, preco2_cents = @preco2, updated_at_ms = @at, trans_id = @trans_id`,
  );
  const saveStock = db.prepare('UPDATE stocks SET saldo_milli = ?, updated_at_ms = ?, trans_id = ? WHERE sku = ? AND cod_filial = ?');
  const saveProduct = db.prepare(
    `UPDATE products SET descricao1 = coalesce(@descricao1, descricao1), bloqueado = coalesce(@bloqueado, bloqueado),
     ativo = coalesce(@ativo, ativo), excluido = coalesce(@excluido, excluido), updated_at_ms = @at, trans_id = @trans_id
     WHERE cod_produto = @cod_produto`,
  );
  const getRow = db.prepare<[string, number], string>('SELECT body FROM register_rows WHERE register = ? AND id = ?').pluck();
  const saveRow = db.prepare(
    'INSERT INTO register_rows VALUES (?, ?, ?, ?) ON CONFLICT (register, id) DO UPDATE SET trans_id = excluded.trans_id, body = excluded.body',
  );

  const changes: AdminChanges = {
    changePrices(body) {
      const skus = skusOf.all(textField(body, 'sku') ?? null, textField(body, 'cod_produto') ?? null);
      const preco1 = needNumber(body, 'preco1');
      const preco2 = numberField(body, 'preco2') ?? preco1;
      if (skus.length === 0) throw new ErpError(404, 'no such sku or cod_produto');
      const trans_id = nextId('prices');
      for (const { sku, produto } of skus) {
        savePrice.run({ sku, produto, preco1: centsOf(preco1, 'preco1'), preco2: centsOf(preco2, 'preco2'), at: nowMs(), trans_id });
      }
      return { trans_id, skus: skus.length };
    },
    changeStock(body) {
      const trans_id = nextId('stocks');
      const saldo = body['saldo'] === null ? null : milliOf(needNumber(body, 'saldo'), 'saldo');
      const { changes: changed } = saveStock.run(saldo, nowMs(), trans_id, textField(body, 'sku'), textField(body, 'cod_filial'));
      if (changed === 0) throw new ErpError(404, 'no such sku in that cod_filial');
      return { trans_id };
    },
    changeProduct(body) {
      const trans_id = nextId('products');
      const { changes: changed } = saveProduct.run({
        cod_produto: textField(body, 'cod_produto'), descricao1: textField(body, 'descricao1') ?? null, bloqueado: bit(body, 'bloqueado'),
        ativo: bit(body, 'ativo'), excluido: bit(body, 'excluido'), at: nowMs(), trans_id,
      });
      if (changed === 0) throw new ErpError(404, 'no such cod_produto');
      return { trans_id };
    },
    changeRegister(body) {
      const register = textField(body, 'register') ?? '';
      const id = needNumber(body, 'id');
      const trans_id = nextId(register);
      const row = body['row'];
      if (typeof row !== 'object' || row === null || Array.isArray(row)) throw new ErpError(400, '"row" is an object');
      saveRow.run(register, id, trans_id, JSON.stringify({ ...parseObject(getRow.get(register, id) ?? '{}'), ...row }));
      return { trans_id };
    },
  };
  return {
    changePrices: db.transaction(changes.changePrices).immediate,
    changeStock: db.transaction(changes.changeStock).immediate,
    changeProduct: db.transaction(changes.changeProduct).immediate,
    changeRegister: db.transaction(changes.changeRegister).immediate,
  };
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
