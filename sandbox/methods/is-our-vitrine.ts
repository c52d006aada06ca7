import { ErpError } from '../http/erp-error.ts';
import type { ReadCall } from '../http/erp-method.ts';
import { numberField, type JsonObject } from '../http/json.ts';

/** The only shop window of the demo store. */
const VITRINE = 2;

/** False for a call about another shop window, which has no products; a call that names none is about ours. */
export function isOurVitrine(call: ReadCall): boolean {
  return (call.arguments.integer('vitrine') ?? VITRINE) === VITRINE;
}

/** Refuses a write to another shop window. */
export function checkVitrine(body: JsonObject): void {
  const vitrine = numberField(body, 'vitrine');
  if (vitrine !== VITRINE) throw new ErpError(400, `Vitrine não cadastrado(a): ${vitrine}`);
}
