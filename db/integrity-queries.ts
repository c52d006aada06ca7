import { sql } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { readStatement } from './statement.ts';

const quickCheck = readStatement((orm) => () => orm.all<{ quick_check: string }>(sql`PRAGMA quick_check(5)`));

/** What is wrong with the file, at most five findings; none when it is sound. Half a second a year of sales. */
export function checkIntegrity(db: ReadDb): string[] {
  return quickCheck(db)().flatMap(({ quick_check: finding }) => (finding === 'ok' ? [] : [finding]));
}

const synchronous = readStatement((orm) => () => orm.get<{ synchronous: number }>(sql`PRAGMA synchronous`));

/** Whether this connection waits for the disk at each commit, as SQLite itself says: what was set may not hold. */
export function isSynchronousFull(db: ReadDb): boolean {
  return synchronous(db)().synchronous === 2;
}
