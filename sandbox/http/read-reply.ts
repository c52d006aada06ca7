import type { Dialect } from '../dialects/dialect.ts';
import { shuffled } from '../dialects/shuffled.ts';
import { createRandom, mixSeed } from '../seed/random.ts';
import type { LateCommits } from '../store/late-commits.ts';
import { dateFormatOf, type DateFormat } from './date-format.ts';
import { ErpError } from './erp-error.ts';
import type { ErpReply, ReadMethod } from './erp-method.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { readArguments } from './read-arguments.ts';

/** Taken by every method; the last three are ignored without a word, as on the real server. */
const SYSTEM_PARAMETERS = new Set(['$format', '$dateformat', '$top', '$skip', '$filter', '$orderby']);

/** Undefined: the server knows its place. */
export type CursorBack = 'start' | 'page' | undefined;

type Scalar = string | number | boolean | null;

/**
 * A read as it was asked. `cursorBack`: the server has lost its place and answers from the beginning, or the page
 * before once more.
 */
export type Question = {
  readonly query: URLSearchParams;
  readonly body: JsonObject;
  readonly cursorBack: CursorBack;
};

/** Answers a list: parameters from the query string and, for a read by POST, from its body. */
export function readReply(
  method: ReadMethod,
  { query, body, cursorBack }: Question,
  dialect: Dialect,
  late: LateCommits,
): ErpReply {
  const given = [...query, ...Object.entries(body)].map(([name, value]) => [name, scalar(name, value)] as const);
  const system = systemParameters(given.filter(([name]) => isSystemParameter(name)));
  const own = given.filter(([name]) => !isSystemParameter(name));
  const parameters = readArguments(method.name, method.parameters, own);
  const transId = parameters.integer('trans_id');
  // Whoever asks for one row by its key sees it; only a page read by trans_id can miss what is not committed.
  const sequence = transId === undefined ? undefined : method.sequence;
  const asked = transId ?? 0;
  const pageBefore = Math.max(0, asked - Math.max(1, system.top));
  const after = cursorBack === undefined ? asked : cursorBack === 'start' ? 0 : pageBefore;
  const rows = method.rows({
    arguments: parameters,
    top: system.top,
    after: dialect.cursor === 'inclusive' ? after - 1 : after,
    hidden: sequence === undefined ? undefined : late.hidden(sequence),
    direction: dialect.pages === 'descending' ? 'DESC' : 'ASC',
    dates: dateFormatOf(dialect.dates, system.isIso),
  });
  if (sequence !== undefined) late.served(sequence, highestTransId(rows));
  const value = dialect.pages === 'shuffled' ? shuffled(rows, createRandom(mixSeed(after, method.name))) : rows;
  return {
    status: 200,
    body: { 'odata.metadata': `/api/$metadata#${method.name}`, 'odata.count': value.length, value },
  };
}

/** Refuses a write's query string that says more than formats; gives how its reply writes dates. */
export function writeDates(methodName: string, query: URLSearchParams, dialect: Dialect): DateFormat {
  const unknown = [...query.keys()].find((name) => !isSystemParameter(name));
  if (unknown !== undefined) throw new ErpError(400, `Parameter ${unknown} not found in ${methodName}`);
  return dateFormatOf(dialect.dates, systemParameters([...query]).isIso);
}

function highestTransId(rows: readonly JsonObject[]): number {
  return rows.reduce((highest, row) => Math.max(highest, Number(row['trans_id'])), 0);
}

function systemParameters(given: readonly (readonly [string, Scalar])[]): { top: number; isIso: boolean } {
  const values = new Map(given.map(([name, value]) => [name.toLowerCase(), String(value ?? '')]));
  const top = values.get('$top') ?? '0';
  if (!/^\d{1,9}$/.test(top)) throw new ErpError(400, `Valor inválido para o parâmetro $top: ${top}`);
  const format = values.get('$format') ?? 'json';
  if (format.toLowerCase() !== 'json') throw new ErpError(400, `Formato não suportado: ${format}`);
  return { top: Number(top), isIso: values.get('$dateformat')?.toLowerCase() === 'iso' };
}

function isSystemParameter(name: string): boolean {
  return SYSTEM_PARAMETERS.has(name.toLowerCase());
}

function scalar(name: string, value: JsonValue): Scalar {
  if (typeof value === 'object' && value !== null) throw new ErpError(400, `Valor inválido para o parâmetro ${name}`);
  return value;
}
