import type { ReadMethod, ErpReply } from './erp-method.ts';
import { ISO_DATES, WCF_DATES } from './date-format.ts';
import { ErpError } from './erp-error.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { readArguments } from './read-arguments.ts';

/** Taken by every method; the last three are ignored without a word, as on the real server. */
const SYSTEM_PARAMETERS = new Set(['$format', '$dateformat', '$top', '$skip', '$filter', '$orderby']);

type Scalar = string | number | boolean | null;

/** Whether the row that carries the given trans_id itself comes again. */
export type CursorOption = 'exclusive' | 'inclusive';

/** Answers a list: parameters from the query string and, for a read by POST, from its body. */
export function readReply(
  method: ReadMethod,
  query: URLSearchParams,
  body: JsonObject,
  cursor: CursorOption,
): ErpReply {
  const given = [...query, ...Object.entries(body)].map(([name, value]) => [name, scalar(name, value)] as const);
  const system = systemParameters(given.filter(([name]) => isSystemParameter(name)));
  const own = given.filter(([name]) => !isSystemParameter(name));
  const parameters = readArguments(method.name, method.parameters, own);
  const transId = parameters.integer('trans_id') ?? 0;
  const value = method.rows({
    arguments: parameters,
    top: system.top,
    after: cursor === 'inclusive' ? transId - 1 : transId,
    dates: system.isIso ? ISO_DATES : WCF_DATES,
  });
  return {
    status: 200,
    body: { 'odata.metadata': `/api/$metadata#${method.name}`, 'odata.count': value.length, value },
  };
}

/** Refuses a write's query string that says more than formats. */
export function checkWriteQuery(methodName: string, query: URLSearchParams): void {
  const unknown = [...query.keys()].find((name) => !isSystemParameter(name));
  if (unknown !== undefined) throw new ErpError(400, `Parameter ${unknown} not found in ${methodName}`);
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
