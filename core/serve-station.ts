import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { ReadyMessage, StationEvent } from '../contract/station-api.ts';
import type { Caller } from './caller.ts';
import type { Station } from './station.ts';

/** A line longer than this is no call of ours; the caller is cut off. */
const MAX_LINE_BYTES = 1024 * 1024;

/** A call as it travels, in every transport. */
type CallMessage = { readonly id: number | string; readonly method: string; readonly input?: unknown };

/** One side of a conversation: what to send with, and which calls came in. */
type Channel = {
  readonly caller: Caller;
  readonly send: (message: unknown) => void;
  readonly onClosed: (listener: () => void) => void;
};

/** The first message of every conversation. */
export function readyMessage(station: Station): ReadyMessage {
  return { ready: true, version: station.version, data: station.data };
}

/** Answers calls of the process that forked this one, over its IPC channel. */
export function serveParent(station: Station, parent: NodeJS.Process): void {
  const answer = converse(station, {
    caller: { isWindow: true },
    // A parent that is gone reads nothing: `disconnect` stops the core in order.
    send: (message) => tellParent(parent, message),
    onClosed: (listener) => void parent.on('disconnect', listener),
  });
  parent.on('message', (message) => void answer(message));
  tellParent(parent, readyMessage(station));
}

function tellParent(parent: NodeJS.Process, message: unknown): void {
  // The parent may go while this is on its way, which its `disconnect` tells too.
  if (parent.connected) parent.send?.(message, undefined, undefined, () => undefined);
}

/** Answers calls as JSON lines. Resolves when the input ends, or nobody reads the answers any more. */
export function serveLines(station: Station, input: Readable, output: Writable): Promise<void> {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
  // The reader passes an error of its input on as its own: a caller that is cut off must not take the core with it.
  lines.on('error', () => lines.close());
  output.on('error', () => lines.close());
  const answer = converse(station, {
    caller: { isWindow: false },
    send: (message) => {
      if (output.writable) output.write(`${JSON.stringify(message)}\n`);
    },
    onClosed: (listener) => void lines.once('close', listener),
  });
  output.write(`${JSON.stringify(readyMessage(station))}\n`);
  let pending = Promise.resolve();
  lines.on('line', (line) => {
    if (line.trim() === '') return;
    const answered = answer(parseLine(line));
    pending = Promise.all([pending, answered]).then(() => undefined);
  });
  return new Promise((resolve) => {
    lines.once('close', () => void pending.then(() => resolve()));
  });
}

/** Listens where the command line finds a running core; only this user may connect. */
export function serveSocket(station: Station, path: string): Promise<Server> {
  // The data is locked by this process: a socket file that is there belongs to a core that is gone.
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const server = createServer((socket) => serveConnection(station, socket));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      if (process.platform !== 'win32') chmodSync(path, 0o600);
      resolve(server);
    });
  });
}

function serveConnection(station: Station, socket: Socket): void {
  // A caller that went away in the middle of an answer is no error of the station.
  socket.on('error', () => socket.destroy());
  let bytesOfLine = 0;
  socket.on('data', (chunk: Buffer) => {
    const lastBreak = chunk.lastIndexOf(0x0a);
    bytesOfLine = lastBreak === -1 ? bytesOfLine + chunk.length : chunk.length - lastBreak;
    if (bytesOfLine > MAX_LINE_BYTES) socket.destroy();
  });
  void serveLines(station, socket, socket).then(() => socket.end());
}

function converse(station: Station, channel: Channel): (message: unknown) => Promise<void> {
  const { caller } = channel;
  const unsubscribe = station.onEvent((event: StationEvent) => channel.send(event), caller);
  channel.onClosed(unsubscribe);
  return async (message) => {
    if (!isCall(message)) {
      const error = {
        code: 'invalid_input',
        field: 'message',
        value: JSON.stringify(message)?.slice(0, 100) ?? '',
        expected: '{"id", "method", "input"}',
        expectedEn: '{"id", "method", "input"}',
      };
      channel.send({ id: null, ok: false, error });
      return;
    }
    const reply = await station.call(message.method, message.input, caller);
    channel.send({ id: message.id, ...reply });
  };
}

function isCall(message: unknown): message is CallMessage {
  if (typeof message !== 'object' || message === null || !('id' in message) || !('method' in message)) return false;
  return (typeof message.id === 'number' || typeof message.id === 'string') && typeof message.method === 'string';
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    // Answered as an invalid message, with the line as its value.
    return line;
  }
}
