import { sql } from 'drizzle-orm';
import type { WriteTx } from './database-types.ts';
import { outbox, outboxDependencies } from './schema-sync.ts';
import { writeStatement } from './statement.ts';

/** A document as it enters the outbox, in the transaction that makes it. `payload` is its JSON text, fixed for ever. */
export type NewOutboxDocument = {
  readonly documentId: string;
  readonly kind: 'sale' | 'cancellation';
  /** The number of the sale this document is or cancels: the ERP's own key. */
  readonly naturalKey: string;
  readonly payload: string;
  readonly payloadHash: string;
  readonly amountCents: number;
  readonly createdAtMs: number;
  /** The sequence of the audit row of the same transaction: the causal order. */
  readonly tick: number;
};

const insertDocument = writeStatement((orm) =>
  orm
    .insert(outbox)
    .values({
      documentId: sql.placeholder('documentId'),
      kind: sql.placeholder('kind'),
      naturalKey: sql.placeholder('naturalKey'),
      payload: sql.placeholder('payload'),
      payloadHash: sql.placeholder('payloadHash'),
      amountCents: sql.placeholder('amountCents'),
      state: 'pending',
      createdAtMs: sql.placeholder('createdAtMs'),
      tick: sql.placeholder('tick'),
    })
    .prepare(),
);

const insertDependency = writeStatement((orm) =>
  orm
    .insert(outboxDependencies)
    .values({ childId: sql.placeholder('childId'), parentId: sql.placeholder('parentId') })
    .prepare(),
);

/** Puts a document in the queue; it is not sent before all its `parents` (document ids already in the outbox) arrived. */
export function insertOutboxDocument(
  tx: WriteTx,
  { document, parents }: { readonly document: NewOutboxDocument; readonly parents: readonly string[] },
): void {
  insertDocument(tx).run(document);
  for (const parentId of parents) insertDependency(tx).run({ childId: document.documentId, parentId });
}
