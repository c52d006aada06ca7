import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { ClockOffset } from '../setup/server-clock.ts';
import { createCashSessionQueries } from './cash-session-queries.ts';
import { createCloseSession } from './close-session.ts';
import { createMoveCash } from './move-cash.ts';
import { createOpenSession } from './open-session.ts';

/** Everything that is asked of the drawer. A session belongs to a station; a closed one never changes. */
export function createCashSessionHandlers(ports: {
  readonly clock: Clock;
  readonly random: Random;
  /** How far this machine's clock is from the ERP's at `nowMs`, as far as is known. */
  readonly findClockOffset: (nowMs: number) => ClockOffset | null;
}) {
  return {
    ...createOpenSession(ports),
    ...createMoveCash(ports),
    ...createCloseSession(ports),
    ...createCashSessionQueries(ports),
  };
}
