import { and, eq, sql } from 'drizzle-orm';
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
    .update(inboxCursors)
    .set({
      transId: sql`max(${inboxCursors.transId}, ${sql.placeholder('transId')})`,
      rows: sql`${inboxCursors.rows} + ${sql.placeholder('rows')}`,
      updatedAtMs: sql`${sql.placeholder('updatedAtMs')}`,
    })
    .where(
      and(
        eq(inboxCursors.connector, sql.placeholder('connector')),
        eq(inboxCursors.method, sql.placeholder('method')),
        eq(inboxCursors.scope, sql.placeholder('scope')),
      ),
    )
    .prepare(),
);

const forget = writeStatement((orm) =>
  orm
    .delete(inboxCursors)
    .where(
      and(eq(inboxCursors.connector, sql.placeholder('connector')), eq(inboxCursors.method, sql.placeholder('method'))),
    )
    .prepare(),
);

const highestGeneration = readStatement((orm) =>
  orm
    .select({ generation: sql<number>`coalesce(max(${inboxCursors.generation}), 0)` })
    .from(inboxCursors)
    .where(
      and(eq(inboxCursors.connector, sql.placeholder('connector')), eq(inboxCursors.method, sql.placeholder('method'))),
    )
    .prepare(),
);

const start = writeStatement((orm) =>
  orm
    .insert(inboxCursors)
    .values({
      connector: sql.placeholder('connector'),
      method: sql.placeholder('method'),
      scope: sql.placeholder('scope'),
      transId: 0,
      rows: 0,
      generation: sql.placeholder('generation'),
      isFull: true,
      updatedAtMs: sql.placeholder('updatedAtMs'),
    })
    .prepare(),
);

/**
 * Begins a whole read of a register: from its first id on, in a new generation. What was read of another scope (the
 * station moved to another shop window or branch) is older from here on, too.
 */
export function beginFullRead(tx: WriteTx, key: CursorKey, updatedAtMs: number): void {
  const { connector, method } = key;
  const generation = 1 + (highestGeneration(tx).get({ connector, method })?.generation ?? 0);
  forget(tx).run({ connector, method });
  start(tx).run({ ...key, generation, updatedAtMs });
}

const end = writeStatement((orm) =>
  orm
    .update(inboxCursors)
    .set({ isFull: false })
    .where(
      and(
        eq(inboxCursors.connector, sql.placeholder('connector')),
        eq(inboxCursors.method, sql.placeholder('method')),
        eq(inboxCursors.scope, sql.placeholder('scope')),
      ),
    )
    .prepare(),
);

/** The register was read whole, and what was not seen in it has left. */
export function endFullRead(tx: WriteTx, key: CursorKey): void {
  end(tx).run(key);
}

/** Moves a cursor forward, never back by itself, and adds `rows` to what was read. */
export function moveCursor(
  tx: WriteTx,
  key: CursorKey,
  step: { readonly transId: number; readonly rows: number; readonly updatedAtMs: number },
): void {
  move(tx).run({ ...key, ...step });
}
