import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { networkWords } from '../network-words.ts';
import { hostOfServer } from './enrolment-rules.ts';

/** How far a connection to the server gets, before anything is asked of it. */
export type ServerProbe =
  | { readonly reached: true; readonly address: string; readonly milliseconds: number; readonly tls: TlsProbe | null }
  | {
      readonly reached: false;
      readonly step: 'name' | 'connection' | 'tls';
      readonly reason: string;
      /** Where the name leads to, once it did. */
      readonly address: string | null;
    };

/** What the server showed of itself; null where it is plain HTTP. */
export type TlsProbe = { readonly protocol: string; readonly certificateUntil: string | null };

/** A store's link answers in far less; a black hole must not hold the person who waits for it. */
const CONNECT_TIMEOUT_MS = 4_000;

/** Looks the server's name up, opens a TCP connection to it and on https a TLS session, each bounded in time. */
export async function probeServer(server: string, timeoutMs: number = CONNECT_TIMEOUT_MS): Promise<ServerProbe> {
  const { host, port } = hostOfServer(server);
  let address: string;
  try {
    address = (await withTimeout(lookup(host), timeoutMs)).address;
  } catch (error) {
    return { reached: false, step: 'name', reason: describe(error), address: null };
  }
  const startedAt = performance.now();
  try {
    (await settle(connect({ host: address, port, timeout: timeoutMs }), 'connect')).destroy();
  } catch (error) {
    return { reached: false, step: 'connection', reason: describe(error), address };
  }
  const milliseconds = Math.round(performance.now() - startedAt);
  if (!server.startsWith('https://')) return { reached: true, address, milliseconds, tls: null };
  try {
    return { reached: true, address, milliseconds, tls: await probeTls(host, address, port, timeoutMs) };
  } catch (error) {
    return { reached: false, step: 'tls', reason: describe(error), address };
  }
}

/** By the rules of every later call: a certificate that nobody vouches for is none. */
async function probeTls(host: string, address: string, port: number, timeoutMs: number): Promise<TlsProbe> {
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket = connectTls({ host: address, port, timeout: timeoutMs, ...name });
  await settle(socket, 'secureConnect');
  const until = Date.parse(socket.getPeerCertificate().valid_to);
  const protocol = socket.getProtocol() ?? 'TLS';
  socket.destroy();
  return { protocol, certificateUntil: Number.isNaN(until) ? null : new Date(until).toISOString() };
}

function settle<Kind extends Socket | TLSSocket>(socket: Kind, event: 'connect' | 'secureConnect'): Promise<Kind> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.once(event, () => resolve(socket));
    socket.once('timeout', () => fail(new TimeoutError()));
    socket.once('error', fail);
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
