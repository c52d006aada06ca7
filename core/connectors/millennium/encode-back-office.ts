import type { BackOfficeBatch, PriceRecord, ProductRecord, StockRecord } from '../../../contract/back-office.ts';
import { millenniumMethods as methods } from './millennium-methods.ts';

/**
 * The call that writes a batch. What a record does not say is not sent, so that the ERP keeps what it has; the list of
 * SKUs always is, as a list that is left out may count as erased.
 * Source: wire contract, section 5 (the names are the vendor's, the bodies assumed).
 */
export function encodeBackOfficeBatch(batch: BackOfficeBatch): { readonly method: string; readonly body: unknown } {
  const vitrine = batch.showcaseId;
  switch (batch.kind) {
    case 'products':
      return { method: methods.writeProducts, body: { vitrine, produtos: batch.records.map(encodeProduct) } };
    case 'prices':
      return {
        method: methods.writePrices,
        body: { vitrine, tabela: batch.priceTableId, precos: batch.records.map(encodePrice) },
      };
    case 'stock':
      return { method: methods.writeStock, body: { vitrine, estoques: batch.records.map(encodeStock) } };
  }
}

function encodeProduct(product: ProductRecord): unknown {
  return said({
    cod_produto: product.productCode,
    descricao1: product.description,
    referencia: product.reference,
    ncm: product.ncm,
    unidade_uso: product.unit,
    desc_marca: product.brand,
    desc_colecao: product.collection,
    desc_grupo: product.productGroup,
    desc_departamento: product.department,
    ativo: letter(product.isActive),
    bloqueado: product.isBlocked,
    excluido: product.isDeleted,
    sku: product.skus.map((sku) =>
      said({
        sku: sku.sku,
        cor: sku.colorId,
        cod_cor: sku.colorCode,
        desc_cor: sku.color,
        estampa: sku.printId,
        cod_est: sku.printCode,
        desc_estampa: sku.print,
        tamanho: sku.size,
        barra: sku.barcode,
        barra13: sku.barcode13,
        barra_ref: sku.barcodeReference,
        ativo: letter(sku.isActive),
      }),
    ),
  });
}

function encodePrice({ sku, price1Cents, price2Cents }: PriceRecord): unknown {
  return said({ sku, preco1: price1Cents / 100, preco2: price2Cents === undefined ? undefined : price2Cents / 100 });
}

function encodeStock({ sku, branchCode, quantityMilli }: StockRecord): unknown {
  return { sku, cod_filial: branchCode, saldo: quantityMilli / 1000 };
}

/** `ativo` is documented as one character, unlike the other flags. */
function letter(flag: boolean | undefined): string | undefined {
  return flag === undefined ? undefined : flag ? 'T' : 'F';
}

function said(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
