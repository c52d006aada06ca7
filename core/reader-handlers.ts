import type { MethodInput, MethodName, stationApi } from '../contract/station-api.ts';
import type { QueryHandler, QueryName } from './handlers.ts';
import { isTopOfList, movementListQueries } from './movement/movement-queries.ts';
import { summaryQueries } from './summary/summary-queries.ts';

/** Queries the contract sends to the reader thread: those that would stand before a scan. */
export type ReaderMethod = {
  [M in QueryName]: (typeof stationApi)[M] extends { thread: 'reader' } ? M : never;
}[QueryName];

export const readerHandlers: { readonly [M in ReaderMethod]: QueryHandler<M> } = {
  ...summaryQueries,
  ...movementListQueries,
};

/** Whether `method` runs on the reader thread. */
export function isReaderMethod(method: MethodName): method is ReaderMethod {
  return Object.hasOwn(readerHandlers, method);
}

/** Whether a read costs no more than a scan: it need not wait until the thread has started. */
export function isShortRead(method: ReaderMethod, input: unknown): boolean {
  // The dispatcher parsed the input with the contract.
  return method === 'movement.list' && isTopOfList(input as MethodInput<'movement.list'>);
}
