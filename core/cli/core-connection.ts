import type { Readable, Writable } from 'node:stream';
import { createInterface } from 'node:readline';
import type { ReadyMessage, StationEvent } from '../../contract/station-api.ts';

/** A reply as it came over the wire; its method's own type is known to the caller. */
export type WireReply =
  | { readonly ok: true; readonly output: unknown }
  | { readonly ok: false; readonly error: unknown };

/** A core one can call, by lines of JSON over a socket or a child's standard streams. */
export type CoreConnection = {
  readonly ready: ReadyMessage;
  /** Rejects with `ConnectionLost` when the core ends before it answered. */
  readonly call: (method: string, input: unknown) => Promise<WireReply>;
  readonly onEvent: (listener: (event: StationEvent) => void) => void;
};

/** The core went away: what was asked may or may not have been done. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

/**
 * Speaks with the core behind `input` and `output`; resolves when its first line, the ready message, has come.
 *
 *   {"ready":true,...}  then  {"id":1,"method":...,"input":...} -> {"id":1,"ok":true,"output":...}, events in between
 */
export function openConnection(input: Readable, output: Writable, readyTimeoutMs: number): Promise<CoreConnection> {
  const waiting = new Map<number, { resolve: (reply: WireReply) => void; reject: (error: Error) => void }>();
  const listeners: ((event: StationEvent) => void)[] = [];
  let nextId = 1;
  let lost: Error | null = null;

  function lose(reason: string): void {
    lost ??= new ConnectionLost(reason);
    for (const { reject } of waiting.values()) reject(lost);
    waiting.clear();
  }

  function call(method: string, callInput: unknown): Promise<WireReply> {
    if (lost !== null) return Promise.reject(lost);
    const id = nextId++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      output.write(`${JSON.stringify({ id, method, input: callInput })}\n`);
    });
  }

  return new Promise((resolve, reject) => {
    let isReady = false;
    const timer = setTimeout(() => fail('ela não respondeu a tempo'), readyTimeoutMs);

    function fail(reason: string): void {
      clearTimeout(timer);
      lose(reason);
      if (!isReady) reject(new ConnectionLost(reason));
    }

    const lines = createInterface({ input });
    // The reader passes an error of its input on as its own, besides the input's.
    lines.on('error', (error: Error) => fail(error.message));
    lines.on('line', (line) => {
      const message = parseLine(line);
      if (message === null) return fail(`isto não é uma resposta dela: ${line.slice(0, 80)}`);
      if ('ready' in message) {
        clearTimeout(timer);
        isReady = true;
        resolve({ ready: message as ReadyMessage, call, onEvent: (listener) => void listeners.push(listener) });
      } else if (typeof message['id'] === 'number') {
        const caller = waiting.get(message['id']);
        waiting.delete(message['id']);
        caller?.resolve(message as WireReply);
      } else if ('event' in message) for (const listener of listeners) listener(message as StationEvent);
    });
    input.once('close', () => fail('ela fechou a conexão'));
    input.on('error', (error) => fail(error.message));
    output.on('error', (error) => fail(error.message));
  });
}

function parseLine(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
