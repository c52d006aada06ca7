import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { printers, printJobs } from './schema-print.ts';
import { papers } from './schema-sale.ts';
import { readStatement } from './statement.ts';

/** The printer of this station as stored. */
export type PrinterRecord = Omit<typeof printers.$inferSelect, 'id'>;
/** A job with the paper it prints. `lines` is JSON. */
export type PrintJobRecord = typeof printJobs.$inferSelect & { readonly lines: string; readonly kind: string };

const printer = readStatement((orm) => orm.select().from(printers).prepare());

/** The printer a person chose; null before anybody did. */
export function findPrinter(db: ReadDb): PrinterRecord | null {
  return printer(db).get() ?? null;
}

const JOB_FIELDS = {
  jobId: printJobs.jobId,
  paperId: printJobs.paperId,
  state: printJobs.state,
  isCopy: printJobs.isCopy,
  mayBeOut: printJobs.mayBeOut,
  opensDrawer: printJobs.opensDrawer,
  attempts: printJobs.attempts,
  troubleCode: printJobs.troubleCode,
  troubleText: printJobs.troubleText,
  createdAtMs: printJobs.createdAtMs,
  printedAtMs: printJobs.printedAtMs,
  lines: papers.lines,
  kind: papers.kind,
};

const next = readStatement((orm) =>
  orm
    .select(JOB_FIELDS)
    .from(printJobs)
    .innerJoin(papers, eq(papers.paperId, printJobs.paperId))
    .where(sql`print_jobs.state = 'waiting'`)
    .orderBy(asc(printJobs.jobId))
    .limit(1)
    .prepare(),
);

/** The job whose turn it is. */
export function findNextPrintJob(db: ReadDb): PrintJobRecord | null {
  return next(db).get() ?? null;
}

const unfinished = readStatement((orm) =>
  orm
    .select(JOB_FIELDS)
    .from(printJobs)
    .innerJoin(papers, eq(papers.paperId, printJobs.paperId))
    .where(inArray(printJobs.state, ['waiting', 'printing', 'failed']))
    .orderBy(asc(printJobs.jobId))
    .prepare(),
);

/** Every job that is not done, the oldest first. */
export function listUnfinishedPrintJobs(db: ReadDb): PrintJobRecord[] {
  return unfinished(db).all();
}

const counts = readStatement((orm) =>
  orm
    .select({
      waiting: sql<number>`count(*) FILTER (WHERE state <> 'failed')`,
      failed: sql<number>`count(*) FILTER (WHERE state = 'failed')`,
    })
    .from(printJobs)
    .where(sql`state IN ('waiting', 'printing', 'failed')`)
    .prepare(),
);

/** How many papers wait for the printer, and how many for a person. */
export function countPrintJobs(db: ReadDb): { readonly waiting: number; readonly failed: number } {
  return counts(db).get() ?? { waiting: 0, failed: 0 };
}

const newest = readStatement((orm) =>
  orm
    .select({ jobId: sql<number | null>`max(job_id)` })
    .from(printJobs)
    .prepare(),
);

/** The highest id of a job: whether there is a new one. */
export function findNewestPrintJobId(db: ReadDb): number {
  return newest(db).get()?.jobId ?? 0;
}

const ofPaper = readStatement((orm) =>
  orm
    .select({ state: printJobs.state, mayBeOut: printJobs.mayBeOut })
    .from(printJobs)
    .where(eq(printJobs.paperId, sql.placeholder('paperId')))
    .prepare(),
);

/** Whether a paper came out, may have, or still will: the next one of it is a second copy. */
export function hasPrintOf(db: ReadDb, paperId: string): boolean {
  return ofPaper(db)
    .all({ paperId })
    .some(({ state, mayBeOut }) => state !== 'discarded' || mayBeOut);
}

const paperById = readStatement((orm) =>
  orm
    .select({ paperId: papers.paperId, documentId: papers.documentId })
    .from(papers)
    .where(eq(papers.paperId, sql.placeholder('paperId')))
    .prepare(),
);

/** The paper of that id, or null. */
export function findPaper(
  db: ReadDb,
  paperId: string,
): { readonly paperId: string; readonly documentId: string } | null {
  return paperById(db).get({ paperId }) ?? null;
}
