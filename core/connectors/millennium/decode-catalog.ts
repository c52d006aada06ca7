import { z } from 'zod';
import type { PriceRow, ProductRow, StockRow } from '../connector.ts';
import { lowerKeys } from './decode-list.ts';
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
    barcodes: [...new Set([row.barra, row.barra13, row.barra_ref])].filter((code) => code !== ''),
  }));

/** Texts and SKUs of `listavitrine`, which owns them. A product that was excluded stays as inactive. */
export const MillenniumProduct = z
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
    // Deletions are flags: excluded, or taken from the shop window.
    isActive: row.ativo && !row.excluido && row.web !== 'E',
    isBlocked: row.bloqueado,
    transId: row.trans_id,
    skus: row.sku ?? [],
  }));

/** A price that is below zero is no price: the till refuses to sell without one, and does not pay people to buy. */
const Price = erpCentsOrNull.transform((cents) => (cents !== null && cents < 0 ? null : cents));

/** Prices of `precodetabela`, which owns them. */
export const MillenniumPrice = z
  .object({ sku: erpKey, preco1: Price, preco2: Price, bloqueado_preco: erpFlag(false), trans_id: erpInteger })
  .transform((row): PriceRow => ({
    sku: row.sku,
    price1Cents: row.preco1,
    price2Cents: row.preco2,
    isBlocked: row.bloqueado_preco,
    transId: row.trans_id,
  }));

/** Balances of `saldodeestoque`, which owns them: null is unknown, negative happens in stores. */
export const MillenniumStock = z
  .object({ sku: erpKey, cod_filial: erpKey, saldo: erpMilliOrNull, trans_id: erpInteger })
  .transform((row): StockRow => ({
    sku: row.sku,
    branchCode: row.cod_filial,
    quantityMilli: row.saldo,
    transId: row.trans_id,
  }));
