import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

// The printer and its jobs as stored. The SQL in migrations/ is the truth (STRICT, CHECK); test/db/schema.test.ts compares both.

export const printers = sqliteTable('printers', {
  id: integer('id').primaryKey(),
  kind: text('kind', { enum: ['none', 'network', 'file'] }).notNull(),
  address: text('address').notNull(),
  port: integer('port'),
  columns: integer('columns').notNull(),
  codePage: text('code_page').notNull(),
  cuts: integer('cuts', { mode: 'boolean' }).notNull(),
  hasDrawer: integer('has_drawer', { mode: 'boolean' }).notNull(),
});

export const printJobs = sqliteTable('print_jobs', {
  jobId: integer('job_id').primaryKey(),
  paperId: text('paper_id').notNull(),
  state: text('state', { enum: ['waiting', 'printing', 'printed', 'failed', 'discarded'] }).notNull(),
  isCopy: integer('is_copy', { mode: 'boolean' }).notNull(),
  mayBeOut: integer('may_be_out', { mode: 'boolean' }).notNull(),
  opensDrawer: integer('opens_drawer', { mode: 'boolean' }).notNull(),
  attempts: integer('attempts').notNull(),
  troubleCode: text('trouble_code'),
  troubleText: text('trouble_text'),
  createdAtMs: integer('created_at_ms').notNull(),
  printedAtMs: integer('printed_at_ms'),
});
