import type { z } from 'zod';
import type { RefusalCode } from './refusals.ts';

/** A method that reads; `thread` says whether it would stand before a scan and runs on the reader thread instead. */
export function query<
  I extends z.ZodType,
  O extends z.ZodType,
  const E extends readonly RefusalCode[],
  T extends 'core' | 'reader' = 'core',
>(input: I, output: O, errors: E, thread?: T) {
  return { kind: 'query' as const, input, output, errors, thread: (thread ?? 'core') as T };
}

/** A method that decides once, in one write transaction. */
export function command<I extends z.ZodType, O extends z.ZodType, const E extends readonly RefusalCode[]>(
  input: I,
  output: O,
  errors: E,
) {
  return { kind: 'command' as const, input, output, errors };
}

/** A method that works asynchronously and makes its own short transactions. */
export function action<I extends z.ZodType, O extends z.ZodType, const E extends readonly RefusalCode[]>(
  input: I,
  output: O,
  errors: E,
) {
  return { kind: 'action' as const, input, output, errors };
}
