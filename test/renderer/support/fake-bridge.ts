import type { MethodInput, MethodName, Reply, StationEvent } from '../../../contract/station-api.ts';
import type { CoreState, StationBridge } from '../../../contract/station-bridge.ts';

export type Handlers = {
  [M in MethodName]?: (input: MethodInput<M>) => Reply<M> | Promise<Reply<M>>;
};

export type SentCall = { readonly method: string; readonly input: Record<string, unknown> };

/** A preload bridge whose core is a table of handlers: real components, no core process. */
export type FakeBridge = StationBridge & {
  readonly sent: SentCall[];
  readonly handlers: Handlers;
  readonly emit: (event: StationEvent) => void;
  readonly emitCore: (state: CoreState) => void;
  /** The methods sent so far, in order, queries of the screens left out. */
  readonly commands: () => string[];
};

export function createFakeBridge(handlers: Handlers): FakeBridge {
  const events = new Set<(event: StationEvent) => void>();
  const cores = new Set<(state: CoreState) => void>();
  const sent: SentCall[] = [];
  let core: CoreState = { state: 'ready', restarts: 0 };
  return {
    sent,
    handlers,
    language: 'pt-BR',
    quit: () => {},
    restartCore: () => {},
    savePdf: async ({ fileName }) => ({ outcome: 'saved', file: `/home/loja/${fileName}` }),
    coreState: async () => core,
    call: async (method, input) => {
      sent.push({ method, input: input as Record<string, unknown> });
      const handler = handlers[method as MethodName] as ((input: unknown) => unknown) | undefined;
      if (handler === undefined) return { ok: false, error: { code: 'unknown_method', method } };
      return handler(input);
    },
    onEvent: (listener) => {
      events.add(listener);
      return () => events.delete(listener);
    },
    onCore: (listener) => {
      cores.add(listener);
      return () => cores.delete(listener);
    },
    emit: (event) => events.forEach((listener) => listener(event)),
    emitCore: (state) => {
      core = state;
      cores.forEach((listener) => listener(state));
    },
    commands: () =>
      sent.map(({ method }) => method).filter((method) => method.startsWith('sale.') && !READS.has(method)),
  };
}

const READS = new Set(['sale.current', 'sale.get', 'sale.parked']);

export function answer<Output>(output: Output): { readonly ok: true; readonly output: Output } {
  return { ok: true, output };
}

export function no<const Refusal extends { readonly code: string }>(
  error: Refusal,
): { readonly ok: false; readonly error: Refusal } {
  return { ok: false, error };
}
