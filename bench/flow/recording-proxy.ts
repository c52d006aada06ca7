import { once } from 'node:events';
import { Agent, createServer, request as startRequest, type IncomingMessage } from 'node:http';

/** A call as it left the product. */
export type RecordedCall = {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** Headers that say what a call is; the others belong to a connection. */
const KEPT_HEADERS = ['accept', 'user-agent', 'authorization', 'content-type', 'x-http-method'];

/** Stands between the product and `target` for one round that is not timed, and writes down every call. */
export async function startRecordingProxy(target: string): Promise<{
  readonly url: string;
  readonly calls: readonly RecordedCall[];
  readonly stop: () => Promise<void>;
}> {
  const calls: RecordedCall[] = [];
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const call = await readCall(incoming);
      calls.push(call);
      const answer = await askServer(target, call, agent);
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      agent.destroy();
      await once(server, 'close');
    },
  };
}

/** Sends a call and answers when its head came. */
export function askServer(target: string, call: RecordedCall, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(call.body);
    const length = bytes.length > 0 ? { 'content-length': String(bytes.length) } : {};
    const options = { method: call.method, headers: { ...call.headers, ...length }, agent };
    startRequest(`${target}${call.path}`, options, resolve).on('error', reject).end(bytes);
  });
}

/** All bytes of a message. */
export async function readBytes(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

async function readCall(incoming: IncomingMessage): Promise<RecordedCall> {
  const headers = Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = incoming.headers[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    }),
  );
  const body = (await readBytes(incoming)).toString('utf8');
  return { method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers, body };
}
