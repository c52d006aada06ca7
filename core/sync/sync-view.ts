import type { SyncView } from '../../contract/station-views.ts';
import type { Database } from '../../db/database-types.ts';
import { countQueue, findLastConfirmedAt, sumWaiting } from '../../db/outbox-queries.ts';
import { listCursors } from '../../db/inbox-queries.ts';
import { listAlerts } from '../../db/sync-mark-queries.ts';
import { viewSkippedRows } from '../connectors/skipped-rows.ts';
import type { Reachability } from './reachability.ts';
import { CATALOG } from './tasks.ts';

/** States of a document that still has to arrive by itself. */
const WAITING = ['pending', 'sending', 'unknown', 'sent'] as const;
/** States of a document that waits for a person. */
const ERRORS = ['rejected', 'diverged'] as const;

/** The state of replication as the badge shows it. */
export type SyncViewReader = {
  readonly read: (reach: ReturnType<Reachability['view']>, sending: boolean, methods: SyncView['methods']) => SyncView;
  /** Documents that still have to arrive by themselves. */
  readonly countWaiting: () => number;
  readonly noteConfirmed: (atMs: number) => void;
};

/** Reads the queue by its partial index, whose size is what waits and not what was ever sold. */
export function createSyncView(db: Database): SyncViewReader {
  // Nothing indexes it, so it is read once and followed from there.
  let lastConfirmedAtMs = findLastConfirmedAt(db.read);

  const sumOf = (
    counts: ReturnType<typeof countQueue>,
    states: readonly (typeof WAITING | typeof ERRORS)[number][],
  ): number => states.reduce((sum, state) => sum + (counts.get(state) ?? 0), 0);

  return {
    countWaiting: () => sumOf(countQueue(db.read), WAITING),
    noteConfirmed: (atMs) => {
      lastConfirmedAtMs = atMs;
    },
    read: (reach, sending, methods) => {
      const counts = countQueue(db.read);
      const waiting = sumOf(counts, WAITING);
      const { oldestAtMs } = waiting === 0 ? { oldestAtMs: null } : sumWaiting(db.read);
      return {
        ...reach,
        methods,
        wholeReads: readWholeReads(db),
        skippedRows: viewSkippedRows(db.read),
        alerts: listAlerts(db.read).map(({ kind, text, atMs }) => ({ kind, text, at: new Date(atMs).toISOString() })),
        queue: Object.fromEntries(counts),
        waiting,
        oldestWaitingAt: oldestAtMs === null ? null : new Date(oldestAtMs).toISOString(),
        errors: sumOf(counts, ERRORS),
        lastConfirmedAt: lastConfirmedAtMs === null ? null : new Date(lastConfirmedAtMs).toISOString(),
        sending,
      };
    },
  };
}

function readWholeReads(db: Database): SyncView['wholeReads'] {
  const cursors = listCursors(db.read);
  return CATALOG.flatMap((register) => {
    const cursor = cursors.find((row) => row.method === register && row.isFull);
    return cursor === undefined ? [] : [{ register, rows: cursor.rows }];
  });
}
