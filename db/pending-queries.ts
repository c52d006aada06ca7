import { asc, inArray, not } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { OUTGOING_FIELDS, ofSameSale, type DueDocument } from './outbox-queries.ts';
import { outbox } from './schema-sync.ts';
import { readStatement } from './statement.ts';

const undelivered = readStatement((orm) =>
  orm
    .select(OUTGOING_FIELDS)
    .from(outbox)
    .leftJoin(...ofSameSale)
    .where(not(inArray(outbox.state, ['confirmed', 'annulled', 'discarded'])))
    .orderBy(asc(outbox.tick))
    .prepare(),
);

/** Every document that has not arrived, also those that wait for a person, in causal order. */
export function listUndelivered(db: ReadDb): DueDocument[] {
  return undelivered(db).all();
}
