import { and, eq, ne, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { inboxCursors } from './schema-sync.ts';
import { readStatement, writeStatement } from './statement.ts';

/** Which register, and of what, a cursor belongs to. */
export type CursorKey = { readonly connector: string; readonly method: string; readonly scope: string };

/** How far a register was read, and how many rows came in all. */
export type InboxCursor = typeof inboxCursors.$inferSelect;

const byKey = readStatement((orm) =>
  orm
    .select()
    .from(inboxCursors)
    .where(
      and(
        eq(inboxCursors.connector, sql.placeholder('connector')),
        eq(inboxCursors.method, sql.placeholder('method')),
        eq(inboxCursors.scope, sql.placeholder('scope')),
      ),
    )
    .prepare(),
);

/** The cursor of a register, or null when it was never read. */
export function findCursor(db: ReadDb, key: CursorKey): InboxCursor | null {
  return byKey(db).get(key) ?? null;
}

const all = readStatement((orm) =>
  orm.select().from(inboxCursors).orderBy(inboxCursors.connector, inboxCursors.method, inboxCursors.scope).prepare(),
);

/** Every cursor, for support. */
export function listCursors(db: ReadDb): InboxCursor[] {
  return all(db).all();
}

const move = writeStatement((orm) =>
  orm
    .insert(inboxCursors)
    .values({
      connector: sql.placeholder('connector'),
      method: sql.placeholder('method'),
      scope: sql.placeholder('scope'),
      transId: sql.placeholder('transId'),
      rows: sql.placeholder('rows'),
      updatedAtMs: sql.placeholder('updatedAtMs'),
    })
    .onConflictDoUpdate({
      target: [inboxCursors.connector, inboxCursors.method, inboxCursors.scope],
      set: {
        transId: sql`max(${inboxCursors.transId}, excluded.trans_id)`,
        rows: sql`${inboxCursors.rows} + excluded.rows`,
        updatedAtMs: sql`excluded.updated_at_ms`,
      },
    })
    .prepare(),
);

const forget = writeStatement((orm) =>
  orm
    .delete(inboxCursors)
    .where(
      and(
        eq(inboxCursors.connector, sql.placeholder('connector')),
        eq(inboxCursors.method, sql.placeholder('method')),
        ne(inboxCursors.scope, sql.placeholder('scope')),
      ),
    )
    .prepare(),
);

/** Forgets how far a register was read of anything but this scope. Answers how many cursors there were. */
export function forgetOtherScopes(tx: WriteTx, key: CursorKey): number {
  return forget(tx).run(key).changes;
}

const back = writeStatement((orm) =>
  orm
    .update(inboxCursors)
    .set({ transId: 0 })
    .where(
      and(
        eq(inboxCursors.connector, sql.placeholder('connector')),
        eq(inboxCursors.method, sql.placeholder('method')),
        eq(inboxCursors.scope, sql.placeholder('scope')),
      ),
    )
    .prepare(),
);

/** Puts a cursor back to the beginning: the register is read whole again. */
export function rewindCursor(tx: WriteTx, key: CursorKey): void {
  back(tx).run(key);
}

/** Moves a cursor forward, never back by itself, and adds `rows` to what was read. */
export function moveCursor(
  tx: WriteTx,
  key: CursorKey,
  step: { readonly transId: number; readonly rows: number; readonly updatedAtMs: number },
): void {
  move(tx).run({ ...key, ...step });
}
