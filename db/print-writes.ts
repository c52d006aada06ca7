import { eq, inArray, sql } from 'drizzle-orm';
import type { WriteTx } from './database-types.ts';
import type { PrinterRecord } from './print-queries.ts';
import { printers, printJobs } from './schema-print.ts';
import { writeStatement } from './statement.ts';

const upsertPrinter = writeStatement((orm) =>
  orm
    .insert(printers)
    .values({
      id: 1,
      kind: sql.placeholder('kind'),
      address: sql.placeholder('address'),
      port: sql.placeholder('port'),
      columns: sql.placeholder('columns'),
      codePage: sql.placeholder('codePage'),
      cuts: sql.placeholder('cuts'),
      hasDrawer: sql.placeholder('hasDrawer'),
    })
    .onConflictDoUpdate({
      target: printers.id,
      set: {
        kind: sql`excluded.kind`,
        address: sql`excluded.address`,
        port: sql`excluded.port`,
        columns: sql`excluded.columns`,
        codePage: sql`excluded.code_page`,
        cuts: sql`excluded.cuts`,
        hasDrawer: sql`excluded.has_drawer`,
      },
    })
    .prepare(),
);

/** Keeps which printer this station has. */
export function savePrinter(tx: WriteTx, printer: PrinterRecord): void {
  upsertPrinter(tx).run(printer);
}

const insertJob = writeStatement((orm) =>
  orm
    .insert(printJobs)
    .select(
      sql`SELECT NULL, +${sql.placeholder('paperId')}, 'waiting', +${sql.placeholder('isCopy')}, 0,
        +${sql.placeholder('opensDrawer')} AND has_drawer, 0, NULL, NULL, +${sql.placeholder('createdAtMs')}, NULL
        FROM printers WHERE kind <> 'none'`,
    )
    .prepare(),
);

/**
 * Queues a paper for the printer, in the transaction that wrote it or asks for it again: a crash can then lose neither
 * alone. Nothing happens at a station without a printer. `opensDrawer` counts only where the drawer hangs on it.
 */
export function insertPrintJob(
  tx: WriteTx,
  job: {
    readonly paperId: string;
    readonly isCopy: boolean;
    readonly opensDrawer: boolean;
    readonly createdAtMs: number;
  },
): void {
  insertJob(tx).run({ ...job, isCopy: Number(job.isCopy), opensDrawer: Number(job.opensDrawer) });
}

const begin = writeStatement((orm) =>
  orm
    .update(printJobs)
    .set({ state: 'printing' })
    .where(sql`job_id = ${sql.placeholder('jobId')} AND state = 'waiting'`)
    .prepare(),
);

/** Marks that bytes are about to leave; false when a person discarded the job meanwhile. */
export function beginPrintJob(tx: WriteTx, jobId: number): boolean {
  return begin(tx).run({ jobId }).changes === 1;
}

const end = writeStatement((orm) =>
  orm
    .update(printJobs)
    .set({
      state: 'printed',
      printedAtMs: sql`${sql.placeholder('atMs')}`,
      troubleCode: null,
      troubleText: null,
      // A paper that came out says so, however it had begun.
      attempts: sql`attempts + 1`,
    })
    .where(eq(printJobs.jobId, sql.placeholder('jobId')))
    .prepare(),
);

/** The printer took all of it. */
export function endPrintJob(tx: WriteTx, jobId: number, atMs: number): void {
  end(tx).run({ jobId, atMs });
}

const giveBack = writeStatement((orm) =>
  orm
    .update(printJobs)
    .set({ state: 'waiting', mayBeOut: sql`may_be_out OR ${sql.placeholder('mayBeOut')}` })
    .where(sql`job_id = ${sql.placeholder('jobId')} AND state = 'printing'`)
    .prepare(),
);
const countTry = writeStatement((orm) =>
  orm
    .update(printJobs)
    .set({
      attempts: sql`attempts + 1`,
      troubleCode: sql`${sql.placeholder('code')}`,
      troubleText: sql`${sql.placeholder('text')}`,
      state: sql`CASE WHEN attempts + 1 >= ${sql.placeholder('attempts')} THEN 'failed' ELSE 'waiting' END`,
    })
    .where(sql`state = 'waiting'`)
    .prepare(),
);

/**
 * The printer did not take a job. It waits again and so do all behind it: the printer's failure counts for each, so that
 * the papers of a whole day do not come out of a printer that is switched on in the evening, but wait for a person.
 */
export function failPrintJob(
  tx: WriteTx,
  jobId: number,
  failure: { readonly code: string; readonly text: string; readonly mayBeOut: boolean },
  attempts: number,
): void {
  giveBack(tx).run({ jobId, mayBeOut: Number(failure.mayBeOut) });
  countTry(tx).run({ code: failure.code, text: failure.text, attempts });
}

const resume = writeStatement((orm) =>
  orm
    .update(printJobs)
    .set({ state: 'waiting', mayBeOut: true })
    .where(sql`state = 'printing'`)
    .prepare(),
);

/** Jobs that a killed core was printing wait again, marked: nobody knows how much came out. */
export function resumePrintJobs(tx: WriteTx): number {
  return resume(tx).run().changes;
}

const retry = writeStatement((orm) =>
  orm
    .update(printJobs)
    .set({ state: 'waiting', attempts: 0 })
    .where(inArray(printJobs.state, ['failed', 'waiting']))
    .prepare(),
);

/** A person asks for what failed: it waits with its tries counted anew. */
export function retryPrintJobs(tx: WriteTx): void {
  retry(tx).run();
}

const discard = writeStatement((orm) =>
  orm
    .update(printJobs)
    .set({ state: 'discarded' })
    .where(
      sql`state IN ('waiting', 'failed') AND (${sql.placeholder('jobId')} IS NULL OR job_id = ${sql.placeholder('jobId')})`,
    )
    .prepare(),
);

/** Gives up one job, or all of them; the one being printed is past giving up. Answers how many. */
export function discardPrintJobs(tx: WriteTx, jobId: number | null): number {
  return discard(tx).run({ jobId }).changes;
}
