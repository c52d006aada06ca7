import { eq, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { connectorStates } from './schema-sync.ts';
import { readStatement, writeStatement } from './statement.ts';

/** What outlives the core of how a connector is: why it stopped, since when its server is away. */
export type ConnectorState = Omit<typeof connectorStates.$inferSelect, 'connector'>;

const NEVER: ConnectorState = {
  stoppedReason: null,
  stoppedText: null,
  stoppedAtMs: null,
  unreachableSinceMs: null,
  lastPullAtMs: null,
};

const byName = readStatement((orm) =>
  orm
    .select({
      stoppedReason: connectorStates.stoppedReason,
      stoppedText: connectorStates.stoppedText,
      stoppedAtMs: connectorStates.stoppedAtMs,
      unreachableSinceMs: connectorStates.unreachableSinceMs,
      lastPullAtMs: connectorStates.lastPullAtMs,
    })
    .from(connectorStates)
    .where(eq(connectorStates.connector, sql.placeholder('connector')))
    .prepare(),
);

/** How a connector was left; everything null when it never ran. */
export function getConnectorState(db: ReadDb, connector: string): ConnectorState {
  return byName(db).get({ connector }) ?? NEVER;
}

const save = writeStatement((orm) =>
  orm
    .insert(connectorStates)
    .values({
      connector: sql.placeholder('connector'),
      stoppedReason: sql.placeholder('stoppedReason'),
      stoppedText: sql.placeholder('stoppedText'),
      stoppedAtMs: sql.placeholder('stoppedAtMs'),
      unreachableSinceMs: sql.placeholder('unreachableSinceMs'),
      lastPullAtMs: sql.placeholder('lastPullAtMs'),
    })
    .onConflictDoUpdate({
      target: connectorStates.connector,
      set: {
        stoppedReason: sql`excluded.stopped_reason`,
        stoppedText: sql`excluded.stopped_text`,
        stoppedAtMs: sql`excluded.stopped_at_ms`,
        unreachableSinceMs: sql`excluded.unreachable_since_ms`,
        lastPullAtMs: sql`excluded.last_pull_at_ms`,
      },
    })
    .prepare(),
);

/** Keeps how a connector is. */
export function saveConnectorState(tx: WriteTx, connector: string, state: ConnectorState): void {
  save(tx).run({ connector, ...state });
}
