import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { CursorRegister } from './cursor-reader.ts';
import type { Heartbeat } from './heartbeat.ts';
import type { Inbox, Register } from './inbox.ts';
import type { Link } from './link.ts';
import type { Reachability } from './reachability.ts';
import type { Scheduler } from './scheduler.ts';
import { SMALL_REGISTERS } from './small-registers.ts';
import { CATALOG, type Task } from './tasks.ts';

/** Ids before the cursor that are read again every hour (wire contract, section 3). */
const REREAD_IDS = 200;

/** What is read again: from where each register is still to be, and whether each so far had its last row. */
type RereadRound = {
  readonly begunAtMs: number;
  isWhole: boolean;
  left: readonly { readonly register: CursorRegister; readonly from: number }[];
};

/** The way in by its schedule: a page at a time, so that a document waits at most for one page. */
export type PullLoop = {
  readonly slice: (register: Register) => Promise<void>;
  readonly reread: () => Promise<void>;
  /** Begins to read registers again from an id on; one that is not named from the usual ids before its cursor. */
  readonly rereadFrom: (places: ReadonlyMap<string, number>) => void;
};

export function createPullLoop({
  inbox,
  heartbeat,
  reach,
  link,
  schedule,
  log,
  isBroken,
  onRegisterChange,
  clock,
  onServerBehind,
  onServerWhole,
  onChange,
}: {
  readonly inbox: Inbox;
  readonly heartbeat: Heartbeat;
  readonly reach: Reachability;
  readonly link: Link;
  readonly schedule: Scheduler<Task>;
  readonly log: Log;
  /** Its breaker is open: only its own probe asks for it. */
  readonly isBroken: (register: Register) => boolean;
  readonly onRegisterChange: () => void;
  readonly clock: Clock;
  /** A row that was here before is not there any more: the ERP went back in time, or lists less than it has. */
  readonly onServerBehind: () => void;
  /** At `atMs` it still had the last row of each register that is here. */
  readonly onServerWhole: (atMs: number) => void;
  readonly onChange: () => void;
}): PullLoop {
  let round: RereadRound | null = null;

  async function slice(register: Register): Promise<void> {
    const page = await inbox.pullPage(register);
    if (!page.ok) {
      link.noteFailure(register, page.failure);
      // The server answered: this register waits its turn, the others go on.
      if (page.failure.class === 'refused') schedule.done(register);
      return onChange();
    }
    link.noteAnswer(register);
    reach.notePull();
    if (heartbeat.isWanted()) schedule.runSoon('heartbeat');
    if (!page.value.more) schedule.done(register);
    if (page.value.isChanged && SMALL_REGISTERS.some((name) => name === register)) onRegisterChange();
    onChange();
  }

  /** One page of what is read again; the next register or page at once, so that a document goes between them. */
  async function reread(): Promise<void> {
    const current = (round ??= beginRound(new Map()));
    const [place, ...rest] = current.left;
    if (place === undefined) {
      round = null;
      if (current.isWhole) onServerWhole(current.begunAtMs);
      return schedule.done('reread');
    }
    const { register } = place;
    // Each register by itself: one that is broken there does not keep the others from being read again.
    current.left = rest;
    const { isWhole } = current;
    current.isWhole = false;
    if (isBroken(register)) return;
    const page = await inbox.rereadPage(register, place.from);
    if (!page.ok) return link.noteFailure(register, page.failure);
    const { rows, next, isBehind } = page.value;
    if (rows > 0) log.info('late rows', { register, rows });
    if (isBehind) {
      // The sign first: of the whole read alone nobody sees after a kill that documents may be missing, too.
      onServerBehind();
      inbox.readWhole(register);
    } else current.isWhole = isWhole;
    if (next !== null) current.left = [{ register, from: next }, ...rest];
  }

  function beginRound(places: ReadonlyMap<string, number>): RereadRound {
    const left = CATALOG.flatMap((register) => {
      const reached = inbox.findPosition(register);
      if (reached === null) return [];
      return [{ register, from: Math.max(0, Math.min(places.get(register) ?? reached, reached) - REREAD_IDS) }];
    });
    return { begunAtMs: clock.nowMs(), isWhole: left.length === CATALOG.length, left };
  }

  return {
    slice,
    reread,
    rereadFrom: (places) => {
      round = beginRound(places);
      schedule.runSoon('reread');
    },
  };
}
