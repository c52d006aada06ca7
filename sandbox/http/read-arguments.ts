import { ErpError } from './erp-error.ts';
import type { ParameterKind } from './erp-method.ts';

type Value = string | number | boolean | null;

/** The checked parameters of a read; undefined when the caller left one out. */
export type ReadArguments = {
  integer(name: string): number | undefined;
  text(name: string): string | undefined;
  flag(name: string): boolean | undefined;
  /** Epoch milliseconds; a bare day is its midnight at -03:00. */
  instant(name: string): number | undefined;
};

/**
 * Checks raw parameters (query strings, or the JSON body of a read by POST) against what a method knows.
 *
 * Names are compared without case, as the server does. An unknown one refuses the whole call with 400.
 */
export function readArguments(
  methodName: string,
  known: Readonly<Record<string, ParameterKind>>,
  raw: readonly (readonly [string, Value])[],
): ReadArguments {
  const values = new Map<string, string | number | boolean>();
  for (const [name, value] of raw) {
    const key = name.toLowerCase();
    const kind = Object.hasOwn(known, key) ? known[key] : undefined;
    if (kind === undefined) throw new ErpError(400, `Parameter ${name} not found in ${methodName}`);
    if (value !== null && value !== '') values.set(key, convert(name, kind, value));
  }
  return {
    integer: (name) => asNumber(values.get(name)),
    instant: (name) => asNumber(values.get(name)),
    text(name) {
      const value = values.get(name);
      return typeof value === 'string' ? value : undefined;
    },
    flag(name) {
      const value = values.get(name);
      return typeof value === 'boolean' ? value : undefined;
    },
  };
}

function asNumber(value: string | number | boolean | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function convert(name: string, kind: ParameterKind, value: string | number | boolean): string | number | boolean {
  const text = String(value).trim();
  switch (kind) {
    case 'integer':
      if (/^-?\d{1,15}$/.test(text)) return Number(text);
      break;
    case 'text':
      return text;
    case 'flag':
      if (/^(true|t|1)$/i.test(text)) return true;
      if (/^(false|f|0)$/i.test(text)) return false;
      break;
    case 'instant': {
      const ms = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00-03:00` : text);
      if (Number.isFinite(ms)) return ms;
      break;
    }
  }
  throw new ErpError(400, `Valor inválido para o parâmetro ${name}: ${text}`);
}
