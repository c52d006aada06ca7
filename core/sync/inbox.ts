import type { LoadStepView } from '../../contract/station-views.ts';
import type { Database } from '../../db/database-types.ts';
import type { Clock } from '../clock.ts';
import type { Connector, Remote } from '../connectors/connector.ts';
import type { Log } from '../log.ts';
import { PACE, type Pace } from './apply-in-slices.ts';
import { createCursorReader, type CursorReader, type CursorRegister } from './cursor-reader.ts';
import { createMissingRegisters } from './missing-registers.ts';
import { pullSmallRegister } from './small-registers.ts';

/** Most rows asked for in a page; the seed's default, for products. */
const PAGE_SIZE = 500;

/** A register of the ERP that the station keeps: the steps of the initial load are the same. */
export type Register = LoadStepView['step'];

/** What one page came to. */
export type PulledPage = {
  readonly rows: number;
  readonly more: boolean;
  /** The register says something else here than before. */
  readonly isChanged: boolean;
};

/** The way in: reads registers and keeps them, for the initial load and for every day after. */
export type Inbox = Pick<CursorReader, 'rereadPage' | 'findPosition' | 'readWhole'> & {
  /** Reads a register to its end; a cursor goes on where it was left. Answers how many rows came in all. */
  readonly pull: (register: Register, onRows?: (rows: number) => void) => Promise<Remote<number>>;
  /** Reads one page, so that a batch of documents waits at most for one page. */
  readonly pullPage: (register: Register) => Promise<Remote<PulledPage>>;
};

export function createInbox({
  settings,
  ...ports
}: {
  readonly connector: Connector;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: {
    readonly stationCode: string;
    readonly pageSize?: number;
    /** Without it, as gently as while a drawer is open. */
    readonly pace?: Pace;
  };
}): Inbox {
  const { stationCode, pageSize = PAGE_SIZE, pace = PACE.whileOpen } = settings;
  const cursors = createCursorReader({ ...ports, settings: { stationCode, pageSize, pace } });
  const bearMissing = createMissingRegisters(ports);

  async function pullPage(register: Register): Promise<Remote<PulledPage>> {
    if (isCursorRegister(register)) {
      const page = await cursors.pullPage(register);
      return page.ok ? { ok: true, value: { ...page.value, isChanged: page.value.rows > 0 } } : page;
    }
    const reply = await pullSmallRegister(register, { ...ports, stationCode, bearMissing });
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
      const total = isCursorRegister(register) ? cursors.countRows(register) : pulled;
      onRows(total);
      if (!page.value.more) return { ok: true, value: total };
    }
  }

  const { rereadPage, findPosition, readWhole } = cursors;
  return { pull, pullPage, rereadPage, findPosition, readWhole };
}

/** Whether a register has a cursor; the others are read whole each time. */
export function isCursorRegister(register: Register): register is CursorRegister {
  return register === 'products' || register === 'prices' || register === 'stock';
}
