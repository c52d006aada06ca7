import type { ReadCall } from '../http/erp-method.ts';

/** The only shop window of the demo store. */
const VITRINE = 2;

/** False for a call about another shop window, which has no products; a call that names none is about ours. */
export function isOurVitrine(call: ReadCall): boolean {
  return (call.arguments.integer('vitrine') ?? VITRINE) === VITRINE;
}
