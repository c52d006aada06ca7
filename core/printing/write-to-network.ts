import { connect, type Socket } from 'node:net';
import type { PrinterTrouble } from '../../contract/printing-api.ts';
import { networkWords } from '../network-words.ts';
import type { SendOutcome } from './send-bytes.ts';
import {
  findTrouble,
  isPaperEnd,
  isQueuedStatus,
  isRealTimeStatus,
  QUEUED_STATUS,
  REAL_TIME_STATUS,
} from './status-rules.ts';
import { codeOf } from './write-to-device.ts';

/** On a shop's own network a printer that is on answers at once. */
const CONNECT_MS = 3_000;
/** A printer that tells its status does it at once; many do not, and their paper must not wait for long. */
const STATUS_MS = 300;
/** The longest paper of a till comes out in less. */
const PRINT_MS = 15_000;
/** A printer that keeps the line open after the last byte has taken it all the same. */
const CLOSE_MS = 3_000;

/**
 *   connect --> ask status --answered--> trouble? --yes--> nothing was printed
 *                   |                       '--no--> write, ask "printed?" --answered--> printed
 *                   |                                                     '--silent----> may be out
 *                   '--silent--> write, close --closed in order--> printed
 *
 * A printer without a voice can only be believed: that its network part took the bytes is all that can be known.
 */
export async function writeToNetwork(
  { host, port }: { readonly host: string; readonly port: number },
  bytes: Uint8Array,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const line = createLine(connect({ host, port }), signal);
  let mayBeOut = false;
  try {
    if (!(await line.wait('connect', CONNECT_MS))) return failure('unreachable', networkWords('ETIMEDOUT'), false);
    line.write(REAL_TIME_STATUS);
    const status = await line.read(2, STATUS_MS);
    const hasVoice = status.length === 2 && status.every(isRealTimeStatus);
    const trouble = hasVoice ? findTrouble(status) : null;
    if (trouble !== null) return failure(trouble, '', false);
    mayBeOut = true;
    line.write(bytes);
    if (hasVoice) {
      line.write(QUEUED_STATUS);
      const [after] = await line.read(1, PRINT_MS);
      if (after === undefined || !isQueuedStatus(after)) return failure('not_confirmed', '', true);
      if (isPaperEnd(after)) return failure('paper_out', '', true);
      line.end();
      return { ok: true };
    }
    line.end();
    // Not all of it has even left this machine: the printer takes no more, which is how one without paper behaves.
    if (!(await line.wait('finish', PRINT_MS))) return failure('interrupted', networkWords('ETIMEDOUT'), true);
    await line.wait('close', CLOSE_MS);
    return { ok: true };
  } catch (error) {
    return failure(mayBeOut ? 'interrupted' : 'unreachable', networkWords(codeOf(error)), mayBeOut);
  } finally {
    line.destroy();
  }
}

function failure(code: PrinterTrouble['code'], text: string, mayBeOut: boolean): SendOutcome {
  return { ok: false, trouble: { code, text }, mayBeOut };
}

type Line = {
  /** Whether it came in time; throws what the line broke with. */
  readonly wait: (event: 'connect' | 'finish' | 'close', ms: number) => Promise<boolean>;
  /** What came of `count` bytes in time; throws what the line broke with. */
  readonly read: (count: number, ms: number) => Promise<number[]>;
  readonly write: (bytes: Uint8Array) => void;
  readonly end: () => void;
  readonly destroy: () => void;
};

/** A socket as something to wait for: errors are kept until somebody waits, so that none is unhandled. */
function createLine(socket: Socket, signal: AbortSignal): Line {
  const received: number[] = [];
  const seen = new Set<string>();
  let broken: Error | null = null;
  let wake = (): void => undefined;
  const abort = (): void => void socket.destroy(new Error('stopped'));
  signal.addEventListener('abort', abort);
  if (signal.aborted) abort();
  for (const event of ['connect', 'finish', 'close', 'end'] as const) {
    socket.on(event, () => {
      seen.add(event);
      wake();
    });
  }
  socket.on('error', (error) => {
    broken = error;
    wake();
  });
  socket.on('data', (chunk: Buffer) => {
    received.push(...chunk);
    wake();
  });
  async function until(isDone: () => boolean, ms: number): Promise<boolean> {
    const end = performance.now() + ms;
    for (;;) {
      if (broken !== null) throw broken;
      if (isDone()) return true;
      const left = end - performance.now();
      if (left <= 0) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }
  return {
    wait: (event, ms) => until(() => seen.has(event), ms),
    read: async (count, ms) => {
      // A printer that hangs up answers no more.
      await until(() => received.length >= count || seen.has('end') || seen.has('close'), ms);
      return received.splice(0, count);
    },
    write: (bytes) => void socket.write(bytes),
    end: () => void socket.end(),
    destroy: () => {
      signal.removeEventListener('abort', abort);
      socket.destroy();
    },
  };
}
