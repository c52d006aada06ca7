import { z } from 'zod';
import type { PriceRow, ProductRow, StockRow } from '../register-rows.ts';
import { lowerKeys } from './decode-list.ts';
import {
  plainFirst,
  plainFlag,
  plainInteger,
  plainKey,
  plainList,
  plainObject,
  plainScaled,
  plainText,
} from './plain-rows.ts';
import { erpCentsOrNull, erpFlag, erpInteger, erpKey, erpMilliOrNull, erpText } from './field-codecs.ts';

const Sku = z
  .object({
    sku: erpKey,
    cod_cor: erpText,
    desc_cor: erpText,
    cod_est: erpText,
    desc_estampa: erpText,
    tamanho: erpText,
    barra: erpText,
    barra13: erpText,
    barra_ref: erpText,
    ativo: erpFlag(true),
  })
  .transform((row): ProductRow['skus'][number] => ({
    sku: row.sku,
    colorCode: row.cod_cor,
    color: row.desc_cor,
    printCode: row.cod_est,
    print: row.desc_estampa,
    size: row.tamanho,
    isActive: row.ativo,
    barcodes: toBarcodes([row.barra, row.barra13, row.barra_ref]),
  }));

const Product = z
  .object({
    produto: erpInteger,
    cod_produto: erpText,
    referencia: erpText,
    descricao1: erpText,
    unidade_uso: erpText,
    ncm: erpText,
    desc_marca: erpText,
    desc_colecao: erpText,
    desc_grupo: erpText,
    desc_departamento: erpText,
    ativo: erpFlag(true),
    excluido: erpFlag(false),
    bloqueado: erpFlag(false),
    web: z.unknown().optional(),
    trans_id: erpInteger,
    sku: z.array(z.preprocess(lowerKeys, Sku)).nullish(),
  })
  .transform((row): ProductRow => ({
    productId: row.produto,
    productCode: row.cod_produto,
    reference: row.referencia,
    description: row.descricao1,
    unit: row.unidade_uso,
    ncm: row.ncm,
    brand: row.desc_marca,
    collection: row.desc_colecao,
    productGroup: row.desc_grupo,
    department: row.desc_departamento,
    isActive: isForSale(row.ativo, row.excluido, row.web),
    isBlocked: row.bloqueado,
    transId: row.trans_id,
    skus: row.sku ?? [],
  }));

const Price = erpCentsOrNull.transform(toPrice);

const PriceOfSku = z
  .object({ sku: erpKey, preco1: Price, preco2: Price, bloqueado_preco: erpFlag(false), trans_id: erpInteger })
  .transform((row): PriceRow => ({
    sku: row.sku,
    price1Cents: row.preco1,
    price2Cents: row.preco2,
    isBlocked: row.bloqueado_preco,
    transId: row.trans_id,
  }));

const Stock = z
  .object({ sku: erpKey, cod_filial: erpKey, saldo: erpMilliOrNull, trans_id: erpInteger })
  .transform((row): StockRow => ({
    sku: row.sku,
    branchCode: row.cod_filial,
    quantityMilli: row.saldo,
    transId: row.trans_id,
  }));

/** Texts and SKUs of `listavitrine`, which owns them. A product that was excluded stays as inactive. */
export const MillenniumProduct = plainFirst<ProductRow>(
  (row) => ({
    productId: plainInteger(row['produto']),
    productCode: plainText(row['cod_produto']),
    reference: plainText(row['referencia']),
    description: plainText(row['descricao1']),
    unit: plainText(row['unidade_uso']),
    ncm: plainText(row['ncm']),
    brand: plainText(row['desc_marca']),
    collection: plainText(row['desc_colecao']),
    productGroup: plainText(row['desc_grupo']),
    department: plainText(row['desc_departamento']),
    isActive: isForSale(plainFlag(row['ativo'], true), plainFlag(row['excluido'], false), row['web']),
    isBlocked: plainFlag(row['bloqueado'], false),
    transId: plainInteger(row['trans_id']),
    skus: plainList(row['sku']).map(plainSku),
  }),
  Product,
);

function plainSku(value: unknown): ProductRow['skus'][number] {
  const row = plainObject(value);
  return {
    sku: plainKey(row['sku']),
    colorCode: plainText(row['cod_cor']),
    color: plainText(row['desc_cor']),
    printCode: plainText(row['cod_est']),
    print: plainText(row['desc_estampa']),
    size: plainText(row['tamanho']),
    isActive: plainFlag(row['ativo'], true),
    barcodes: toBarcodes([plainText(row['barra']), plainText(row['barra13']), plainText(row['barra_ref'])]),
  };
}

/** Prices of `precodetabela`, which owns them. */
export const MillenniumPrice = plainFirst<PriceRow>(
  (row) => ({
    sku: plainKey(row['sku']),
    price1Cents: toPrice(plainScaled(row['preco1'], 100)),
    price2Cents: toPrice(plainScaled(row['preco2'], 100)),
    isBlocked: plainFlag(row['bloqueado_preco'], false),
    transId: plainInteger(row['trans_id']),
  }),
  PriceOfSku,
);

/** Balances of `saldodeestoque`, which owns them: null is unknown, negative happens in stores. */
export const MillenniumStock = plainFirst<StockRow>(
  (row) => ({
    sku: plainKey(row['sku']),
    branchCode: plainKey(row['cod_filial']),
    quantityMilli: plainScaled(row['saldo'], 1000),
    transId: plainInteger(row['trans_id']),
  }),
  Stock,
);

/** Deletions are flags: excluded, or taken from the shop window. */
function isForSale(isActive: boolean, isExcluded: boolean, web: unknown): boolean {
  return isActive && !isExcluded && web !== 'E';
}

function toBarcodes(codes: readonly string[]): string[] {
  return [...new Set(codes)].filter((code) => code !== '');
}

/** A price that is below zero is no price: the till refuses to sell without one, and does not pay people to buy. */
function toPrice(cents: number | null): number | null {
  return cents !== null && cents < 0 ? null : cents;
}
