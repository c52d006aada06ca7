import type { MethodInput, MethodName, Reply } from './station-api.ts';

/** Carries one call to the core and its answer back: IPC, a socket, or lines on stdio. */
export type CallTransport = (method: MethodName, input: unknown) => Promise<unknown>;

/** Calls the station by method name, with the types of the contract. */
export type StationClient = {
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M>>;
};

/** A typed client over any transport. The core checks inputs and its own outputs are trusted. */
export function createStationClient(transport: CallTransport): StationClient {
  return { call: (method, input) => transport(method, input) as Promise<Reply<typeof method>> };
}
