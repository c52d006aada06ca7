import { and, eq, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { erpSessions } from './schema-sync.ts';
import { readStatement, writeStatement } from './statement.ts';

/** Whose session: the ERP knows one for each user. */
export type SessionKey = { readonly serverUrl: string; readonly serverUser: string };

const byKey = readStatement((orm) =>
  orm
    .select({ session: erpSessions.session })
    .from(erpSessions)
    .where(
      and(
        eq(erpSessions.serverUrl, sql.placeholder('serverUrl')),
        eq(erpSessions.serverUser, sql.placeholder('serverUser')),
      ),
    )
    .prepare(),
);

/** The session that is or was left open; a secret, never logged. */
export function findErpSession(db: ReadDb, key: SessionKey): string | null {
  return byKey(db).get(key)?.session ?? null;
}

const upsert = writeStatement((orm) =>
  orm
    .insert(erpSessions)
    .values({
      serverUrl: sql.placeholder('serverUrl'),
      serverUser: sql.placeholder('serverUser'),
      session: sql.placeholder('session'),
      openedAtMs: sql.placeholder('openedAtMs'),
    })
    .onConflictDoUpdate({
      target: [erpSessions.serverUrl, erpSessions.serverUser],
      set: { session: sql`excluded.session`, openedAtMs: sql`excluded.opened_at_ms` },
    })
    .prepare(),
);

/** Keeps a session before its first use. */
export function saveErpSession(tx: WriteTx, row: typeof erpSessions.$inferSelect): void {
  upsert(tx).run(row);
}

const remove = writeStatement((orm) =>
  orm
    .delete(erpSessions)
    .where(
      and(
        eq(erpSessions.serverUrl, sql.placeholder('serverUrl')),
        eq(erpSessions.serverUser, sql.placeholder('serverUser')),
      ),
    )
    .prepare(),
);

/** The session is over at the ERP. */
export function clearErpSession(tx: WriteTx, key: SessionKey): void {
  remove(tx).run(key);
}
