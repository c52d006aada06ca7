/**
 * The answer of an operation that may be refused: either its value or a plain refusal.
 *
 * A refusal is an expected no (unknown barcode, tender too small). A broken invariant is thrown instead,
 * and a failing machine stops the core.
 */
export type Result<Value, Refusal> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: Refusal };

/** A success that carries `value`. */
export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

/** An expected no, as plain data that travels between processes. */
export function refuse<const Refusal extends { readonly code: string }>(
  error: Refusal,
): { readonly ok: false; readonly error: Refusal } {
  return { ok: false, error };
}
