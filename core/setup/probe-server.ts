import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { networkWords } from '../network-words.ts';
import { hostOfServer } from './enrolment-rules.ts';

/** How far a connection to the server gets, before anything is asked of it. */
export type ServerProbe =
  | { readonly reached: true; readonly address: string; readonly milliseconds: number }
  | { readonly reached: false; readonly step: 'name' | 'connection'; readonly reason: string };

/** A store's link answers in far less; a black hole must not hold the person who waits for it. */
const CONNECT_TIMEOUT_MS = 4_000;

/** Looks the server's name up and opens a TCP connection to it, each bounded in time. */
export async function probeServer(server: string, timeoutMs: number = CONNECT_TIMEOUT_MS): Promise<ServerProbe> {
  const { host, port } = hostOfServer(server);
  let address: string;
  try {
    address = (await withTimeout(lookup(host), timeoutMs)).address;
  } catch (error) {
    return { reached: false, step: 'name', reason: describe(error) };
  }
  const startedAt = performance.now();
  try {
    await openConnection(address, port, timeoutMs);
  } catch (error) {
    return { reached: false, step: 'connection', reason: describe(error) };
  }
  return { reached: true, address, milliseconds: Math.round(performance.now() - startedAt) };
}

function openConnection(host: string, port: number, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const end = (error: Error | null): void => {
      socket.destroy();
      if (error === null) resolve();
      else reject(error);
    };
    socket.once('connect', () => end(null));
    socket.once('timeout', () => end(new TimeoutError()));
    socket.once('error', end);
  });
}

async function withTimeout<Value>(work: Promise<Value>, timeoutMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new TimeoutError()), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

class TimeoutError extends Error {
  readonly code = 'ETIMEDOUT';
}

function describe(error: unknown): string {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  return code === '' ? String(error) : networkWords(code);
}
