import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { lowerNames, parseErpJson, type Row } from './wire-values.ts';

/** One call of the station as it passed by; who called is not kept. */
export type PassedCall = {
  readonly httpMethod: string;
  /** `pedido_venda.inclui`: without its library, in lower case. */
  readonly method: string;
  readonly query: URLSearchParams;
  readonly body: Row;
  status: number;
  text: string;
};

/**
 * The line between station and server, in the hands of the suite: it sees every call, can be cut, and can lose replies
 * after the server did what it was asked. The server is asked for nothing that the station did not ask.
 */
export type WireProxy = {
  readonly url: string;
  readonly port: number;
  /** Also takes calls on the port by which an earlier run reached the server. */
  readonly listenAlso: (port: number) => Promise<void>;
  readonly calls: PassedCall[];
  /** Most calls that were on their way at one time. */
  readonly mostAtOnce: () => number;
  /** Cuts the line: calls get a reset, nothing reaches the server. */
  readonly setCut: (isCut: boolean) => void;
  /** The next `count` calls of this method are done and never answered. Their senders are cut off when `release` is called. */
  readonly holdReplies: (method: string, count: number) => void;
  readonly held: () => number;
  /** Cuts off whoever waits for a reply that was held. */
  readonly release: () => void;
  readonly close: () => Promise<void>;
};

const FORWARD_TIMEOUT_MS = 30_000;
/** Words of a reply that are kept to explain a failure. */
const KEPT_TEXT = 300;

export async function startWireProxy(target: string): Promise<WireProxy> {
  const { origin, protocol, pathname } = new URL(target);
  const calls: PassedCall[] = [];
  const waiting = new Set<ServerResponse>();
  const holds = new Map<string, number>();
  let isCut = false;
  let atOnce = 0;
  let mostAtOnce = 0;

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    if (isCut) {
      incoming.socket.destroy();
      return;
    }
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    try {
      const sent = await readAll(incoming);
      const call = describeCall(incoming, sent);
      calls.push(call);
      const reply = await forward(incoming, sent);
      call.status = reply.status;
      call.text = reply.body.toString('utf8').slice(0, KEPT_TEXT);
      const left = holds.get(call.method) ?? 0;
      if (left > 0) {
        holds.set(call.method, left - 1);
        waiting.add(outgoing);
        return;
      }
      outgoing.writeHead(reply.status, reply.headers).end(reply.body);
    } catch {
      // The server is away: the station sees what it would have seen.
      incoming.socket.destroy();
    } finally {
      atOnce -= 1;
    }
  }

  async function forward(incoming: IncomingMessage, sent: Buffer) {
    const { host: _host, connection: _connection, ...headers } = incoming.headers;
    const send = protocol === 'https:' ? httpsRequest : httpRequest;
    const options = { method: incoming.method ?? 'GET', headers, timeout: FORWARD_TIMEOUT_MS };
    const passed = send(`${origin}${incoming.url ?? '/'}`, options);
    passed.on('timeout', () => passed.destroy(new Error('the server did not answer')));
    // A line that breaks in the middle of a reply is told here too, after `once` has let go: the reader of the body throws.
    passed.on('error', () => undefined);
    passed.end(sent);
    const [reply] = (await once(passed, 'response')) as [IncomingMessage];
    const { connection: _kept, 'transfer-encoding': _chunked, ...replyHeaders } = reply.headers;
    return { status: reply.statusCode ?? 502, headers: replyHeaders, body: await readAll(reply) };
  }

  const servers: Server[] = [];
  async function listen(wanted: number): Promise<number> {
    const server = createServer((incoming, outgoing) => void pass(incoming, outgoing));
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    return (server.address() as AddressInfo).port;
  }
  const port = await listen(0);
  const hangUp = (): void => {
    for (const server of servers) server.closeAllConnections();
  };
  const release = (): void => {
    for (const response of waiting) response.socket?.destroy();
    waiting.clear();
    holds.clear();
  };
  return {
    url: `http://127.0.0.1:${port}${pathname.replace(/\/+$/, '')}`,
    port,
    listenAlso: async (wanted) => void (await listen(wanted)),
    calls,
    mostAtOnce: () => mostAtOnce,
    setCut: (cut) => {
      isCut = cut;
      if (cut) hangUp();
    },
    holdReplies: (method, count) => void holds.set(method, count),
    held: () => waiting.size,
    release,
    close: async () => {
      release();
      hangUp();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function describeCall(incoming: IncomingMessage, sent: Buffer): PassedCall {
  const url = new URL(incoming.url ?? '/', 'http://line');
  const [, name = url.pathname] = /\/api\/(.*)$/i.exec(decodeURIComponent(url.pathname)) ?? [];
  const method = name.toLowerCase().replaceAll('/', '.').split('.').slice(-2).join('.');
  const body = sent.length === 0 ? {} : (lowerNames(parseErpJson(sent.toString('utf8'))) ?? {});
  return {
    httpMethod: incoming.method ?? 'GET',
    method,
    query: url.searchParams,
    body: body as Row,
    status: 0,
    text: '',
  };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
