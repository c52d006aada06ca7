import fc from 'fast-check';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { serveSocket } from '../../core/serve-station.ts';
import type { Station } from '../../core/station.ts';
import { Finding, type Target } from './target.ts';
import { damages, wreck, type Damage } from './wreck.ts';

/*
 * The protocol of the command line on its real socket: lines of JSON, whole and spoilt, cut into packets anywhere. The
 * same conversation answers the window's channel.
 */

type Case = {
  readonly lines: readonly (
    | { readonly id: unknown; readonly method: string; readonly input: unknown; readonly damage: readonly Damage[] }
    | { readonly raw: string }
  )[];
  readonly cuts: readonly number[];
};

const HANG_MS = 10_000;
/** Beyond it the caller is cut off, by design. */
const LINE_LIMIT = 1024 * 1024;

const call = fc.record({
  id: fc.oneof(fc.nat(), fc.string(), fc.jsonValue({ maxDepth: 1 })),
  method: fc.oneof(
    fc.constantFrom('station.health', 'sale.current', 'payment.types', 'sale.get', 'constructor'),
    fc.string(),
  ),
  input: fc.oneof(fc.constant({}), fc.jsonValue({ maxDepth: 2 })),
  damage: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: damages }),
});
const raw = fc.record({
  raw: fc.oneof(
    fc.string({ maxLength: 80, unit: 'binary' }),
    fc.constantFrom(
      '',
      '{',
      '[]',
      'null',
      '"x"',
      '1e999',
      '{"id":1}',
      '\u0000',
      '['.repeat(5_000),
      `"${'x'.repeat(LINE_LIMIT + 9)}"`,
    ),
  ),
});

export async function createLinesTarget(station: Station, folder: string): Promise<Target> {
  const path = process.platform === 'win32' ? `\\\\.\\pipe\\station-fuzz-${process.pid}` : join(folder, 'fuzz.sock');
  const server = await serveSocket(station, path);
  return {
    name: 'lines',
    share: 1,
    values: fc.record({
      lines: fc.array(fc.oneof({ weight: 3, arbitrary: call }, { weight: 1, arbitrary: raw }), {
        minLength: 1,
        maxLength: 5,
      }),
      cuts: fc.array(fc.nat({ max: 400 }), { maxLength: 3 }),
    }),
    run: async (value) => {
      const { lines, cuts } = value as Case;
      const sent = lines.map((line) =>
        'raw' in line
          ? line.raw
          : (JSON.stringify(wreck({ id: line.id, method: line.method, input: line.input }, line.damage)) ?? ''),
      );
      const bytes = Buffer.from(`${sent.join('\n')}\n`, 'utf8');
      const replies = await converse(path, bytes, cuts);
      // Breaks of lines that a text of bytes may hold, as the reader of lines counts them.
      const isPlain = sent.every((line) => !/[\r\u2028\u2029\n]/.test(line) && Buffer.byteLength(line) < LINE_LIMIT);
      const expected = sent.filter((line) => line.trim() !== '').length;
      if (isPlain && replies.length !== expected)
        throw new Finding('wrong', `${replies.length} replies to ${expected} lines`);
      for (const reply of replies) {
        if (typeof reply.ok !== 'boolean') throw new Finding('wrong', `a reply ${JSON.stringify(reply).slice(0, 200)}`);
        if (reply.error?.code === 'internal') throw new Finding('internal', 'a bug answered a line');
      }
      return replies.some(({ ok }) => ok === true) ? 'ok' : 'refused';
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

type Reply = { readonly ok?: unknown; readonly error?: { readonly code?: unknown } };

/** Sends the bytes in packets and reads to the end; events and the greeting are left out. */
async function converse(path: string, bytes: Buffer, cuts: readonly number[]): Promise<readonly Reply[]> {
  const socket = connect({ path, allowHalfOpen: true });
  socket.on('error', () => socket.destroy());
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Finding('hang', 'the socket is not ended')), HANG_MS);
  });
  try {
    let at = 0;
    for (const cut of cuts.toSorted((a, b) => a - b)) {
      socket.write(bytes.subarray(at, Math.max(at, Math.min(cut, bytes.length))));
      at = Math.max(at, Math.min(cut, bytes.length));
    }
    socket.end(bytes.subarray(at));
    const said = await Promise.race([text(socket).catch(() => ''), late]);
    return said.split('\n').flatMap((line) => {
      if (line === '') return [];
      const message = parse(line);
      return 'id' in message ? [message] : [];
    });
  } finally {
    clearTimeout(timer);
    socket.destroy();
  }
}

/** Whoever is cut off reads half a line at the end. */
function parse(line: string): Reply {
  try {
    return JSON.parse(line) as Reply;
  } catch {
    return {};
  }
}
