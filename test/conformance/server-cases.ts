import type { Case } from './run-cases.ts';
import { findGoods, readCardIds, readStation } from './server-facts.ts';
import { makeCase, needed, type Suite } from './suite.ts';
import { numberOf, type Row } from './wire-values.ts';

export const SERVER = {
  login: 'the server answers and takes the login',
  station: 'the server registers the station, its shop window and its branch',
  catalogue: 'the catalogue is read page by page',
  goods: 'the catalogue has something to sell',
} as const;

const PRODUCTS = 'millenium_eco/produtos/listavitrine';
const BRANCHES = 'millenium_eco/filiais/lista_simples';
/** A catalogue of 100,000 products is read whole; of a larger one this much is enough. */
const LARGE = { top: 500, maxPages: 200 };
const SMALL = { top: 20, maxPages: 25 };

/** What the server itself must do before a station can work with it. */
export function serverCases({ wire, options, found }: Suite): readonly Case[] {
  const showcase = (): number => needed(found.station, 'the station').showcase;

  return [
    makeCase(SERVER.login, [], async () => void (await wire.list(BRANCHES))),
    makeCase(SERVER.station, [SERVER.login], async () => {
      found.station = await readStation(wire, options.station);
    }),
    makeCase('an unknown parameter is an error', [SERVER.login], async () => {
      const { status, text } = await wire.get(BRANCHES, { parametro_que_nao_existe: 1 });
      if (status !== 400)
        throw new Error(`the server answered HTTP ${status} to a parameter that nobody knows: ${text.slice(0, 100)}`);
    }),
    makeCase('a path is read without regard to case, dots and slashes', [SERVER.login], async () => {
      const plain = await wire.list(BRANCHES);
      const dotted = await wire.list('MILLENIUM_ECO.FILIAIS.Lista_Simples');
      if (plain.length !== dotted.length)
        throw new Error(`the same register has ${plain.length} and ${dotted.length} rows`);
    }),
    makeCase(
      SERVER.catalogue,
      [SERVER.station],
      async () => {
        const { rows, isWhole } = await wire.walk(PRODUCTS, { vitrine: showcase() }, LARGE);
        found.products = byId(rows);
        found.isCatalogWhole = isWhole;
        if (found.products.size === 0) throw new Error(`the shop window ${showcase()} has no products`);
      },
      90_000,
    ),
    makeCase('small pages show the same products as large ones', [SERVER.catalogue], async () => {
      const { rows, isWhole } = await wire.walk(PRODUCTS, { vitrine: showcase() }, SMALL);
      const small = byId(rows);
      const reached = isWhole ? Number.POSITIVE_INFINITY : Math.max(...rows.map(transId)) - 1;
      const missing = [...found.products].filter(([id, row]) => transId(row) <= reached && !small.has(id));
      if (missing.length > 0)
        throw new Error(`${missing.length} products are not in the small pages, first ${missing[0]?.[0]}`);
      const strange = [...small.keys()].filter((id) => found.isCatalogWhole && !found.products.has(id));
      if (strange.length > 0)
        throw new Error(`${strange.length} products are only in the small pages, first ${strange[0]}`);
    }),
    makeCase(
      SERVER.goods,
      [SERVER.catalogue],
      async () => {
        found.goods = await findGoods(wire, [...found.products.values()], showcase());
        if (found.goods.length === 0) {
          throw new Error('no product is active and has a price and a barcode of its own');
        }
      },
      60_000,
    ),
    makeCase('the server registers card brands and acquirers', [SERVER.login], async () => {
      found.card = await readCardIds(wire);
    }),
    makeCase('the server lets go of the login', [SERVER.login], () => wire.leave()),
  ];
}

function transId(row: Row): number {
  return numberOf(row, 'trans_id') ?? 0;
}

/** Pages overlap by rule: of each product the newest row counts. */
function byId(rows: readonly Row[]): ReadonlyMap<number, Row> {
  const newest = new Map<number, Row>();
  for (const row of rows) {
    const id = numberOf(row, 'produto');
    const known = id === null ? undefined : newest.get(id);
    if (id !== null && (known === undefined || transId(row) >= transId(known))) newest.set(id, row);
  }
  return newest;
}
