import { centsOf, flagOf, numberOf, rowsOf, textOf, type Row } from './wire-values.ts';
import type { WireClient } from './wire-client.ts';

/** A SKU that can be sold: one barcode of its own, active, with a price. */
export type Good = {
  readonly sku: string;
  readonly barcode: string;
  readonly priceCents: number;
  readonly unit: string;
};

/** Where this station sells, as the server registers it. */
export type StationFacts = {
  readonly showcase: number;
  readonly branchId: number;
  readonly branchCode: string;
};

export type CardIds = { readonly cardBrandId: number | null; readonly acquirerId: number | null };

/** Products are looked at until so many can be sold; each costs a call for its prices. */
const WANTED_GOODS = 8;
const MAX_PRICE_CALLS = 60;

export async function readStation(wire: WireClient, code: string): Promise<StationFacts> {
  const stations = await wire.list('millenium!storemanager/estacoes/lista');
  const station = stations.find((row) => textOf(row, 'codigo').toUpperCase() === code);
  if (station === undefined) {
    throw new Error(
      `the server has no station ${code}, only ${stations.map((row) => textOf(row, 'codigo')).join(', ')}`,
    );
  }
  const showcase = numberOf(station, 'vitrine');
  const branchId = numberOf(station, 'filial');
  if (showcase === null || branchId === null) throw new Error(`station ${code} has no vitrine or no filial`);
  const branches = await wire.list('millenium_eco/filiais/lista_simples');
  const branch = branches.find((row) => numberOf(row, 'filial') === branchId);
  if (branch === undefined) throw new Error(`filial ${branchId} of station ${code} is not among the filiais`);
  return { showcase, branchId, branchCode: textOf(branch, 'cod_filial') };
}

/** The first brand and acquirer of the server: some demand them of a payment by card. */
export async function readCardIds(wire: WireClient): Promise<CardIds> {
  const firstId = async (method: string, field: string): Promise<number | null> => {
    const [row] = await wire.list(`millenium_eco/pedido_venda/${method}`);
    return row === undefined ? null : numberOf(row, field);
  };
  const cardBrandId = await firstId('listabandeiras', 'bandeira');
  return { cardBrandId, acquirerId: await firstId('listaoperadoras', 'operadora') };
}

/** Goods of a catalogue nobody here knows, from rows of `listavitrine`. */
export async function findGoods(wire: WireClient, products: readonly Row[], showcase: number): Promise<Good[]> {
  const owners = new Map<string, number>();
  for (const product of products) {
    for (const sku of rowsOf(product, 'sku')) {
      const codes = new Set(['barra', 'barra13', 'barra_ref'].map((field) => textOf(sku, field)));
      for (const code of codes) if (code !== '') owners.set(code, (owners.get(code) ?? 0) + 1);
    }
  }
  const goods: Good[] = [];
  let calls = 0;
  // One that is sold by the fraction, where there is one, and then as they come.
  const byFraction = products.find((product) => isSellable(product) && isFractional(unitOf(product)));
  for (const product of new Set(byFraction === undefined ? products : [byFraction, ...products])) {
    if (goods.length >= WANTED_GOODS || calls >= MAX_PRICE_CALLS) break;
    if (!isSellable(product)) continue;
    const skus = rowsOf(product, 'sku').filter(
      (sku) => flagOf(sku, 'ativo', true) && textOf(sku, 'barra') !== '' && owners.get(textOf(sku, 'barra')) === 1,
    );
    const produto = numberOf(product, 'produto');
    if (skus.length === 0 || produto === null) continue;
    calls += 1;
    const prices = await wire.list('millenium_eco/produtos/precodetabela', { vitrine: showcase, produto });
    const bySku = new Map(prices.map((row) => [textOf(row, 'sku'), row]));
    for (const sku of skus.slice(0, 2)) {
      const price = bySku.get(textOf(sku, 'sku'));
      const priceCents =
        price === undefined || flagOf(price, 'bloqueado_preco', false) ? Number.NaN : centsOf(price, 'preco1');
      if (!(priceCents > 0)) continue;
      goods.push({
        sku: textOf(sku, 'sku'),
        barcode: textOf(sku, 'barra'),
        priceCents,
        unit: unitOf(product),
      });
    }
  }
  return goods;
}

function unitOf(product: Row): string {
  return textOf(product, 'unidade_uso').toUpperCase();
}

function isSellable(product: Row): boolean {
  const isOut = flagOf(product, 'excluido', false) || flagOf(product, 'bloqueado', false);
  return flagOf(product, 'ativo', true) && !isOut && textOf(product, 'web').toUpperCase() !== 'E';
}

/** Units that are sold by the fraction; of anything else half a piece is nonsense. */
export function isFractional(unit: string): boolean {
  return ['KG', 'G', 'GR', 'M', 'MT', 'MTR', 'M2', 'L', 'LT', 'CM'].includes(unit);
}
