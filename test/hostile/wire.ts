import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** A call as its bytes came in. */
export type WireCall = {
  readonly verb: string;
  readonly path: string;
  /** `pedido_venda.inclui`: without its library, in lower case. */
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
};
export type WireReply = { readonly status: number; readonly type: string; readonly body: Buffer };

/** One call in the hands of a fault. */
export type Exchange = {
  readonly call: WireCall;
  readonly socket: Socket;
  /** Lets the ERP do it, once; what it answers. */
  readonly forward: () => Promise<WireReply>;
  /** The last answers that passed by unharmed, newest first. */
  readonly earlier: readonly (WireReply & { readonly method: string })[];
  /** Where a redirect may try to lead to; nobody may ever come there. */
  readonly trapUrl: string;
  readonly wireUrl: string;
  /** How much of an answer without end was taken. */
  readonly notePoured: (bytes: number) => void;
};

/** What is done to a call instead of passing it on; `head`: before its body was read. */
export type Strike = {
  readonly name: string;
  readonly when?: 'head';
  readonly do: (exchange: Exchange) => Promise<void> | void;
};

/**
 * The line between station and ERP as a server of bytes: it speaks HTTP no better than it must, so that it can speak it
 * as badly as it wants.
 */
export type Wire = {
  readonly url: string;
  readonly port: number;
  /** Asked for each call what becomes of it; null passes it on. */
  choose: (method: string, stage: 'head' | 'request') => Strike | null;
  /** Who came to the trap, as the first line and the names of headers. */
  readonly trapped: string[];
  /** Most bytes of one answer that were taken. */
  readonly mostPoured: () => number;
  readonly hangUp: () => void;
  /** Nobody listens for a while, or somebody does again on the same port. */
  readonly setListening: (isListening: boolean) => Promise<void>;
  readonly close: () => Promise<void>;
};

const KEPT_ANSWERS = 8;

export async function startWire(target: string, host = '127.0.0.1'): Promise<Wire> {
  const sockets = new Set<Socket>();
  const trapped: string[] = [];
  const earlier: (WireReply & { readonly method: string })[] = [];
  let mostPoured = 0;

  const trap = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', (chunk: Buffer) => {
      trapped.push(chunk.toString('latin1').slice(0, 400));
      socket.destroy();
    });
  });
  const trapUrl = `http://127.0.0.1:${await listen(trap, 0, '127.0.0.1')}`;

  function onSocket(socket: Socket): void {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    serve(socket).catch(() => socket.destroy());
  }

  async function serve(socket: Socket): Promise<void> {
    let buffered = Buffer.alloc(0);
    for await (const chunk of socket) {
      buffered = Buffer.concat([buffered, chunk as Buffer]);
      for (;;) {
        const head = readHead(buffered);
        if (head === null) break;
        const strikeAtHead = wire.choose(head.call.method, 'head');
        if (strikeAtHead !== null) {
          await strike(strikeAtHead, { ...head.call, body: buffered.subarray(head.bytes) }, socket);
          return;
        }
        if (buffered.length < head.bytes + head.length) break;
        const body = buffered.subarray(head.bytes, head.bytes + head.length);
        buffered = buffered.subarray(head.bytes + head.length);
        await answer({ ...head.call, body }, socket);
      }
      if (socket.destroyed) return;
    }
  }

  async function answer(call: WireCall, socket: Socket): Promise<void> {
    const chosen = wire.choose(call.method, 'request');
    if (chosen !== null) return strike(chosen, call, socket);
    const reply = await forward(target, call);
    earlier.unshift({ ...reply, method: call.method });
    earlier.splice(KEPT_ANSWERS);
    sendReply(socket, reply);
  }

  async function strike(chosen: Strike, call: WireCall, socket: Socket): Promise<void> {
    let done: Promise<WireReply> | null = null;
    const passOn = (): Promise<WireReply> => (done ??= forward(target, call));
    const notePoured = (bytes: number): void => void (mostPoured = Math.max(mostPoured, bytes));
    await chosen.do({ call, socket, forward: passOn, earlier: [...earlier], trapUrl, wireUrl: wire.url, notePoured });
  }

  let server = createServer(onSocket);
  const port = await listen(server, 0, host);
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const wire: Wire = {
    url: `http://${host === '::1' ? '[::1]' : host}:${port}`,
    port,
    choose: () => null,
    trapped,
    mostPoured: () => mostPoured,
    hangUp,
    setListening: async (isListening) => {
      if (isListening === server.listening) return;
      if (!isListening) {
        const closed = once(server, 'close');
        server.close();
        hangUp();
        await closed;
      } else {
        server = createServer(onSocket);
        await listen(server, port, host);
      }
    },
    close: async () => {
      trap.close();
      server.close();
      hangUp();
    },
  };
  return wire;
}

/** Writes an answer as a good server would, with what is given instead. */
export function sendReply(socket: Socket, { status, type, body }: WireReply, headers: readonly string[] = []): void {
  const lines = [`HTTP/1.1 ${status} X`, `Content-Type: ${type}`, `Content-Length: ${body.length}`, ...headers];
  socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), body]));
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function readHead(
  bytes: Buffer,
): { readonly call: Omit<WireCall, 'body'>; readonly bytes: number; readonly length: number } | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return null;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const [verb = '', path = ''] = first.split(' ');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const name = /\/api\/([^?]*)/i.exec(path)?.[1] ?? path;
  const method = decodeURIComponent(name).toLowerCase().replaceAll('/', '.').split('.').slice(-2).join('.');
  return { call: { verb, path, method, headers }, bytes: end + 4, length: Number(headers['content-length'] ?? 0) };
}

async function forward(target: string, { verb, path, headers, body }: WireCall): Promise<WireReply> {
  const { host: _host, connection: _connection, 'accept-encoding': _encoding, ...kept } = headers;
  const request = httpRequest(`${target}${path}`, { method: verb, headers: kept, agent: false });
  // A line that breaks in the middle of a reply is told here too, after `once` has let go: the reader of the body throws.
  request.on('error', () => undefined);
  request.end(body);
  const [reply] = (await once(request, 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk as Buffer);
  return { status: reply.statusCode ?? 502, type: reply.headers['content-type'] ?? '', body: Buffer.concat(chunks) };
}
