import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { networkWords } from '../network-words.ts';
import type { SendOutcome } from './send-bytes.ts';

/** A device that takes nothing for so long is off, or out of paper. */
const STALL_MS = 8_000;
const POLL_MS = 100;

/**
 * Writes to a device or a file that is there: `/dev/usb/lp0` that is made by writing to it would be a plain file which
 * swallows every paper. A printer that is out of paper blocks its writer for ever; with `O_NONBLOCK` it says so instead.
 */
export async function writeToDevice(path: string, bytes: Uint8Array, signal: AbortSignal): Promise<SendOutcome> {
  let written = 0;
  let handle: FileHandle;
  try {
    // Undefined on Windows, where a share or a port takes its bytes when it can.
    handle = await open(path, constants.O_WRONLY | constants.O_APPEND | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = codeOf(error);
    return { ok: false, trouble: { code: 'no_device', text: deviceWords(code) }, mayBeOut: false };
  }
  try {
    let movedAt = performance.now();
    while (written < bytes.length) {
      if (signal.aborted || performance.now() - movedAt > STALL_MS)
        return { ok: false, trouble: { code: 'interrupted', text: '' }, mayBeOut: written > 0 };
      const count = await writeSome(handle, bytes.subarray(written));
      if (count > 0) movedAt = performance.now();
      else await sleep(POLL_MS);
      written += count;
    }
    return { ok: true };
  } catch (error) {
    return { ok: false, trouble: { code: 'interrupted', text: deviceWords(codeOf(error)) }, mayBeOut: written > 0 };
  } finally {
    await handle.close().catch(() => undefined);
  }
}

async function writeSome(handle: FileHandle, bytes: Uint8Array): Promise<number> {
  try {
    return (await handle.write(bytes)).bytesWritten;
  } catch (error) {
    if (codeOf(error) === 'EAGAIN') return 0;
    throw error;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'não existe',
  ENXIO: 'não está ligada',
  ENODEV: 'não está ligada',
  EACCES: 'sem permissão de escrita',
  EPERM: 'sem permissão de escrita',
  EISDIR: 'é uma pasta',
  EBUSY: 'em uso por outro programa',
  EIO: 'falha de comunicação',
  ENOSPC: 'sem papel',
};

/** What the system said of a device, for people. */
export function deviceWords(code: string): string {
  return WORDS[code] ?? networkWords(code);
}

/** `ENOENT` of an error of the system; empty of any other. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
