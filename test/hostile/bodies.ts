import { createGzip, gzipSync } from 'node:zlib';
import type { Socket } from 'node:net';

/* Answers that are too much: more bytes than a till has memory for, sent without having them here either. */

const MIB = 1024 * 1024;
/** A catalogue of 400,000 SKUs is 64 MB: several times that. */
export const GIANT_BYTES = 400 * MIB;

/** Writes `bytes` blanks as fast as the other side takes them; ends when it goes away. Answers how many it took. */
export async function pourBlanks(socket: Socket, bytes: number, chunked: boolean): Promise<number> {
  const block = Buffer.alloc(MIB, 0x20);
  const framed = chunked ? Buffer.concat([Buffer.from(`${MIB.toString(16)}\r\n`), block, Buffer.from('\r\n')]) : block;
  let sent = 0;
  for (; sent < bytes && !socket.destroyed; sent += MIB) {
    if (!socket.write(framed)) await drained(socket);
  }
  return sent;
}

let bomb: Buffer | null = null;

/** Half a megabyte that is 600 MB of blanks when it is unpacked. */
export async function gzipBomb(): Promise<Buffer> {
  if (bomb !== null) return bomb;
  const gzip = createGzip({ level: 9 });
  const chunks: Buffer[] = [];
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk));
  const block = Buffer.alloc(MIB, 0x20);
  for (let made = 0; made < 600; made += 1)
    if (!gzip.write(block)) await new Promise((resolve) => gzip.once('drain', resolve));
  await new Promise<void>((resolve) => gzip.end(resolve));
  bomb = Buffer.concat(chunks);
  return bomb;
}

/** A list of so many rows that there is nothing in any of them. */
export function wideList(rows: number): Buffer {
  return gzipSync(`{"value":[${'{},'.repeat(rows - 1)}{}]}`);
}

/** Deeper than any reader that calls itself would go. */
export function deepJson(depth: number): Buffer {
  return gzipSync(`{"value":${'['.repeat(depth)}${']'.repeat(depth)}}`);
}

function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      socket.off('drain', done);
      socket.off('close', done);
      resolve();
    };
    socket.once('drain', done);
    socket.once('close', done);
  });
}
