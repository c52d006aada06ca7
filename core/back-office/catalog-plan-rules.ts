import type { PriceRecord, ProductRecord, StockRecord } from '../../contract/back-office.ts';
import type { CatalogIssue, CatalogLine } from './catalog-line-rules.ts';

/** Which SKU a line is about: its key, or by what it is found in its product once the ERP has made one. */
export type SkuRef = {
  readonly sku: string | null;
  readonly productCode: string;
  readonly barcode: string;
  readonly colorCode: string;
  readonly printCode: string;
  readonly size: string;
};

/** One record to send: `id` names it in the progress file, whatever line it stands on. */
type Entry<Kind extends string, Rest> = { readonly kind: Kind; readonly id: string; readonly line: number } & Rest;
export type ProductEntry = Entry<'products', { readonly record: ProductRecord }>;
export type PriceEntry = Entry<'prices', { readonly ref: SkuRef; readonly record: Omit<PriceRecord, 'sku'> }>;
export type StockEntry = Entry<'stock', { readonly ref: SkuRef; readonly record: Omit<StockRecord, 'sku'> }>;
export type CatalogEntry = ProductEntry | PriceEntry | StockEntry;

/** What a file asks for, in the order in which it is sent: products, then prices, then stock. */
export type CatalogPlan = {
  readonly products: readonly ProductEntry[];
  readonly prices: readonly PriceEntry[];
  readonly stock: readonly StockEntry[];
};

/**
 * Puts lines together into records: lines of one product become one product with their SKUs. A line that contradicts
 * an earlier one, lacks what it needs or asks for nothing is an issue, and adds nothing.
 *
 * Shape: `branchCode` is for lines without a branch of their own, empty when there is none.
 */
export function planCatalog(
  lines: readonly CatalogLine[],
  { hasProducts, branchCode }: { readonly hasProducts: boolean; readonly branchCode: string },
): { readonly plan: CatalogPlan; readonly issues: readonly CatalogIssue[] } {
  const issues: CatalogIssue[] = [];
  const products = new Map<string, { line: CatalogLine; skus: Map<string, CatalogLine> }>();
  const prices = new Map<string, PriceEntry>();
  const stock = new Map<string, StockEntry>();
  for (const line of lines) {
    const found = issuesOfLine(line, { hasProducts, branchCode });
    const product = hasProducts ? products.get(line.cod_produto ?? '') : undefined;
    if (product !== undefined) found.push(...differences(line, product.line, PRODUCT_FIELDS));
    const skuId = idOfSku(line);
    const sku = product?.skus.get(skuId ?? '');
    if (sku !== undefined) found.push(...differences(line, sku, SKU_FIELDS));
    const price = skuId === null ? undefined : prices.get(`prices:${skuId}`);
    found.push(...(price === undefined || line.preco1 === undefined ? [] : priceDifferences(line, price)));
    const branch = line.cod_filial ?? branchCode;
    const stockId = `stock:${skuId}@${branch}`;
    const other = line.saldo === undefined ? undefined : stock.get(stockId);
    if (other !== undefined) {
      const expected = `uma linha só para cada SKU e filial: a linha ${other.line} é da mesma`;
      found.push({ line: line.line, field: 'saldo', value: formatMilli(line.saldo ?? 0), expected });
    }
    issues.push(...found);
    if (found.length > 0) continue;

    if (hasProducts) {
      const code = line.cod_produto ?? '';
      const kept = product ?? { line, skus: new Map<string, CatalogLine>() };
      if (product === undefined) products.set(code, kept);
      if (skuId !== null && !kept.skus.has(skuId)) kept.skus.set(skuId, line);
    }
    if (skuId === null) continue;
    const place = { line: line.line, ref: refOf(line) };
    if (line.preco1 !== undefined && price === undefined) {
      const record = { price1Cents: line.preco1, ...given({ price2Cents: line.preco2 }) };
      prices.set(`prices:${skuId}`, { kind: 'prices', id: `prices:${skuId}`, ...place, record });
    }
    if (line.saldo !== undefined) {
      const record = { branchCode: branch, quantityMilli: line.saldo };
      stock.set(stockId, { kind: 'stock', id: stockId, ...place, record });
    }
  }
  const plan = {
    products: [...products.values()].map(({ line, skus }) => toProduct(line, [...skus.values()])),
    prices: [...prices.values()],
    stock: [...stock.values()],
  };
  return { plan, issues };
}

const PRODUCT_FIELDS = [
  'descricao1',
  'referencia',
  'ncm',
  'unidade_uso',
  'desc_marca',
  'desc_colecao',
  'desc_grupo',
  'desc_departamento',
  'ativo',
  'bloqueado',
  'excluido',
] as const;
const SKU_FIELDS = [
  'barra',
  'barra13',
  'barra_ref',
  'cod_cor',
  'desc_cor',
  'cod_est',
  'desc_estampa',
  'tamanho',
] as const;

function issuesOfLine(
  line: CatalogLine,
  { hasProducts, branchCode }: { readonly hasProducts: boolean; readonly branchCode: string },
): CatalogIssue[] {
  const issues: CatalogIssue[] = [];
  const lacks = (field: string, expected: string): void => {
    issues.push({ line: line.line, field, value: '', expected });
  };
  if (hasProducts && line.cod_produto === undefined) lacks('cod_produto', 'o código do produto');
  if (hasProducts && line.descricao1 === undefined) lacks('descricao1', 'a descrição do produto');
  if (line.preco2 !== undefined && line.preco1 === undefined) lacks('preco1', 'preco1, quando há preco2');
  const wantsSku = line.preco1 !== undefined || line.saldo !== undefined;
  if (wantsSku && idOfSku(line) === null) lacks('sku', 'sku, ou cod_produto com barra (ou com cor e tamanho)');
  if (line.saldo !== undefined && line.cod_filial === undefined && branchCode === '') {
    lacks('cod_filial', 'o código da filial do saldo, ou a opção --branch');
  }
  if (!hasProducts && !wantsSku) lacks('linha', 'um preço ou um saldo: esta linha não pede nada');
  return issues;
}

/** By what a line's SKU is told from others; null when the line speaks of its product alone. */
function idOfSku({
  sku,
  cod_produto,
  barra,
  barra13,
  barra_ref,
  cod_cor,
  cod_est,
  tamanho,
}: CatalogLine): string | null {
  if (sku !== undefined) return sku;
  const barcode = barra ?? barra13 ?? barra_ref;
  if (cod_produto === undefined) return null;
  if (barcode !== undefined) return `${cod_produto}/${barcode}`;
  return cod_cor === undefined && tamanho === undefined
    ? null
    : `${cod_produto}/${cod_cor ?? ''}/${cod_est ?? ''}/${tamanho ?? ''}`;
}

function refOf(line: CatalogLine): SkuRef {
  return {
    sku: line.sku ?? null,
    productCode: line.cod_produto ?? '',
    barcode: line.barra ?? line.barra13 ?? line.barra_ref ?? '',
    colorCode: line.cod_cor ?? '',
    printCode: line.cod_est ?? '',
    size: line.tamanho ?? '',
  };
}

function differences(
  line: CatalogLine,
  earlier: CatalogLine,
  fields: typeof PRODUCT_FIELDS | typeof SKU_FIELDS,
): CatalogIssue[] {
  return fields
    .filter((field) => line[field] !== undefined && earlier[field] !== undefined && line[field] !== earlier[field])
    .map((field) => ({
      line: line.line,
      field,
      value: String(line[field]),
      expected: `${String(earlier[field])}, como na linha ${earlier.line}, que é do mesmo ${fields === PRODUCT_FIELDS ? 'produto' : 'SKU'}`,
    }));
}

function priceDifferences(line: CatalogLine, { line: earlier, record }: PriceEntry): CatalogIssue[] {
  if (line.preco1 === record.price1Cents && line.preco2 === record.price2Cents) return [];
  const expected = `o mesmo preço da linha ${earlier}, que é do mesmo SKU`;
  return [{ line: line.line, field: 'preco1', value: ((line.preco1 ?? 0) / 100).toFixed(2), expected }];
}

function toProduct(line: CatalogLine, skus: readonly CatalogLine[]): ProductEntry {
  const productCode = line.cod_produto ?? '';
  const record: ProductRecord = {
    productCode,
    description: line.descricao1 ?? '',
    ...given({
      reference: line.referencia,
      ncm: line.ncm,
      unit: line.unidade_uso,
      brand: line.desc_marca,
      collection: line.desc_colecao,
      productGroup: line.desc_grupo,
      department: line.desc_departamento,
      isActive: line.ativo,
      isBlocked: line.bloqueado,
      isDeleted: line.excluido,
    }),
    skus: skus.map(toSku),
  };
  return { kind: 'products', id: `products:${productCode}`, line: line.line, record };
}

/** A key of the ERP is made of the ids of product, colour and print and of the size: what is not said is in it. */
function toSku(line: CatalogLine): ProductRecord['skus'][number] {
  const [, color, print, size] = /^\d+_(\d{1,15})_(\d{1,15})_(.{1,5})$/.exec(line.sku ?? '') ?? [];
  return given({
    sku: line.sku,
    colorId: line.cor ?? (color === undefined ? undefined : Number(color)),
    colorCode: line.cod_cor,
    color: line.desc_cor,
    printId: line.estampa ?? (print === undefined ? undefined : Number(print)),
    printCode: line.cod_est,
    print: line.desc_estampa,
    size: line.tamanho ?? size,
    barcode: line.barra,
    barcode13: line.barra13,
    barcodeReference: line.barra_ref,
    isActive: line.ativo_sku,
  });
}

/** Only what is there: a field that is absent leaves what the ERP has. */
function given<Fields extends Readonly<Record<string, unknown>>>(
  fields: Fields,
): { readonly [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    readonly [Name in keyof Fields]?: Exclude<Fields[Name], undefined>;
  };
}

function formatMilli(milli: number): string {
  return String(milli / 1000).replace('.', ',');
}
