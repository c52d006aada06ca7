import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { BusinessDay } from '../../contract/ids.ts';
import { makeFolder } from '../../db/make-folder.ts';
import { writeFileWhole } from './write-file.ts';

/**
 * Where reading invoices stands.
 *
 * Shape: nothing at or below `floor` was asked for; `recent` are the rows near `transId` that were given out already, by
 * movement, with the id they had; `since` and `until` are days of issue.
 */
const InvoiceCursor = z.object({
  transId: z.int(),
  floor: z.int(),
  since: BusinessDay.nullable(),
  until: BusinessDay.nullable(),
  recent: z.array(z.tuple([z.string(), z.int()])),
});
export type InvoiceCursor = z.output<typeof InvoiceCursor>;

const Cursors = z.record(z.string(), InvoiceCursor);

/** Which ERP and shop window a cursor is of: ids of one say nothing about another's. */
type Scope = { readonly server: string; readonly showcaseId: number };

/** The cursor that the last finished run left in the data folder, or null. */
export function findInvoiceCursor(data: string, scope: Scope): InvoiceCursor | null {
  return readAll(data)[nameOf(scope)] ?? null;
}

/** Keeps a cursor once its rows are where they were asked for; on disk when this returns. */
export function saveInvoiceCursor(data: string, scope: Scope, cursor: InvoiceCursor): void {
  const file = fileOf(data);
  makeFolder(dirname(file));
  writeFileWhole(file, `${JSON.stringify({ ...readAll(data), [nameOf(scope)]: cursor })}\n`);
}

function readAll(data: string): Record<string, InvoiceCursor> {
  try {
    const cursors = Cursors.safeParse(JSON.parse(readFileSync(fileOf(data), 'utf8')));
    return cursors.success ? cursors.data : {};
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR'].includes(String(error.code));
    // Without a file, or with one that was edited by hand, there is no cursor: the caller says where to begin.
    if (isMissing || error instanceof SyntaxError) return {};
    throw error;
  }
}

function fileOf(data: string): string {
  return join(data, 'back-office', 'invoice-cursors.json');
}

function nameOf({ server, showcaseId }: Scope): string {
  return `${server} ${showcaseId}`;
}
