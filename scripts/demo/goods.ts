import type { SeededRandom } from './seeded-random.ts';

/** Something with a price tag that the till takes. */
export type Good = { readonly barcode: string; readonly sku: string };

type Listed<Row> = { readonly value: readonly Row[] };
type Product = {
  readonly ativo: unknown;
  readonly bloqueado: unknown;
  readonly sku: readonly { readonly sku: string; readonly barra: string; readonly ativo: unknown }[];
};

/** Enough kinds of goods that most sales differ. */
const MAX_GOODS = 400;

/**
 * Reads what may be sold from the ERP itself, as another user than the station's: active, not blocked, with a price,
 * and a barcode that belongs to one SKU alone.
 */
export async function readGoods(url: string, random: SeededRandom): Promise<readonly Good[]> {
  const products = await list<Product>(url, 'produtos/listavitrine');
  const prices = await list<{ readonly sku: string; readonly preco1: number }>(url, 'produtos/precodetabela');
  const priced = new Set(prices.filter((row) => row.preco1 > 0).map((row) => row.sku));
  const sellable = products
    .filter((product) => isTrue(product.ativo) && !isTrue(product.bloqueado))
    .flatMap((product) => product.sku.filter((sku) => isTrue(sku.ativo) && priced.has(sku.sku)));
  const owners = Map.groupBy(
    products.flatMap((product) => product.sku),
    (sku) => sku.barra,
  );
  const goods = sellable
    .filter((sku) => owners.get(sku.barra)?.length === 1)
    .map(({ sku, barra }) => ({ sku, barcode: barra }));
  if (goods.length === 0) throw new Error('the ERP has nothing to sell');
  return Array.from({ length: Math.min(MAX_GOODS, goods.length) }, () => random.pick(goods));
}

async function list<Row>(url: string, method: string): Promise<readonly Row[]> {
  const query = 'vitrine=2&trans_id=0&$format=json&$dateformat=iso&$top=0';
  const authorization = `Basic ${Buffer.from('e02:demo-e02').toString('base64')}`;
  const reply = await fetch(`${url}/api/millenium_eco/${method}?${query}`, { headers: { authorization } });
  if (!reply.ok) throw new Error(`${method}: ${reply.status} ${await reply.text()}`);
  return ((await reply.json()) as Listed<Row>).value;
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'T' || value === '1';
}
