import { and, eq, inArray, sql } from 'drizzle-orm';
import type { WriteTx } from './database-types.ts';
import type { OutboxState } from './outbox-queries.ts';
import { idMap, outbox, outboxDependencies } from './schema-sync.ts';
import { writeStatement } from './statement.ts';

const value = (name: string) => sql`${sql.placeholder(name)}`;

const toSending = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: 'sending', attempts: sql`${outbox.attempts} + 1` })
    .where(
      and(eq(outbox.documentId, sql.placeholder('documentId')), inArray(outbox.state, ['pending', 'unknown', 'sent'])),
    )
    .prepare(),
);

/** Notes on disk that a document is about to leave; false when it is no longer waiting. */
export function markSending(tx: WriteTx, documentId: string): boolean {
  return toSending(tx).run({ documentId }).changes === 1;
}

const fromSending = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({
      state: value('state'),
      errorClass: value('errorClass'),
      errorText: value('errorText'),
      errorAtMs: value('errorAtMs'),
      remoteRef: sql`coalesce(${sql.placeholder('remoteRef')}, ${outbox.remoteRef})`,
      confirmedAtMs: value('confirmedAtMs'),
    })
    .where(and(eq(outbox.documentId, sql.placeholder('documentId')), eq(outbox.state, 'sending')))
    .prepare(),
);

/** Writes what became of a document that was being sent; false when it was not, so that a late answer changes nothing. */
export function applyOutcome(
  tx: WriteTx,
  outcome: {
    readonly documentId: string;
    readonly state: OutboxState;
    readonly errorClass: string | null;
    readonly errorText: string | null;
    readonly errorAtMs: number | null;
    readonly remoteRef: string | null;
    readonly confirmedAtMs: number | null;
  },
): boolean {
  return fromSending(tx).run(outcome).changes === 1;
}

const untried = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: value('state'), attempts: sql`${outbox.attempts} - 1` })
    .where(and(eq(outbox.documentId, sql.placeholder('documentId')), eq(outbox.state, 'sending')))
    .prepare(),
);

/** Puts a document back as it was before `markSending`: nothing of it left the station. */
export function undoSending(tx: WriteTx, documentId: string, state: OutboxState): void {
  untried(tx).run({ documentId, state });
}

const allSending = writeStatement((orm) =>
  orm.update(outbox).set({ state: 'unknown' }).where(eq(outbox.state, 'sending')).prepare(),
);

/** At start: what was being sent when the core ended may have arrived, and is asked for by key. Answers how many. */
export function sendingToUnknown(tx: WriteTx): number {
  return allSending(tx).run().changes;
}

const parentsBack = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: 'pending', confirmedAtMs: null })
    .where(
      and(
        inArray(
          outbox.documentId,
          orm
            .select({ id: outboxDependencies.parentId })
            .from(outboxDependencies)
            .where(eq(outboxDependencies.childId, sql.placeholder('childId'))),
        ),
        eq(outbox.state, 'confirmed'),
      ),
    )
    .prepare(),
);

/** The ERP lost the parents of a document (it was restored from a backup): they are looked up and delivered again. */
export function requeueParents(tx: WriteTx, childId: string): number {
  return parentsBack(tx).run({ childId }).changes;
}

const toPending = writeStatement((orm) =>
  orm
    .update(outbox)
    .set({ state: 'pending', errorClass: null, errorText: null, errorAtMs: null })
    .where(and(eq(outbox.documentId, sql.placeholder('documentId')), inArray(outbox.state, ['rejected', 'diverged'])))
    .prepare(),
);

/** Sends a document again that waited for a person; it is looked up first. False when it did not wait for one. */
export function requeueDocument(tx: WriteTx, documentId: string): boolean {
  return toPending(tx).run({ documentId }).changes === 1;
}

const mapId = writeStatement((orm) =>
  orm
    .insert(idMap)
    .values({
      connector: sql.placeholder('connector'),
      kind: sql.placeholder('kind'),
      localId: sql.placeholder('localId'),
      remoteId: sql.placeholder('remoteId'),
      hash: sql.placeholder('hash'),
    })
    .onConflictDoUpdate({
      target: [idMap.connector, idMap.kind, idMap.localId],
      set: { remoteId: sql`excluded.remote_id`, hash: sql`excluded.hash`, isCertain: sql`1` },
    })
    .prepare(),
);

/** Notes what a document of ours is called at the ERP, which just said so, and the hash of what was delivered. */
export function saveRemoteId(tx: WriteTx, row: Omit<typeof idMap.$inferSelect, 'isCertain'>): void {
  mapId(tx).run(row);
}
