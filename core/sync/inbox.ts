import type { LoadStepView } from '../../contract/station-views.ts';
import type { Database } from '../../db/database-types.ts';
import { ageRows } from '../../db/catalog-writes.ts';
import { findCursor, forgetOtherScopes, moveCursor, rewindCursor } from '../../db/inbox-queries.ts';
import { findStation } from '../../db/station-queries.ts';
import type { Clock } from '../clock.ts';
import type { Connector, Page, PageRequest, Remote } from '../connectors/connector.ts';
import { applyInSlices, type RowWriter } from './apply-in-slices.ts';
import { priceWriter, productWriter, stockWriter } from './catalog-writers.ts';
import type { Log } from '../log.ts';
import { createMissingRegisters } from './missing-registers.ts';
import { pullSmallRegister } from './small-registers.ts';

/** Rows asked for in a page; the seed's default, for products. */
const PAGE_SIZE = 500;

/** A register of the ERP that the station keeps: the steps of the initial load are the same. */
export type Register = LoadStepView['step'];
export type CursorRegister = 'products' | 'prices' | 'stock';

/** What one page came to. */
export type PulledPage = {
  readonly rows: number;
  readonly more: boolean;
  /** The register says something else here than before. */
  readonly isChanged: boolean;
};

/** The way in: reads registers and keeps them, for the initial load and for every day after. */
export type Inbox = {
  /** Reads a register to its end; a cursor goes on where it was left. Answers how many rows came in all. */
  readonly pull: (register: Register, onRows?: (rows: number) => void) => Promise<Remote<number>>;
  /** Reads one page, so that a batch of documents waits at most for one page. */
  readonly pullPage: (register: Register) => Promise<Remote<PulledPage>>;
  /**
   * Reads the last `ids` before the cursor again: rows may be committed late, with an id below what was read. Where the
   * row of the cursor itself is gone the ERP was restored from a backup, and the register is read whole at the next pull.
   */
  readonly reread: (register: CursorRegister, ids: number) => Promise<Remote<number>>;
};

/**
 *   cursor --> page of rows --> at most 250 SKUs a transaction, yield, ... --> the last one moves the cursor
 *     ^                                                                           |
 *     '------------------------------ more ---------------------------------------'
 *
 * A kill between two transactions costs the page again and nothing else: rows are kept only if newer. What is newer can
 * be told within one shop window and one life of the ERP: in another the rows that are here count as old.
 */
export function createInbox({
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
  readonly settings: { readonly stationCode: string; readonly pageSize?: number };
}): Inbox {
  const top = settings.pageSize ?? PAGE_SIZE;
  const bearMissing = createMissingRegisters({ db, clock, log });

  /** Where a register stands, and of what it is asked; null when the ERP does not know this station. */
  function findPlace(register: CursorRegister) {
    const station = findStation(db.read, settings.stationCode);
    if (station === null) return null;
    const scope = register === 'stock' ? `filial ${station.branchId}` : `vitrine ${station.showcaseId}`;
    const key = { connector: connector.name, method: register, scope };
    return { station, key, cursor: findCursor(db.read, key) };
  }

  async function pullFrom<Row>(
    register: CursorRegister,
    ask: (request: PageRequest) => Promise<Remote<Page<Row>>>,
    writer: (readAtMs: number) => RowWriter<Row>,
    from: number | null,
  ): Promise<Remote<PulledPage & { readonly transId: number }>> {
    const place = findPlace(register);
    if (place === null) return missingStation(register);
    const { station, key, cursor } = place;
    const transId = from ?? cursor?.transId ?? 0;
    const page = await ask({ transId, top, showcaseId: station.showcaseId, branchId: station.branchId });
    if (!page.ok) return page;
    const { rows, nextTransId, more } = page.value;
    if (cursor === null) {
      db.write((tx) => {
        // The station moved to another shop window or branch. Back there one day, all of it is read again, too.
        if (forgetOtherScopes(tx, key) > 0) ageRows(tx, register);
      });
    }
    let changed = 0;
    await applyInSlices(db, rows, writer(clock.nowMs()), (tx, { applied, isLast }) => {
      changed += applied;
      // Only the last slice moves the cursor: until then the whole page comes again after a kill.
      const reached = isLast ? nextTransId : (cursor?.transId ?? 0);
      // An answer that brought nothing costs no write.
      if (applied === 0 && cursor !== null && reached <= cursor.transId) return;
      moveCursor(tx, key, { transId: reached, rows: applied, updatedAtMs: clock.nowMs() });
    });
    // A page that cannot move its cursor would be asked for until the end of days.
    return {
      ok: true,
      value: { rows: changed, more: more && nextTransId > transId, isChanged: changed > 0, transId: nextTransId },
    };
  }

  function pullCursor(
    register: CursorRegister,
    from: number | null,
  ): Promise<Remote<PulledPage & { readonly transId: number }>> {
    if (register === 'products') return pullFrom(register, connector.pullProducts, () => productWriter, from);
    if (register === 'prices') return pullFrom(register, connector.pullPrices, () => priceWriter, from);
    return pullFrom(register, connector.pullStock, stockWriter, from);
  }

  async function pullPage(register: Register): Promise<Remote<PulledPage>> {
    if (isCursorRegister(register)) return pullCursor(register, null);
    const reply = await pullSmallRegister(register, { connector, db, stationCode: settings.stationCode });
    const rows = bearMissing(register, reply, { rows: 0, isChanged: false });
    return rows.ok ? { ok: true, value: { ...rows.value, more: false } } : rows;
  }

  async function pull(register: Register, onRows: (rows: number) => void = () => undefined): Promise<Remote<number>> {
    let pulled = 0;
    for (;;) {
      const page = await pullPage(register);
      if (!page.ok) return page;
      pulled += page.value.rows;
      // With a cursor an earlier run may have brought a part.
      const total = isCursorRegister(register) ? (findPlace(register)?.cursor?.rows ?? pulled) : pulled;
      onRows(total);
      if (!page.value.more) return { ok: true, value: total };
    }
  }

  async function reread(register: CursorRegister, ids: number): Promise<Remote<number>> {
    const place = findPlace(register);
    const reached = place?.cursor?.transId ?? 0;
    let from = Math.max(0, reached - ids);
    let rows = 0;
    for (;;) {
      const page = await pullCursor(register, from);
      if (!page.ok) return page;
      rows += page.value.rows;
      from = page.value.transId;
      if (page.value.more) continue;
      // Rows are flagged and never removed there, so that the one at the cursor was in this window. At worst, where it
      // left the list after all, a whole read is one too many.
      if (place !== null && from < reached) {
        db.write((tx) => {
          ageRows(tx, register);
          rewindCursor(tx, place.key);
        });
      }
      return { ok: true, value: rows };
    }
  }

  return { pull, pullPage, reread };
}

function isCursorRegister(register: Register): register is CursorRegister {
  return register === 'products' || register === 'prices' || register === 'stock';
}

function missingStation(register: Register): Remote<never> {
  return {
    ok: false,
    failure: { class: 'refused', text: 'this station is not in the register of stations', method: register },
  };
}
