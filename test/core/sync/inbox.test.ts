import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import SqliteDatabase from 'better-sqlite3';
import { systemClock, type Clock } from '../../../core/clock.ts';
import type { Connector } from '../../../core/connectors/connector.ts';
import type { PriceRow, ProductRow } from '../../../core/connectors/register-rows.ts';
import { createMillenniumConnector } from '../../../core/connectors/millennium/millennium-connector.ts';
import { PACE } from '../../../core/sync/apply-in-slices.ts';
import { createInbox, type Inbox, type Register } from '../../../core/sync/inbox.ts';
import { systemRandom } from '../../../core/random.ts';
import { findCursor, listCursors } from '../../../db/inbox-queries.ts';
import { findStation, saveStation } from '../../../db/station-queries.ts';
import { startSandbox, temporaryFolder, type Sandbox } from '../../sandbox/support.ts';
import { createFakeClock, createScriptedConnector, failure, quietLog, temporaryDatabase } from './support.ts';

let database: ReturnType<typeof temporaryDatabase>;
beforeEach(() => {
  database = temporaryDatabase();
});
afterEach(() => database.remove());

/** Reads tables straight from the file. */
function rows(sql: string): unknown[] {
  const raw = new SqliteDatabase(database.db.file, { readonly: true });
  try {
    return raw.prepare(sql).all();
  } finally {
    raw.close();
  }
}

function count(table: string): number {
  return (rows(`SELECT count(*) AS n FROM ${table}`)[0] as { n: number }).n;
}

const ALL: readonly Register[] = [
  'station',
  'branch',
  'operators',
  'salespeople',
  'payment_types',
  'payment_terms',
  'financial_reasons',
  'promotions',
  'customers',
  'products',
  'prices',
  'stock',
];

describe('from the stand-in server', () => {
  const folder = temporaryFolder();
  let erp: Sandbox;
  let connector: Connector;
  beforeAll(async () => {
    erp = await startSandbox(folder.path, ['--products', '120', '--cursor', 'inclusive']);
  });
  afterAll(async () => {
    await erp.end('SIGTERM');
    folder.remove();
  });
  beforeEach(() => {
    connector = createMillenniumConnector({
      serverUrl: erp.url,
      user: 'e01',
      password: 'demo-e01',
      clock: systemClock,
      random: systemRandom,
      log: quietLog,
      identity: { version: '0.1.0' },
    });
  });
  afterEach(() => connector.close());

  async function loadAll(inbox: Inbox): Promise<Record<string, unknown>> {
    const pulled: Record<string, unknown> = {};
    for (const register of ALL) {
      const reply = await inbox.pull(register);
      pulled[register] = reply.ok ? reply.value : reply.failure;
    }
    return pulled;
  }

  test('every register comes whole, by pages of any size, and again costs nothing', async () => {
    const inbox = createInbox({
      connector,
      db: database.db,
      clock: systemClock,
      log: quietLog,
      settings: { stationCode: 'E01', pageSize: 7 },
    });
    const pulled = await loadAll(inbox);
    const skus = Number(erp.ready['skus']);
    expect(pulled).toMatchObject({ payment_terms: 4, financial_reasons: 5, promotions: 7 });
    expect(rows('SELECT code, json_array_length(installments) AS n FROM payment_terms WHERE code = 3')).toEqual([
      { code: '3', n: 3 },
    ]);
    expect(pulled).toMatchObject({ station: 6, branch: 2, operators: 5, salespeople: 5, products: 120, stock: skus });
    expect([count('products'), count('skus'), count('stocks')]).toEqual([120, skus, skus]);
    expect(count('prices')).toBe(pulled['prices']);
    // The search knows what is for sale when the first read is over, and nothing else.
    expect(rows('SELECT rowid AS id FROM product_search ORDER BY rowid')).toEqual(
      rows('SELECT product_id AS id FROM products WHERE is_active = 1 ORDER BY product_id'),
    );
    // Sizes have no order but the ERP's.
    expect(
      rows(
        "SELECT size FROM skus WHERE color = 'Preto' AND product_id = (SELECT product_id FROM products WHERE reference = 'CM1001') ORDER BY position",
      ),
    ).toEqual(['PP', 'P', 'M', 'G', 'GG'].map((size) => ({ size })));
    expect(rows("SELECT kind, allows_change FROM payment_types WHERE code = '01'")).toEqual([
      { kind: 'cash', allows_change: 1 },
    ]);
    const before = listCursors(database.db.read);
    expect(await inbox.pullPage('prices')).toMatchObject({ ok: true, value: { rows: 0, more: false } });
    expect(listCursors(database.db.read)).toEqual(before);
  });

  test('a whole read that begins while a page is on its way loses no row', async () => {
    let onPage = (): void => undefined;
    const slow: Connector = {
      ...connector,
      pullPrices: async (request) => {
        const page = await connector.pullPrices(request);
        onPage();
        return page;
      },
    };
    const inbox = createInbox({
      connector: slow,
      db: database.db,
      clock: systemClock,
      log: quietLog,
      settings: { stationCode: 'E01', pageSize: 7 },
    });
    await loadAll(inbox);
    const before = count('prices');
    await erp.post('/admin/prices', { cod_produto: '100001', preco1: 66.6 });
    onPage = () => {
      onPage = () => undefined;
      inbox.readWhole('prices');
    };
    expect(await inbox.pull('prices')).toMatchObject({ ok: true });
    expect(count('prices')).toBe(before);
    expect(rows('SELECT count(*) AS n FROM prices WHERE price1_cents = 6660')).not.toEqual([{ n: 0 }]);
    expect(inbox.findPosition('prices')).not.toBeNull();
  });

  test('a changed price, a stock and a text come with the next page, each from the register that owns it', async () => {
    const inbox = createInbox({
      connector,
      db: database.db,
      clock: systemClock,
      log: quietLog,
      settings: { stationCode: 'E01' },
    });
    await loadAll(inbox);
    const sku = '30200001_30110000_0_PP';
    await erp.post('/admin/prices', { sku, preco1: 79.9 });
    await erp.post('/admin/stock', { sku, cod_filial: '00010', saldo: -2 });
    await erp.post('/admin/products', { cod_produto: '100001', descricao1: 'Camiseta Nova', bloqueado: true });
    for (const register of ['products', 'prices', 'stock'] as const) {
      expect(await inbox.pullPage(register)).toMatchObject({ ok: true, value: { rows: 1, more: false } });
    }
    expect(rows(`SELECT price1_cents FROM prices WHERE sku = '${sku}'`)).toEqual([{ price1_cents: 7990 }]);
    expect(rows(`SELECT quantity_milli FROM stocks WHERE sku = '${sku}'`)).toEqual([{ quantity_milli: -2000 }]);
    expect(rows("SELECT description, is_blocked FROM products WHERE product_code = '100001'")).toEqual([
      { description: 'Camiseta Nova', is_blocked: 1 },
    ]);
  });

  test('a fault on the way costs the page and nothing else', async () => {
    const inbox = createInbox({
      connector,
      db: database.db,
      clock: systemClock,
      log: quietLog,
      settings: { stationCode: 'E01', pageSize: 50 },
    });
    for (const register of ALL.slice(0, 6)) await inbox.pull(register);
    await erp.post('/admin/faults', { faults: { http500: { rate: 1, max: 1, methods: ['listavitrine'] } } });
    expect(await inbox.pull('products')).toMatchObject({ ok: false, failure: { class: 'transient' } });
    expect(await inbox.pull('products')).toEqual({ ok: true, value: 120 });
  });
});

describe('from any server', () => {
  type Pages = Partial<Pick<Connector, 'pullProducts' | 'pullPrices' | 'pullStock'>>;
  function scripted(
    pages: Pages,
    clock: Clock = createFakeClock(),
  ): {
    readonly inbox: Inbox;
    readonly connector: Connector;
    readonly replace: (pages: Pages) => void;
  } {
    const connector = { ...createScriptedConnector([], clock.monotonicMs), ...pages };
    return {
      connector,
      replace: (others) => void Object.assign(connector, others),
      inbox: createInbox({
        connector,
        db: database.db,
        clock,
        log: quietLog,
        settings: { stationCode: 'E01', pace: PACE.whileClosed },
      }),
    };
  }

  function price(sku: string, price1Cents: number, transId: number): PriceRow {
    return { sku, price1Cents, price2Cents: null, isBlocked: false, transId };
  }

  function product(productId: number, transId: number, skus: number, barcodes = ['789']): ProductRow {
    return {
      productId,
      productCode: String(productId),
      reference: '',
      description: `v${transId}`,
      unit: 'PC',
      ncm: '',
      brand: '',
      collection: '',
      productGroup: '',
      department: '',
      isActive: true,
      isBlocked: false,
      transId,
      skus: Array.from({ length: skus }, (_, index) => ({
        sku: `${productId}_${index}`,
        colorCode: '',
        color: '',
        printCode: '',
        print: '',
        size: '',
        isActive: true,
        barcodes: barcodes.map((code) => `${code}${index}`),
      })),
    };
  }

  test('nothing is asked before the station is known', async () => {
    const { inbox } = scripted({});
    expect(await inbox.pull('prices')).toMatchObject({ ok: false, failure: { class: 'refused' } });
    expect(await inbox.pull('station')).toMatchObject({ ok: true });
    expect(await inbox.pull('prices')).toEqual({ ok: true, value: 0 });
  });

  test('a late page never undoes a newer price, and the cursor never goes back', async () => {
    const pages = [
      { rows: [price('a', 200, 20)], nextTransId: 20, more: false },
      { rows: [price('a', 100, 10), price('b', 50, 11), price('a', 200, 20)], nextTransId: 20, more: false },
    ];
    const { inbox } = scripted({
      pullPrices: () =>
        Promise.resolve({ ok: true, value: pages.shift() ?? { rows: [], nextTransId: 0, more: false } }),
    });
    await inbox.pull('station');
    await inbox.pull('prices');
    expect(await inbox.rereadPage('prices', 0)).toMatchObject({ ok: true, value: { rows: 1, next: null } });
    expect(rows('SELECT sku, price1_cents FROM prices ORDER BY sku')).toEqual([
      { sku: 'a', price1_cents: 200 },
      { sku: 'b', price1_cents: 50 },
    ]);
    const key = { connector: 'millennium', method: 'prices', scope: 'vitrine 2' };
    expect(findCursor(database.db.read, key)).toMatchObject({ transId: 20, rows: 2 });
  });

  /** An ERP with prices by shop window; `pullPrices` answers by the cursor rules, without the boundary row. */
  function priceServer(pricesOf: Record<number, PriceRow[]>): Pick<Connector, 'pullPrices'> {
    return {
      pullPrices: ({ transId, showcaseId }) => {
        const found = (pricesOf[showcaseId] ?? []).filter((row) => row.transId > transId);
        const nextTransId = Math.max(transId, ...found.map((row) => row.transId));
        return Promise.resolve({ ok: true, value: { rows: found, nextTransId, more: false } });
      },
    };
  }

  function moveTo(showcaseId: number): void {
    const station = findStation(database.db.read, 'E01');
    if (station === null) throw new Error('no station');
    database.db.write((tx) => saveStation(tx, { ...station, showcaseId }));
  }

  test('another shop window has its own prices, whatever their ids, and so has the first one again', async () => {
    const { inbox } = scripted(priceServer({ 2: [price('a', 200, 20)], 3: [price('a', 300, 5)] }));
    await inbox.pull('station');
    for (const [showcaseId, cents] of [
      [2, 200],
      [3, 300],
      [2, 200],
    ] as const) {
      moveTo(showcaseId);
      await inbox.pull('prices');
      expect(rows('SELECT price1_cents FROM prices')).toEqual([{ price1_cents: cents }]);
      expect(listCursors(database.db.read)).toHaveLength(1);
    }
  });

  test('an ERP that was restored from a backup is read whole again', async () => {
    const pricesOf = { 2: [price('a', 100, 700), price('b', 100, 1000)] };
    const { inbox } = scripted(priceServer(pricesOf));
    await inbox.pull('station');
    await inbox.pull('prices');
    expect(await inbox.rereadPage('prices', 800)).toMatchObject({ value: { rows: 0, isBehind: false } });
    expect(listCursors(database.db.read)).toMatchObject([{ transId: 1000 }]);
    pricesOf[2] = [price('a', 90, 650), price('b', 80, 701)];
    expect(await inbox.rereadPage('prices', 800)).toMatchObject({ value: { isBehind: true } });
    inbox.readWhole('prices');
    await inbox.pull('prices');
    expect(rows('SELECT sku, price1_cents, trans_id FROM prices ORDER BY sku')).toEqual([
      { sku: 'a', price1_cents: 90, trans_id: 650 },
      { sku: 'b', price1_cents: 80, trans_id: 701 },
    ]);
    expect(listCursors(database.db.read)).toMatchObject([{ transId: 701 }]);
  });

  /** One page of a product with SKUs `from` to `to` - 1 and one price for each. */
  function shop(skus: number, transId: number): Pick<Connector, 'pullProducts' | 'pullPrices' | 'pullStock'> {
    const names = product(1, transId, skus).skus.map(({ sku }) => sku);
    const page = <Row>(found: readonly Row[], asked: number) => {
      const value = { rows: asked >= transId ? [] : found, nextTransId: Math.max(asked, transId), more: false };
      return Promise.resolve({ ok: true, value } as const);
    };
    return {
      pullProducts: (request) => page([product(1, transId, skus)], request.transId),
      pullPrices: (request) =>
        page(
          names.map((sku) => price(sku, 100, transId)),
          request.transId,
        ),
      pullStock: (request) =>
        page(
          names.map((sku) => ({ sku, branchCode: '00010', quantityMilli: 1000, transId })),
          request.transId,
        ),
    };
  }
  const CATALOG = ['products', 'prices', 'stock'] as const;
  const here = (): unknown[] =>
    rows(
      `SELECT k.sku, k.is_active AS active, p.price1_cents AS cents, s.quantity_milli AS milli FROM skus k
       JOIN prices p USING (sku) JOIN stocks s USING (sku) ORDER BY k.sku`,
    );

  test('a whole read takes away what it did not bring, when it is over and not before, whatever the ids', async () => {
    const { inbox, replace } = scripted(shop(3, 900));
    await inbox.pull('station');
    for (const register of CATALOG) await inbox.pull(register);
    // The ERP lists one SKU less now, with ids below the ones that are here.
    replace(shop(2, 500));
    for (const register of CATALOG) inbox.readWhole(register);
    const all = ['1_0', '1_1', '1_2'].map((sku) => ({ sku, active: 1, cents: 100, milli: 1000 }));
    expect(here()).toEqual(all);
    for (const register of CATALOG) await inbox.pull(register);
    const gone = [...all.slice(0, 2), { sku: '1_2', active: 0, cents: null, milli: null }];
    expect(here()).toEqual(gone);
    // An ordinary pull afterwards takes nothing away, and what comes back is taken, whatever its id.
    replace({
      pullProducts: shop(0, 0).pullProducts,
      pullPrices: shop(0, 0).pullPrices,
      pullStock: shop(0, 0).pullStock,
    });
    for (const register of CATALOG) await inbox.pull(register);
    expect(here()).toEqual(gone);
    replace(shop(3, 501));
    for (const register of CATALOG) await inbox.pull(register);
    expect(here()).toEqual(all);
  });

  test('a whole read that was cut off goes on where it was, and still knows what it did not see', async () => {
    const { inbox, connector, replace } = scripted(shop(3, 900));
    await inbox.pull('station');
    await inbox.pull('prices');
    inbox.readWhole('prices');
    const [first, second] = [price('1_0', 100, 10), price('1_1', 100, 20)];
    const asked: number[] = [];
    replace({
      pullPrices: ({ transId }) => {
        asked.push(transId);
        const rest = transId < 10 ? [first] : [second];
        return Promise.resolve({
          ok: true,
          value: { rows: rest, nextTransId: transId < 10 ? 10 : 20, more: transId < 10 },
        });
      },
    });
    await inbox.pullPage('prices');
    // Killed here: a new core has the rows and nothing else.
    const { inbox: next } = scripted({ pullPrices: connector.pullPrices });
    expect(next.findPosition('prices')).toBeNull();
    await next.pull('prices');
    expect(asked).toEqual([0, 10]);
    expect(rows('SELECT sku, price1_cents AS cents FROM prices ORDER BY sku')).toEqual([
      { sku: '1_0', cents: 100 },
      { sku: '1_1', cents: 100 },
      { sku: '1_2', cents: null },
    ]);
  });

  test('a whole read that comes back empty takes nothing away and says so', async () => {
    const { inbox, replace } = scripted(shop(3, 900));
    await inbox.pull('station');
    for (const register of CATALOG) await inbox.pull(register);
    const empty = () => Promise.resolve({ ok: true, value: { rows: [], nextTransId: 0, more: false } } as const);
    replace({ pullProducts: empty, pullPrices: empty, pullStock: empty });
    for (const register of CATALOG) {
      inbox.readWhole(register);
      expect(await inbox.pull(register)).toMatchObject({ ok: false, failure: { class: 'refused' } });
    }
    expect(here()).toHaveLength(3);
    expect(here()).not.toContainEqual(expect.objectContaining({ active: 0 }));
  });

  test('a page is kept in several transactions, and the cursor moves with the last one', async () => {
    const page = {
      rows: [1, 2, 3, 4, 5].map((id) => product(id, id, 10)),
      nextTransId: 5,
      more: false,
    };
    // Each look at the clock takes half of a transaction's time: two products fit into one.
    let looks = 0;
    const monotonicMs = (): number => (looks += 1) * (PACE.whileClosed.sliceMs / 2);
    const { inbox } = scripted(
      { pullProducts: () => Promise.resolve({ ok: true, value: page }) },
      { ...createFakeClock(), monotonicMs },
    );
    await inbox.pull('station');
    const seen: unknown[] = [];
    const done = new AbortController();
    const watch = async (): Promise<void> => {
      while (!done.signal.aborted) {
        const [cursor] = listCursors(database.db.read);
        const now = [count('skus'), cursor?.transId ?? 0, cursor?.rows ?? 0];
        if (JSON.stringify(seen.at(-1)) !== JSON.stringify(now)) seen.push(now);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const watching = watch();
    await inbox.pull('products');
    done.abort();
    await watching;
    // Rows are counted as they are kept, so that a kill in between forgets none; the place moves with the last.
    expect(seen.slice(-4)).toEqual([
      [0, 0, 0],
      [20, 0, 2],
      [40, 0, 4],
      [50, 5, 5],
    ]);
  });

  test('a barcode that left its SKU is not found there any more', async () => {
    const pages = [product(1, 1, 1, ['old', 'kept']), product(1, 2, 1, ['kept', 'new'])];
    const { inbox } = scripted({
      pullProducts: () => {
        const row = pages.shift();
        return Promise.resolve({
          ok: true,
          value: { rows: row === undefined ? [] : [row], nextTransId: row?.transId ?? 2, more: row !== undefined },
        });
      },
    });
    await inbox.pull('station');
    await inbox.pull('products');
    expect(rows('SELECT barcode FROM barcodes ORDER BY barcode')).toEqual([{ barcode: 'kept0' }, { barcode: 'new0' }]);
    expect(rows('SELECT description FROM products')).toEqual([{ description: 'v2' }]);
  });

  test('a page that cannot move its cursor is asked for once', async () => {
    let calls = 0;
    const { inbox } = scripted({
      pullPrices: ({ transId }) => {
        calls += 1;
        return Promise.resolve({
          ok: true,
          value: { rows: [price('a', 1, 1)], nextTransId: Math.max(transId, 1), more: true },
        });
      },
    });
    await inbox.pull('station');
    await inbox.pull('prices');
    expect(calls).toBe(2);
  });

  test('a register that fails half way tells why', async () => {
    const { inbox, connector } = scripted({});
    (connector as ReturnType<typeof createScriptedConnector>).script.failures.set(
      'cards',
      failure('transient', 'ECONNRESET'),
    );
    expect(await inbox.pull('payment_types')).toMatchObject({ ok: false, failure: { text: 'ECONNRESET' } });
  });
});
