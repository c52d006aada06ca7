import { and, eq, lt, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { commandLog } from './schema-sale.ts';
import { bulkStatement, readStatement, writeStatement } from './statement.ts';

/** A command that was decided: what it was asked (as a hash) and where its result is. */
export type DecidedCommand = { readonly method: string; readonly inputHash: string; readonly resultRef: string };

const byId = readStatement((orm) =>
  orm
    .select({ method: commandLog.method, inputHash: commandLog.inputHash, resultRef: commandLog.resultRef })
    .from(commandLog)
    .where(eq(commandLog.commandId, sql.placeholder('commandId')))
    .prepare(),
);

/** The decision taken under `commandId`, or null. */
export function findDecidedCommand(db: ReadDb, commandId: string): DecidedCommand | null {
  return byId(db).get({ commandId }) ?? null;
}

const insertCommand = bulkStatement((orm) =>
  orm.insert(commandLog).values({
    commandId: sql.placeholder('commandId'),
    method: sql.placeholder('method'),
    inputHash: sql.placeholder('inputHash'),
    resultRef: sql.placeholder('resultRef'),
    decidedAtMs: sql.placeholder('decidedAtMs'),
  }),
);

/** Remembers a decision in the transaction that made it. */
export function recordCommand(
  tx: WriteTx,
  command: DecidedCommand & { readonly commandId: string; readonly decidedAtMs: number },
): void {
  insertCommand(tx)(command);
}

const deleteOld = writeStatement((orm) =>
  orm
    .delete(commandLog)
    .where(
      and(
        lt(commandLog.decidedAtMs, sql.placeholder('beforeMs')),
        sql`NOT EXISTS (
          SELECT 1 FROM cash_sessions s
          WHERE s.opened_at_ms <= "command_log"."decided_at_ms"
            AND (s.closed_at_ms IS NULL OR s.closed_at_ms >= ${sql.placeholder('beforeMs')}))`,
      ),
    )
    .prepare(),
);

/** Forgets decisions older than `beforeMs` whose cash session was closed before it: nobody repeats them any more. */
export function forgetCommands(tx: WriteTx, beforeMs: number): number {
  return deleteOld(tx).run({ beforeMs }).changes;
}
