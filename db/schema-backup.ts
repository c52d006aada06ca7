import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

// Backups and restorations as stored. The SQL in migrations/ is the truth (STRICT, CHECK); test/db/schema.test.ts compares both.

export const backupPlaces = sqliteTable('backup_places', {
  place: text('place', { enum: ['first', 'second'] }).primaryKey(),
  folder: text('folder'),
  file: text('file'),
  madeAtMs: integer('made_at_ms'),
  bytes: integer('bytes'),
  auditSequence: integer('audit_sequence'),
  errorCode: text('error_code'),
  errorText: text('error_text'),
});

export const restorations = sqliteTable('restorations', {
  restoredAtMs: integer('restored_at_ms').primaryKey(),
  file: text('file').notNull(),
  fileNewestAtMs: integer('file_newest_at_ms').notNull(),
  fileNumber: integer('file_number').notNull(),
  raisedTo: integer('raised_to').notNull(),
  salesSince: integer('sales_since'),
  sinceCents: integer('since_cents'),
  answeredAtMs: integer('answered_at_ms'),
});
