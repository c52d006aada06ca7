import type { Database } from '../../db/database-types.ts';
import { findServerClock, saveServerClock } from '../../db/server-clock-queries.ts';
import type { Clock } from '../clock.ts';
import type { Connector } from '../connectors/connector.ts';

/** Below this two comparisons are the same: an answer takes its time, and each row costs a write to the disk. */
const SAME_OFFSET_MS = 5_000;

/** How far this machine's clock is ahead of the ERP's (negative: behind), and when the two were compared. */
export type ClockOffset = { readonly offsetMs: number; readonly measuredAtMs: number };

/** Compares this machine's clock with the ERP's by every answer that carries a time. */
export type ServerClock = {
  /** `connector`, whose answers are watched. */
  readonly watch: (connector: Connector) => Connector;
  /**
   * The offset at `nowMs`; null before the first comparison. While this core runs a jump of the wall clock is seen
   * without the server, because the monotonic clock knows how long ago it answered; after a start the offset that was
   * kept holds until the next answer.
   */
  readonly find: (nowMs: number) => ClockOffset | null;
};

export function createServerClock({ db, clock }: { readonly db: Database; readonly clock: Clock }): ServerClock {
  let anchor: { readonly serverMs: number; readonly monotonicMs: number; readonly atMs: number } | null = null;

  function note(serverAt: string | null): void {
    const serverMs = Date.parse(serverAt ?? '');
    if (Number.isNaN(serverMs)) return;
    const atMs = clock.nowMs();
    anchor = { serverMs, monotonicMs: clock.monotonicMs(), atMs };
    const offsetMs = atMs - serverMs;
    const kept = findServerClock(db.read);
    if (kept !== null && Math.abs(kept.offsetMs - offsetMs) < SAME_OFFSET_MS) return;
    db.write((tx) => saveServerClock(tx, { offsetMs, measuredAtMs: atMs }));
  }

  return {
    watch: (connector) => ({
      ...connector,
      readServerVersion: async () => {
        const reply = await connector.readServerVersion();
        if (reply.ok) note(reply.value.serverAt);
        return reply;
      },
      sendHeartbeat: async (heartbeat) => {
        const reply = await connector.sendHeartbeat(heartbeat);
        if (reply.ok) note(reply.value.serverAt);
        return reply;
      },
    }),
    find: (nowMs) => {
      if (anchor === null) return findServerClock(db.read);
      const serverNowMs = anchor.serverMs + (clock.monotonicMs() - anchor.monotonicMs);
      return { offsetMs: Math.round(nowMs - serverNowMs), measuredAtMs: anchor.atMs };
    },
  };
}
