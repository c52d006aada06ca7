import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WireReply } from '../dialects/encode-reply.ts';
import { untilClosed } from './break-line.ts';
import type { FaultInjector, FaultTarget } from './fault-injector.ts';

/**
 * Brings a reply to the client, or not: late, never, cut off, half of it, a byte at a time, or with far too much.
 * `leave` opens the gate for the user's next call, at the last moment before the client can know the reply.
 */
export async function deliverReply(
  faults: FaultInjector,
  target: FaultTarget,
  answer: WireReply,
  { request, reply, leave }: { request: FastifyRequest; reply: FastifyReply; leave: () => void },
): Promise<FastifyReply> {
  const { socket } = request.raw;
  const slow = faults.strike('slow', target);
  if (slow !== undefined) await sleep(slow.ms, undefined, { ref: false });
  if (faults.strike('timeoutAfterCommit', target) !== undefined) {
    await untilClosed(socket);
    leave();
    return hangUp(reply, request);
  }
  if (faults.strike('dropReply', target) !== undefined) {
    leave();
    return hangUp(reply, request);
  }
  const isHalfOpen = faults.strike('halfOpen', target) !== undefined;
  const trickle = isHalfOpen ? undefined : faults.strike('trickle', target);
  const giant = isHalfOpen || trickle !== undefined ? undefined : faults.strike('giantBody', target);
  if (!isHalfOpen && trickle === undefined && giant === undefined) return send(reply, answer, leave);

  const bytes = Buffer.from(answer.text);
  reply.hijack();
  const { raw } = reply;
  const length = giant === undefined ? { 'content-length': bytes.length } : {};
  raw.writeHead(answer.status, { 'content-type': answer.type, ...length });
  if (isHalfOpen) {
    raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)));
    await untilClosed(socket);
  } else if (trickle !== undefined) {
    for (let at = 0; at < bytes.length && !socket.destroyed; at++) {
      // With the last byte the client knows the reply, and may call again at once.
      if (at === bytes.length - 1) leave();
      raw.write(bytes.subarray(at, at + 1));
      await sleep(trickle.ms, undefined, { ref: false });
    }
  } else {
    raw.write(bytes);
    await pour(raw, giant?.bytes ?? 0);
  }
  leave();
  raw.end();
  return reply;
}

/** Blanks after the JSON: still JSON for whoever reads it to the end. */
async function pour(raw: FastifyReply['raw'], bytes: number): Promise<void> {
  const chunk = Buffer.alloc(1024 * 1024, ' ');
  const left = new AbortController();
  raw.once('close', () => left.abort());
  for (let sent = 0; sent < bytes && !raw.destroyed; sent += chunk.length) {
    if (!raw.write(chunk)) await once(raw, 'drain', { signal: left.signal }).catch(() => undefined);
  }
}

function send(reply: FastifyReply, { status, type, text }: WireReply, leave: () => void): FastifyReply {
  leave();
  return reply.code(status).type(type).send(text);
}

function hangUp(reply: FastifyReply, { raw }: FastifyRequest): FastifyReply {
  reply.hijack();
  raw.socket.destroy();
  return reply;
}
