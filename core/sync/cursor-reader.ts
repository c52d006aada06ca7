import { isRegisterEmpty, sweepRegister, SWEEP_START, type SweepPlace } from '../../db/catalog-sweep.ts';
import type { Database } from '../../db/database-types.ts';
import { beginFullRead, endFullRead, findCursor, moveCursor, type InboxCursor } from '../../db/inbox-queries.ts';
import { indexMissingProducts, SLICE_PRODUCTS } from '../../db/product-index.ts';
import { findStation } from '../../db/station-queries.ts';
import type { Clock } from '../clock.ts';
import type { Connector, Page, PageRequest, Remote } from '../connectors/connector.ts';
import type { Log } from '../log.ts';
import { applyInSlices, type Pace, type RowWriter } from './apply-in-slices.ts';
import { priceWriter, productWriter, stockWriter, type Reading } from './catalog-writers.ts';

export type CursorRegister = 'products' | 'prices' | 'stock';

/** What one page came to: how many rows were new, where the next one begins. */
type ReadPage = { readonly rows: number; readonly more: boolean; readonly transId: number };

/**
 *   cursor --> page of rows --> a slice of rows a transaction, yield, ... --> the last one moves the cursor
 *     ^                                                                           |
 *     '------------------------------ more ---------------------------------------'
 *
 *   never read, other shop window, reload, ERP restored --> new generation, cursor 0 --> .. --> end: what was not seen
 *   in this generation leaves, in slices --> what the search does not know is indexed --> a whole read is over
 *
 * A kill between two transactions costs the page again and nothing else: rows are kept only if newer, and the first row
 * of a new generation is newer than all before it. A kill in the sweep runs it again. A page that a whole read overtook
 * keeps its rows and moves nothing.
 */
export type CursorReader = {
  /** Reads one page and moves the cursor; the last page of a whole read ends with what left the register. */
  readonly pullPage: (register: CursorRegister) => Promise<Remote<ReadPage>>;
  /**
   * Reads a page from an id below the cursor again: rows may be committed late. `isBehind`: the row of the cursor itself
   * is gone, so the ERP was restored from a backup; the register has to be read whole.
   */
  readonly rereadPage: (
    register: CursorRegister,
    from: number,
  ) => Promise<Remote<{ readonly rows: number; readonly next: number | null; readonly isBehind: boolean }>>;
  /** Where the register stands; null when it was never read, or while it is read whole. */
  readonly findPosition: (register: CursorRegister) => number | null;
  /** How many rows came in since the last whole read began. */
  readonly countRows: (register: CursorRegister) => number;
  /** Begins a whole read; the next pages are of it. False when the ERP does not know this station. */
  readonly readWhole: (register: CursorRegister) => boolean;
};

export function createCursorReader({
  connector,
  db,
  clock,
  log,
  settings,
}: {
  readonly connector: Connector;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: { readonly stationCode: string; readonly pageSize: number; readonly pace: Pace };
}): CursorReader {
  /** Where a register stands, and of what it is asked; null when the ERP does not know this station. */
  function findPlace(register: CursorRegister) {
    const station = findStation(db.read, settings.stationCode);
    if (station === null) return null;
    const scope = register === 'stock' ? `filial ${station.branchId}` : `vitrine ${station.showcaseId}`;
    const key = { connector: connector.name, method: register, scope };
    return { station, key, cursor: findCursor(db.read, key) };
  }

  function begin(register: CursorRegister): void {
    const place = findPlace(register);
    if (place !== null) db.write((tx) => beginFullRead(tx, place.key, clock.nowMs()));
  }

  function getPlace(register: CursorRegister) {
    const place = findPlace(register);
    if (place === null) return null;
    if (place.cursor === null) begin(register);
    const cursor = place.cursor ?? findCursor(db.read, place.key);
    return cursor === null ? null : { ...place, cursor };
  }

  async function readFrom<Row>(
    register: CursorRegister,
    ask: (request: PageRequest) => Promise<Remote<Page<Row>>>,
    writer: (reading: Reading) => RowWriter<Row>,
    from: number | null,
  ): Promise<Remote<ReadPage>> {
    const place = getPlace(register);
    if (place === null) return missingStation(register);
    const { station, key, cursor } = place;
    const transId = from ?? cursor.transId;
    const { showcaseId, branchId } = station;
    const { pageSize, pace } = settings;
    const top = register === 'products' ? Math.min(pageSize, pace.products) : pageSize;
    const page = await ask({ transId, top, showcaseId, branchId });
    if (!page.ok) return page;
    const { rows, nextTransId, more } = page.value;
    let changed = 0;
    let isOvertaken = false;
    const { generation } = cursor;
    const isFirstRead = generation === 1 && cursor.isFull;
    const save = writer({ generation, isFirstRead, readAtMs: clock.nowMs() });
    await applyInSlices({ db, clock, pace }, rows, save, (tx, { applied, isLast }) => {
      changed += applied;
      // A whole read began since this page was asked for: its place is of the read before, and would skip what is below.
      isOvertaken = findCursor(tx, key)?.generation !== generation;
      if (isOvertaken) return;
      // Only the last slice moves the cursor: until then the whole page comes again after a kill.
      const reached = isLast ? nextTransId : cursor.transId;
      // An answer that brought nothing costs no write.
      if (applied === 0 && reached <= cursor.transId) return;
      moveCursor(tx, key, { transId: reached, rows: applied, updatedAtMs: clock.nowMs() });
    });
    if (isOvertaken) return { ok: true, value: { rows: changed, more: true, transId } };
    // A page that cannot move its cursor would be asked for until the end of days.
    return { ok: true, value: { rows: changed, more: more && nextTransId > transId, transId: nextTransId } };
  }

  function read(register: CursorRegister, from: number | null): Promise<Remote<ReadPage>> {
    if (register === 'products') return readFrom(register, connector.pullProducts, productWriter, from);
    if (register === 'prices') return readFrom(register, connector.pullPrices, priceWriter, from);
    return readFrom(register, connector.pullStock, stockWriter, from);
  }

  async function pullPage(register: CursorRegister): Promise<Remote<ReadPage>> {
    const page = await read(register, null);
    if (!page.ok || page.value.more) return page;
    const place = getPlace(register);
    if (place === null || !place.cursor.isFull) return page;
    if (place.cursor.rows === 0 && !isRegisterEmpty(db.read, register)) {
      // Rather a server that lost its list than a shop that sells nothing any more.
      const text = 'the whole register came back empty: nothing was taken away here';
      return { ok: false, failure: { class: 'refused', text, method: register } };
    }
    await sweep(register, place.cursor);
    if (register === 'products') await indexProducts(place.cursor);
    db.write((tx) => endFullRead(tx, place.key));
    return page;
  }

  async function sweep(register: CursorRegister, { generation, rows }: InboxCursor): Promise<void> {
    let left = 0;
    let place: SweepPlace | null = SWEEP_START;
    // The first read of all has nothing before it.
    if (generation === 1) place = null;
    while (place !== null) {
      const from: SweepPlace = place;
      const slice = db.write(
        (tx) => sweepRegister(tx, register, generation, from),
        (swept) => swept.left > 0,
      );
      left += slice.left;
      place = slice.next;
      await new Promise((resolve) => setImmediate(resolve));
    }
    log.info('register read whole', { register, generation, rows, left });
  }

  /** In a first load one product after the other would cost the index seven times as much. */
  async function indexProducts({ generation }: InboxCursor): Promise<void> {
    const slice = generation === 1 ? SLICE_PRODUCTS.whileClosed : SLICE_PRODUCTS.whileOpen;
    let after: number | null = Number.MIN_SAFE_INTEGER;
    while (after !== null) {
      const from: number = after;
      after = db.write((tx) => indexMissingProducts(tx, from, slice));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  return {
    pullPage,
    rereadPage: async (register, from) => {
      const reached = findPlace(register)?.cursor?.transId ?? 0;
      const page = await read(register, from);
      if (!page.ok) return page;
      const { rows, more, transId } = page.value;
      // Rows are flagged and never removed there, so that the one at the cursor was in this window. At worst, where it
      // left the list after all, a whole read is one too many.
      const isBehind = !more && transId < reached;
      return { ok: true, value: { rows, next: more ? transId : null, isBehind } };
    },
    findPosition: (register) => {
      const cursor = findPlace(register)?.cursor ?? null;
      return cursor === null || cursor.isFull ? null : cursor.transId;
    },
    countRows: (register) => findPlace(register)?.cursor?.rows ?? 0,
    readWhole: (register) => {
      begin(register);
      return findPlace(register) !== null;
    },
  };
}

function missingStation(register: CursorRegister): Remote<never> {
  return {
    ok: false,
    failure: { class: 'refused', text: 'this station is not in the register of stations', method: register },
  };
}
