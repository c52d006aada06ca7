import { ErpError } from '../http/erp-error.ts';
import type { WriteMethod } from '../http/erp-method.ts';
import { fieldSet } from '../http/field-set.ts';
import { numberField, textField, type JsonObject } from '../http/json.ts';
import type { NextId } from '../store/next-id.ts';
import type { Store } from '../store/open-store.ts';
import type { BatchOutcome, RunBatch } from './batch-writes.ts';
import { centsOf, milliOf } from './check-order-money.ts';
import { checkVitrine } from './is-our-vitrine.ts';
import { createRegisters } from './registers.ts';

const PRICE_FIELDS = fieldSet('vitrine:i! tabela:i!', { precos: fieldSet('sku:s255! preco1:f! preco2:f') });
const STOCK_FIELDS = fieldSet('vitrine:i!', { estoques: fieldSet('sku:s255! cod_filial:s10! saldo:f') });

/** The only price table of the demo store. */
const PRICE_TABLE = 1;

type Sku = { produto: number; barra: string };
type Price = { preco1_cents: number; preco2_cents: number; trans_id: number };
type Stock = { saldo_milli: number | null; trans_id: number };

/** What a back office writes about SKUs that are there: atualizaprecodetabela and atualizasaldodeestoque. */
export function priceAndStockWrites({ db }: Store, nextId: NextId, runBatch: RunBatch): readonly WriteMethod[] {
  const registers = createRegisters(db);
  const findSku = db.prepare<[string], Sku>('SELECT produto, barra FROM skus WHERE sku = ?');
  const findPrice = db.prepare<[string], Price>('SELECT * FROM prices WHERE sku = ?');
  const savePrice = db.prepare(
    `INSERT INTO prices VALUES (@sku, @produto, @preco1, @preco2, 0, @at, @trans_id)
     ON CONFLICT (sku) DO UPDATE SET preco1_cents = @preco1, preco2_cents = @preco2, updated_at_ms = @at, trans_id = @trans_id`,
  );
  const findStock = db.prepare<[string, number], Stock>('SELECT * FROM stocks WHERE sku = ? AND filial = ?');
  const saveStock = db.prepare(
    `INSERT INTO stocks VALUES (@sku, @filial, @cod_filial, @produto, @barra, @saldo, @at, @trans_id)
     ON CONFLICT (sku, filial) DO UPDATE SET saldo_milli = @saldo, updated_at_ms = @at, trans_id = @trans_id`,
  );

  function skuOf(record: JsonObject): Sku & { readonly sku: string } {
    const sku = textField(record, 'sku') ?? '';
    const found = findSku.get(sku);
    if (found === undefined) throw new ErpError(400, `SKU não cadastrado: ${sku}`);
    return { sku, ...found };
  }

  function changePrice(record: JsonObject, at: number): BatchOutcome {
    const { sku, produto } = skuOf(record);
    const preco1 = centsOf(numberField(record, 'preco1') ?? 0, 'preco1');
    const preco2 = centsOf(numberField(record, 'preco2') ?? preco1 / 100, 'preco2');
    if (preco1 <= 0 || preco2 <= 0) throw new ErpError(400, `Preço inválido para o SKU ${sku}`);
    const known = findPrice.get(sku);
    if (known?.preco1_cents === preco1 && known.preco2_cents === preco2) return { acao: 0, trans_id: known.trans_id };
    const trans_id = nextId('prices');
    savePrice.run({ sku, produto, preco1, preco2, at, trans_id });
    return { acao: known === undefined ? 1 : 2, trans_id };
  }

  function changeStock(record: JsonObject, at: number): BatchOutcome {
    const { sku, produto, barra } = skuOf(record);
    const cod_filial = textField(record, 'cod_filial') ?? '';
    const branch = registers.checkCode('filiais', 'cod_filial', cod_filial, 'Filial');
    const filial = numberField(branch ?? {}, 'filial') ?? 0;
    const given = numberField(record, 'saldo');
    const saldo = given === undefined ? null : milliOf(given, 'saldo');
    const known = findStock.get(sku, filial);
    if (known !== undefined && known.saldo_milli === saldo) return { acao: 0, trans_id: known.trans_id };
    const trans_id = nextId('stocks');
    saveStock.run({ sku, filial, cod_filial, produto, barra, saldo, at, trans_id });
    return { acao: known === undefined ? 1 : 2, trans_id };
  }

  return [
    {
      kind: 'write',
      isBatch: true,
      name: 'millenium_eco.produtos.atualizaprecodetabela',
      summary: 'Grava preços de uma tabela em lote',
      body: PRICE_FIELDS,
      write(call) {
        checkVitrine(call.body);
        const table = numberField(call.body, 'tabela');
        if (table !== PRICE_TABLE) throw new ErpError(400, `Tabela de preço não cadastrado(a): ${table}`);
        return runBatch(call, {
          list: 'precos',
          keysOf: (record) => ({ sku: textField(record, 'sku') ?? null }),
          apply: (record) => changePrice(record, call.nowMs),
        });
      },
    },
    {
      kind: 'write',
      isBatch: true,
      name: 'millenium_eco.produtos.atualizasaldodeestoque',
      summary: 'Grava saldos em lote',
      body: STOCK_FIELDS,
      write(call) {
        checkVitrine(call.body);
        return runBatch(call, {
          list: 'estoques',
          // The branch too: one batch may carry a SKU once for each branch.
          keysOf: (record) => ({
            sku: textField(record, 'sku') ?? null,
            cod_filial: textField(record, 'cod_filial') ?? null,
          }),
          apply: (record) => changeStock(record, call.nowMs),
        });
      },
    },
  ];
}
