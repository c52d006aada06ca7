/** A branch's balance of a SKU in whole pieces; null = the ERP does not know it. */
export type CatalogueSku = {
  readonly colour: number;
  readonly print: number;
  readonly size: string;
  readonly barra: string;
  readonly barra13: string;
  readonly balances: readonly (number | null)[];
};

/** One product as the generator makes it. Prices in cents; `null` prices: missing from the price table. */
export type CatalogueProduct = {
  readonly code: string;
  readonly description: string;
  readonly reference: string;
  readonly ncm: string;
  readonly unit: string;
  readonly brand: number;
  readonly collection: number;
  readonly group: string;
  readonly department: string;
  readonly active: boolean;
  readonly blocked: boolean;
  readonly prices: { readonly preco1Cents: number; readonly preco2Cents: number } | null;
  readonly skus: readonly CatalogueSku[];
};
