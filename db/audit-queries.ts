import { asc, desc, gt, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { audit } from './schema-sale.ts';
import { bulkStatement, readStatement } from './statement.ts';

/** One link of the audit chain as stored; `hash` covers every other column. */
export type AuditRow = typeof audit.$inferSelect;

const last = readStatement((orm) =>
  orm
    .select({ sequence: audit.sequence, hash: audit.hash })
    .from(audit)
    .orderBy(desc(audit.sequence))
    .limit(1)
    .prepare(),
);

/** The head of the chain; sequence 0 and an empty hash before the first row. */
export function findAuditHead(db: ReadDb): { readonly sequence: number; readonly hash: string } {
  return last(db).get() ?? { sequence: 0, hash: '' };
}

const insertRow = bulkStatement((orm) =>
  orm.insert(audit).values({
    sequence: sql.placeholder('sequence'),
    atMs: sql.placeholder('atMs'),
    operatorCode: sql.placeholder('operatorCode'),
    approvedBy: sql.placeholder('approvedBy'),
    action: sql.placeholder('action'),
    subjectId: sql.placeholder('subjectId'),
    detail: sql.placeholder('detail'),
    previousHash: sql.placeholder('previousHash'),
    hash: sql.placeholder('hash'),
  }),
);

/** Appends a link; the chain's own rules are in `core/audit/audit-rules.ts`. */
export function insertAuditRow(tx: WriteTx, row: AuditRow): void {
  insertRow(tx)(row);
}

const tail = readStatement((orm) =>
  orm.select().from(audit).orderBy(desc(audit.sequence)).limit(sql.placeholder('limit')).prepare(),
);

/** The last `limit` links, oldest first. */
export function listAuditTail(db: ReadDb, limit: number): AuditRow[] {
  return tail(db).all({ limit }).toReversed();
}

/** Characters of a hash that tell a link: where a server keeps fewer than 64, two links never share so many. */
export const LEAST_HEAD_LENGTH = 16;

const sequenceOfHash = readStatement((orm) =>
  orm
    .select({ sequence: audit.sequence })
    .from(audit)
    // All that begin with it: no digit of a hash is above `f`.
    .where(sql`${audit.hash} >= ${sql.placeholder('hash')} AND ${audit.hash} < ${sql.placeholder('hash')} || 'g'`)
    .limit(1)
    .prepare(),
);

/** Where in the chain a hash, or the beginning of one, is; null when it is no link of it. */
export function findAuditSequence(db: ReadDb, hash: string): number | null {
  if (hash.length < LEAST_HEAD_LENGTH) return null;
  return sequenceOfHash(db).get({ hash })?.sequence ?? null;
}

const rowsAfter = readStatement((orm) =>
  orm
    .select()
    .from(audit)
    .where(gt(audit.sequence, sql.placeholder('after')))
    .orderBy(asc(audit.sequence))
    .limit(sql.placeholder('limit'))
    .prepare(),
);

/** The next links after a sequence, oldest first. */
export function listAuditAfter(db: ReadDb, after: number, limit: number): AuditRow[] {
  return rowsAfter(db).all({ after, limit });
}
