import { z } from 'zod';
import type { Remote } from '../connector.ts';

/** Rows decoded between two yields to the event loop: 15 products with their SKUs take about 2 ms, and a scan may wait. */
const ROWS_PER_SLICE = 15;

const ListReply = z.object({ 'odata.count': z.unknown().optional(), value: z.array(z.unknown()) });

/**
 * The rows of a list reply. A reply whose own count contradicts its rows was torn on the way: nothing of it is used.
 *
 * Shape: `top` is the limit that was asked for, 0 for none.
 */
export function decodeList(reply: unknown, method: string, top: number): Remote<readonly unknown[]> {
  const parsed = ListReply.safeParse(reply);
  if (!parsed.success) return unreadable(method, 'a list was expected');
  const rows = parsed.data.value;
  const said = parsed.data['odata.count'];
  const count = said === undefined || said === null ? rows.length : Number(said);
  // With a limit a server may count all there are or only what it gave; both must hold with a full page.
  const isTorn = rows.length < count && (top === 0 || rows.length < top);
  if (rows.length > count || isTorn) return unreadable(method, `torn list: ${rows.length} rows of ${count}`);
  return { ok: true, value: rows };
}

/** Each row by `schema`; one that cannot be read fails the whole page with its field, and is never left out in silence. */
export async function decodeRows<Schema extends z.ZodType>(
  rows: readonly unknown[],
  schema: Schema,
  method: string,
): Promise<Remote<readonly z.output<Schema>[]>> {
  const decoded: z.output<Schema>[] = [];
  for (const [index, row] of rows.entries()) {
    if (index > 0 && index % ROWS_PER_SLICE === 0) await new Promise((resolve) => setImmediate(resolve));
    const parsed = schema.safeParse(lowerKeys(row));
    // The server answered: asking again at once would bring the same row, and a person must know of it.
    if (!parsed.success) return unreadable(method, `row ${index}: ${issueText(parsed.error)}`, 'refused');
    decoded.push(parsed.data);
  }
  return { ok: true, value: decoded };
}

/**
 * As `decodeRows`, for a register in which one row is ours and the others are other people's affair: a row that cannot be
 * read is told and passed over, but the one that `isWanted` fails the call with its field. So does a list of which
 * nothing can be read.
 */
export function decodeReadableRows<Schema extends z.ZodType>(
  rows: readonly unknown[],
  schema: Schema,
  method: string,
  {
    isWanted,
    onSkipped,
  }: { readonly isWanted: (row: unknown) => boolean; readonly onSkipped: (row: unknown, text: string) => void },
): Remote<readonly z.output<Schema>[]> {
  const decoded: z.output<Schema>[] = [];
  let firstText: string | null = null;
  for (const [index, row] of rows.entries()) {
    const parsed = schema.safeParse(lowerKeys(row));
    if (parsed.success) {
      decoded.push(parsed.data);
      continue;
    }
    const text = `row ${index}: ${issueText(parsed.error)}`;
    if (isWanted(row)) {
      const field = parsed.error.issues[0]?.path.join('.') ?? '';
      return { ok: false, failure: { class: 'refused', text, method, field } };
    }
    firstText ??= text;
    onSkipped(row, text);
  }
  return decoded.length === 0 && firstText !== null
    ? unreadable(method, firstText, 'refused')
    : { ok: true, value: decoded };
}

/** One object by `schema`, as `decodeRows`. A list of one row is taken for its row: some servers wrap everything. */
export function decodeObject<Schema extends z.ZodType>(
  reply: unknown,
  schema: Schema,
  method: string,
): Remote<z.output<Schema>> {
  const list = ListReply.safeParse(reply);
  const parsed = schema.safeParse(lowerKeys(list.success ? list.data.value[0] : reply));
  return parsed.success ? { ok: true, value: parsed.data } : unreadable(method, issueText(parsed.error));
}

/** Method `funcionarios.lista` answers in capitals, and servers differ: names of fields are compared without case. */
export function lowerKeys(row: unknown): unknown {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row;
  const names = Object.keys(row);
  if (names.every((name) => name === name.toLowerCase())) return row;
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value]));
}

function issueText(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? 'cannot be read' : `${issue.path.join('.')} ${issue.message}`;
}

function unreadable(method: string, text: string, failureClass: 'transient' | 'refused' = 'transient'): Remote<never> {
  return { ok: false, failure: { class: failureClass, text, method } };
}
