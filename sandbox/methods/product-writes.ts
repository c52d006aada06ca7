import { ErpError } from '../http/erp-error.ts';
import type { WriteMethod } from '../http/erp-method.ts';
import { fieldSet } from '../http/field-set.ts';
import { listField, textField, type JsonObject, type JsonValue } from '../http/json.ts';
import type { NextId } from '../store/next-id.ts';
import type { Store } from '../store/open-store.ts';
import type { BatchOutcome, RunBatch } from './batch-writes.ts';
import { checkVitrine } from './is-our-vitrine.ts';
import { createSkuWriter } from './sku-writer.ts';

const SKU = fieldSet(
  `sku:s255 cor:i cod_cor:s8 desc_cor:s255 estampa:i cod_est:s4 desc_estampa:s255 tamanho:s5 desc_tamanho:s255 barra:s40 barra13:s40
   barra_ref:s40 ativo:s1 peso_real:f altura_real:f largura_real:f comprimento_real:f`,
);
// Weights, texts and the like are documented and taken; this ERP shows only what listavitrine answers.
const FIELDS = fieldSet('vitrine:i!', {
  produtos: fieldSet(
    `cod_produto:s60! descricao1:s100 descricao2:s100 referencia:s50 ncm:s10 unidade_uso:s5 ativo:s1 excluido:b bloqueado:b cod_marca:s15
     desc_marca:s150 cod_colecao:s15 desc_colecao:s150 cod_grupo:s15 desc_grupo:s150 cod_departamento:s15 desc_departamento:s150
     cod_categoria:s15 desc_categoria:s150 cod_tipo:s15 desc_tipo:s150 peso:f altura:f largura:f comprimento:f custo:f obs:s
     tipo_prod:s2 data_cadastro:d`,
    { sku: SKU },
  ),
});

/** A product's own columns, as the table has them, without its id and its trans_id. */
const COLUMNS = [
  'descricao1',
  'referencia',
  'ncm',
  'unidade_uso',
  'ativo',
  'excluido',
  'bloqueado',
  'cod_marca',
  'desc_marca',
  'cod_colecao',
  'desc_colecao',
  'cod_grupo',
  'desc_grupo',
  'cod_departamento',
  'desc_departamento',
] as const;
type Column = (typeof COLUMNS)[number];
type Columns = Readonly<Record<Column, string | number>>;
type ProductRow = Columns & { produto: number; trans_id: number };

const NEW_PRODUCT: Columns = {
  ...(Object.fromEntries(COLUMNS.map((name) => [name, ''])) as Record<Column, string>),
  unidade_uso: 'PC',
  ativo: 1,
  excluido: 0,
  bloqueado: 0,
};

/** produtos/atualiza: insert and change are the same call; a field that is not said stays as it was. */
export function productWrites({ db }: Store, nextId: NextId, runBatch: RunBatch): WriteMethod {
  const skus = createSkuWriter(db, nextId);
  const find = db.prepare<[string], ProductRow>('SELECT * FROM products WHERE cod_produto = ?');
  const save = db.prepare(
    `INSERT INTO products (produto, cod_produto, ${COLUMNS.join(', ')}, updated_at_ms, trans_id)
     VALUES (@produto, @cod_produto, ${COLUMNS.map((name) => `@${name}`).join(', ')}, @at, @trans_id)
     ON CONFLICT (produto) DO UPDATE SET ${COLUMNS.map((name) => `${name} = @${name}`).join(', ')}, updated_at_ms = @at,
     trans_id = @trans_id`,
  );
  const lastProduct = db.prepare<[], number>('SELECT max(produto) FROM products').pluck();

  function change(record: JsonObject, at: number): BatchOutcome {
    const cod_produto = (textField(record, 'cod_produto') ?? '').trim();
    if (cod_produto === '') throw new ErpError(400, 'Código do produto não informado');
    const known = find.get(cod_produto);
    const before: Columns = known ?? NEW_PRODUCT;
    const after = Object.fromEntries(COLUMNS.map((name) => [name, said(record, name) ?? before[name]])) as Columns;
    if (after.descricao1 === '') throw new ErpError(400, `Descrição não informada para o produto ${cod_produto}`);
    if (after.ncm !== '' && !/^\d{8}$/.test(String(after.ncm))) throw new ErpError(400, `NCM inválido: ${after.ncm}`);
    const produto = known?.produto ?? (lastProduct.get() ?? 30_200_000) + 1;
    const isTouched = known === undefined || COLUMNS.some((name) => before[name] !== after[name]);
    const changedSkus = listField(record, 'sku').filter((sku) => skus.write(produto, String(after.referencia), sku));
    if (!isTouched && changedSkus.length === 0) return { acao: 0, trans_id: known.trans_id };
    const trans_id = nextId('products');
    save.run({ produto, cod_produto, ...after, at, trans_id });
    return { acao: known === undefined ? 1 : 2, trans_id };
  }

  return {
    kind: 'write',
    isBatch: true,
    name: 'millenium_eco.produtos.atualiza',
    summary: 'Inclui ou altera produtos e SKUs em lote',
    body: FIELDS,
    write(call) {
      checkVitrine(call.body);
      return runBatch(call, {
        list: 'produtos',
        keysOf: (record) => ({ cod_produto: textField(record, 'cod_produto') ?? null }),
        apply: (record) => change(record, call.nowMs),
      });
    },
  };
}

/** What a record says about a column, as the table keeps it; undefined when it says nothing. */
function said(record: JsonObject, name: Column): string | number | undefined {
  const value: JsonValue | undefined = record[name];
  if (typeof value === 'boolean') return Number(value);
  if (typeof value !== 'string') return undefined;
  if (name !== 'ativo') return value;
  if (value !== 'T' && value !== 'F') throw new ErpError(400, `Valor inválido para ativo: ${value}`);
  return Number(value === 'T');
}
