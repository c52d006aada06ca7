import { z } from 'zod';
import type { Remote } from '../connector.ts';
import { erpInteger, erpIntegerOrNull } from './field-codecs.ts';
import { millenniumMethods } from './millennium-methods.ts';

/** Rows decoded between two yields to the event loop: 15 products with their SKUs take about 2 ms, and a scan may wait. */
const ROWS_PER_SLICE = 15;
/** Whether the event loop has its turn before the row at `index` is decoded. */
export function isSliceOver(index: number): boolean {
  return index > 0 && index % ROWS_PER_SLICE === 0;
}

const ListReply = z.object({
  'odata.metadata': z.string().catch(''),
  'odata.count': z.unknown().optional(),
  value: z.array(z.unknown()),
});

/** Methods of this connector as replies name them, to know another call's answer by. */
const KNOWN_METHODS: ReadonlySet<string> = new Set(Object.values(millenniumMethods).map(spelling));

/**
 * The rows of a list reply. A reply whose own count contradicts its rows was torn on the way: nothing of it is used.
 *
 * Shape: `top` is the limit that was asked for, 0 for none.
 */
export function decodeList(reply: unknown, method: string, top: number): Remote<readonly unknown[]> {
  const parsed = ListReply.safeParse(reply);
  if (!parsed.success) return unreadable(method, 'a list was expected');
  const rows = parsed.data.value;
  const answered = spelling(parsed.data['odata.metadata'].replace(/^.*#/s, ''));
  // How servers write it differs; only a name that is certainly another call's counts.
  if (answered !== spelling(method) && KNOWN_METHODS.has(answered)) {
    return unreadable(method, `the answer is that of ${answered}`);
  }
  // By the decoder of any number: an object here may even carry a `toString` of the server's.
  const said = erpIntegerOrNull.safeParse(parsed.data['odata.count']);
  if (!said.success) return unreadable(method, 'a list with a count that is no number');
  const count = said.data ?? rows.length;
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
    if (isSliceOver(index)) await new Promise((resolve) => setImmediate(resolve));
    const parsed = schema.safeParse(lowerKeys(row));
    // The server answered: asking again at once would bring the same row, and a person must know of it.
    if (!parsed.success) return unreadable(method, `row ${index}: ${issueText(parsed.error)}`, 'refused');
    decoded.push(parsed.data);
  }
  return { ok: true, value: decoded };
}

/**
 * So many rows that cannot be read, and more than those that can: it is the register that is another. The rest is not looked
 * at, as the reasons of a million rows cost minutes and half a gigabyte.
 */
const TOO_MANY_SKIPPED = 1_000;

/** Told of each row that is passed over. */
type RowReaders = {
  readonly isWanted?: (row: unknown) => boolean;
  readonly onSkipped: (row: unknown, text: string) => void;
};

/**
 * As `decodeRows`, but a row that cannot be read is told and passed over: one wrong row must not keep the others out. The
 * one that `isWanted` fails the call with its field. So does a list of which nothing can be read: then it is the form
 * of the register that changed, or the answer is another call's.
 */
export async function decodeReadableRows<Schema extends z.ZodType>(
  rows: readonly unknown[],
  schema: Schema,
  method: string,
  { isWanted = () => false, onSkipped }: RowReaders,
): Promise<Remote<readonly z.output<Schema>[]>> {
  const decoded: z.output<Schema>[] = [];
  let firstText: string | null = null;
  let skipped = 0;
  for (const [index, row] of rows.entries()) {
    if (isSliceOver(index)) await new Promise((resolve) => setImmediate(resolve));
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
    skipped += 1;
    if (skipped >= TOO_MANY_SKIPPED && skipped > decoded.length) return unreadable(method, firstText, 'refused');
    onSkipped(row, text);
  }
  return decoded.length === 0 && firstText !== null
    ? unreadable(method, firstText, 'refused')
    : { ok: true, value: decoded };
}

/** The `trans_id` of each row that has one, in their order: also of rows that cannot be read as a whole. */
export function transIdsOf(rows: readonly unknown[]): number[] {
  return rows.flatMap((row) => {
    const parsed = TransId.safeParse(lowerKeys(row));
    return parsed.success ? [parsed.data.trans_id] : [];
  });
}

const TransId = z.object({ trans_id: erpInteger });

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

/** Dots are slashes and case is mixed in the field. */
function spelling(method: string): string {
  return method.toLowerCase().replaceAll('/', '.');
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
