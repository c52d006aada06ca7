import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync, gzipSync } from 'node:zlib';
import { deepJson, GIANT_BYTES, gzipBomb, pourBlanks, wideList } from './bodies.ts';
import { sendReply, type Exchange, type Strike, type WireReply } from './wire.ts';

const PORTAL = '<html><head><title>Wi-Fi</title></head><body><form action="/login">Faça o login</form></body></html>';
const html = (text = PORTAL): WireReply => ({ status: 200, type: 'text/html', body: Buffer.from(text) });
const head = (...lines: readonly string[]): string => `${lines.join('\r\n')}\r\n\r\n`;

/** Until whoever asked has gone; the line itself never ends it. */
const untilGone = async ({ socket }: Exchange): Promise<void> => {
  if (!socket.destroyed) await once(socket, 'close');
};

/** Sends what the ERP answered, packed or with other headers. */
async function dress(
  exchange: Exchange,
  headers: readonly string[],
  pack: (body: Buffer) => Buffer = (body) => body,
): Promise<void> {
  const reply = await exchange.forward();
  sendReply(exchange.socket, { ...reply, body: pack(reply.body) }, headers);
}

function redirect(status: number, to: (exchange: Exchange) => string): Strike['do'] {
  return (exchange) => {
    const { socket } = exchange;
    socket.write(head(`HTTP/1.1 ${status} Found`, `Location: ${to(exchange)}`, 'Content-Length: 0'));
  };
}

const elsewhere = ({ trapUrl, call }: Exchange): string => `${trapUrl}${call.path}`;
const itself = ({ wireUrl, call }: Exchange): string => `${wireUrl}${call.path}`;

/** Every revision number of an answer, moved. */
function moveCursor(by: (transId: number) => number): Strike['do'] {
  return async (exchange) => {
    const reply = await exchange.forward();
    const body = reply.body
      .toString('utf8')
      .replaceAll(/"trans_id":\s*"?(-?\d+)"?/g, (_all, id) => `"trans_id":${by(Number(id))}`);
    sendReply(exchange.socket, { ...reply, body: Buffer.from(body) });
  };
}

/** Everything that can be done to one call, by name. The ERP has done it where `forward` stands. */
const strikes: Readonly<Record<string, Strike['do']>> = {
  // The line breaks.
  resetAfterBody: async ({ forward, socket }) => {
    await forward();
    socket.resetAndDestroy();
  },
  resetBeforeErp: ({ socket }) => void socket.resetAndDestroy(),
  resetMidAnswer: async ({ forward, socket }) => {
    const { body, type } = await forward();
    socket.write(head('HTTP/1.1 200 OK', `Content-Type: ${type}`, `Content-Length: ${body.length}`));
    socket.write(body.subarray(0, body.length / 2));
    await sleep(20);
    socket.resetAndDestroy();
  },
  closedAfterBody: async ({ forward, socket }) => {
    await forward();
    socket.end();
  },
  // Nobody says anything.
  neverAnswers: untilGone,
  doneAndNeverAnswers: async (exchange) => {
    await exchange.forward();
    await untilGone(exchange);
  },
  headersOnly: async (exchange) => {
    const { body } = await exchange.forward();
    exchange.socket.write(head('HTTP/1.1 200 OK', 'Content-Type: application/json', `Content-Length: ${body.length}`));
    await untilGone(exchange);
  },
  slowLoris: async ({ forward, socket }) => {
    const { body } = await forward();
    socket.write(head('HTTP/1.1 200 OK', 'Content-Type: application/json', `Content-Length: ${body.length}`));
    for (let at = 0; at < body.length && !socket.destroyed; at += 1) {
      socket.write(body.subarray(at, at + 1));
      await sleep(1_000);
    }
  },
  // Too much, or too little.
  giantBody: async ({ forward, socket, notePoured }) => {
    await forward();
    socket.write(head('HTTP/1.1 200 OK', 'Content-Type: application/json', `Content-Length: ${GIANT_BYTES}`));
    notePoured(await pourBlanks(socket, GIANT_BYTES, false));
  },
  giantChunks: async ({ socket, notePoured }) => {
    socket.write(head('HTTP/1.1 200 OK', 'Content-Type: application/json', 'Transfer-Encoding: chunked'));
    notePoured(await pourBlanks(socket, GIANT_BYTES, true));
  },
  gzipBomb: async ({ socket }) =>
    sendReply(socket, { status: 200, type: 'application/json', body: await gzipBomb() }, ['Content-Encoding: gzip']),
  wideList: ({ socket }) =>
    sendReply(socket, { status: 200, type: 'application/json', body: wideList(400_000) }, ['Content-Encoding: gzip']),
  bracketList: ({ socket }) =>
    sendReply(socket, { status: 200, type: 'application/json', body: wideList(20_000_000) }, [
      'Content-Encoding: gzip',
    ]),
  deepJson: ({ socket }) =>
    sendReply(socket, { status: 200, type: 'application/json', body: deepJson(1_000_000) }, ['Content-Encoding: gzip']),
  truncatedBody: async ({ forward, socket }) => {
    const { body } = await forward();
    socket.write(head('HTTP/1.1 200 OK', 'Content-Type: application/json', `Content-Length: ${body.length + 500}`));
    socket.end(body);
  },
  empty200: async ({ forward, socket }) => {
    await forward();
    sendReply(socket, { status: 200, type: 'application/json', body: Buffer.alloc(0) });
  },
  noContent: async ({ forward, socket }) => {
    await forward();
    socket.write(head('HTTP/1.1 204 No Content'));
  },
  giantHeaders: ({ socket }) =>
    void socket.write(head('HTTP/1.1 200 OK', `X-Filler: ${'x'.repeat(200_000)}`, 'Content-Length: 0')),
  // Packed otherwise than was said.
  gzip: (exchange) => dress(exchange, ['Content-Encoding: gzip'], (body) => gzipSync(body)),
  deflate: (exchange) => dress(exchange, ['Content-Encoding: deflate'], (body) => deflateSync(body)),
  brokenGzip: (exchange) => dress(exchange, ['Content-Encoding: gzip'], (body) => gzipSync(body).subarray(0, 30)),
  gzipThatIsNone: (exchange) => dress(exchange, ['Content-Encoding: gzip']),
  unknownEncoding: (exchange) => dress(exchange, ['Content-Encoding: x-segredo'], () => randomBytes(200)),
  // Something else than was asked for.
  html200: ({ socket }) => sendReply(socket, html('<html><body>502 Bad Gateway</body></html>')),
  image200: ({ socket }) => sendReply(socket, { status: 200, type: 'image/png', body: randomBytes(4_000) }),
  jsonWithoutType: async ({ forward, socket }) => {
    const { body } = await forward();
    socket.write(head('HTTP/1.1 200 OK', `Content-Length: ${body.length}`));
    socket.write(body);
  },
  captivePortal: ({ socket }) => sendReply(socket, html()),
  captiveRedirect: redirect(302, ({ trapUrl }) => `${trapUrl}/portal/login`),
  redirectToItself: redirect(301, itself),
  redirect301: redirect(301, elsewhere),
  redirect302: redirect(302, elsewhere),
  redirect307: redirect(307, elsewhere),
  redirect308: redirect(308, elsewhere),
  previousAnswer: async ({ forward, earlier, socket, call }) => {
    const reply = await forward();
    sendReply(socket, earlier.find(({ method }) => method !== call.method) ?? reply);
  },
  previousOfSame: async ({ forward, earlier, socket, call }) => {
    const reply = await forward();
    sendReply(socket, earlier.find(({ method }) => method === call.method) ?? reply);
  },
  cursorBack: moveCursor((transId) => Math.max(0, transId - 1_000_000)),
  cursorForward: moveCursor((transId) => transId + 1_000_000),
  // HTTP as nobody should speak it.
  twoLengths: async ({ forward, socket }) => {
    const { body } = await forward();
    socket.write(head('HTTP/1.1 200 OK', `Content-Length: ${body.length}`, `Content-Length: ${body.length + 7}`));
    socket.write(body);
  },
  lengthAndChunks: async ({ forward, socket }) => {
    const { body } = await forward();
    socket.write(head('HTTP/1.1 200 OK', `Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'));
    socket.write(body);
  },
  chunkedGarbage: async ({ forward, socket }) => {
    await forward();
    socket.write(head('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked'));
    socket.write('zz\r\n{"value":[\r\n-5\r\n\r\n');
  },
  http10Close: async ({ forward, socket }) => {
    const { body } = await forward();
    socket.write(head('HTTP/1.0 200 OK', 'Content-Type: application/json'));
    socket.end(body);
  },
  continue100: async (exchange) => {
    exchange.socket.write(head('HTTP/1.1 100 Continue'));
    exchange.socket.write(head('HTTP/1.1 103 Early Hints', 'Link: </x>'));
    await dress(exchange, []);
  },
  nonsenseStatus: ({ socket }) => void socket.write(head('HTTP/1.1 999 Nada', 'Content-Length: 2') + '{}'),
  notHttp: ({ socket }) => void socket.end(randomBytes(300)),
  tlsInstead: ({ socket }) => void socket.end(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x46])),
  // The connection that is kept for the next call.
  closedWhileIdle: async (exchange) => {
    await dress(exchange, []);
    await sleep(5);
    exchange.socket.end();
  },
  resetWhileIdle: async (exchange) => {
    await dress(exchange, []);
    await sleep(5);
    exchange.socket.resetAndDestroy();
  },
  twoAnswers: async (exchange) => {
    await dress(exchange, []);
    sendReply(exchange.socket, html());
  },
  answerBeforeTheEnd: ({ socket }) => {
    socket.write(head('HTTP/1.1 503 Busy', 'Content-Length: 0', 'Connection: close'));
    socket.end();
  },
};

/** Of these the body has not been read when they strike. */
const AT_HEAD: ReadonlySet<string> = new Set(['answerBeforeTheEnd']);

/** Every fault of one call by its name. */
export const hostileStrikes: readonly Strike[] = Object.entries(strikes).map(([name, strike]) => ({
  name,
  ...(AT_HEAD.has(name) ? { when: 'head' as const } : {}),
  do: strike,
}));
