import { parseArgs } from 'node:util';
import { findMachineFault, type MachineFault } from '../db/machine-error.ts';
import type { ReadyMessage } from '../contract/station-api.ts';
import { systemClock } from './clock.ts';
import { systemRandom } from './random.ts';
import { serveLines, serveParent, serveSocket } from './serve-station.ts';
import { socketPath } from './socket-path.ts';
import { createSystemKeyStore } from './setup/key-store.ts';
import { startStation, type Station } from './station.ts';

/*
 * Entry of the station core: `main.js --data DIR [--stdio] [--call-timeout-ms N]`.
 * Forked with an IPC channel it answers there, with --stdio as JSON lines; it always listens on its socket.
 * STATION_KEY_STORE=off keeps passwords out of the system's key store: for tests, and where that makes trouble.
 * It ends in order when its parent's channel closes, on SIGTERM and on SIGINT.
 */

/** How the core ends; documented in the command line's help. */
const EXIT = { orderly: 0, bug: 1, usage: 2, locked: 3, newer: 4, storage: 7 } as const;
/** An ERP that answers later than this is taken as silent: the document is looked up by its key. */
const DEFAULT_CALL_TIMEOUT_MS = 15_000;
/** Time to end what is in flight before the process goes anyway: nothing acknowledged is lost by it. */
const STOP_TIMEOUT_MS = 5_000;

await run();

async function run(): Promise<void> {
  // Sales, CPFs and PIN hashes: whatever this process makes is for its own user alone.
  process.umask(0o077);
  const options = readOptions();
  if (options === null) return;
  // A parent may be gone before this core is ready: then it stops as soon as it has started. Its pipes break on what is
  // written to them, which is no bug of this core: its channel or the end of its lines is what stops it.
  let isParentGone = false;
  process.once('disconnect', () => (isParentGone = true));
  for (const pipe of [process.stdout, process.stderr]) pipe.on('error', () => undefined);
  let station: Station;
  try {
    station = await startStation({
      data: options.data,
      clock: systemClock,
      random: systemRandom,
      callTimeoutMs: options.callTimeoutMs,
      keyStore: process.env['STATION_KEY_STORE'] === 'off' ? null : createSystemKeyStore(),
      onStorageFailure: () => end(EXIT.storage),
    });
  } catch (error) {
    refuseToStart(error, options.stdio);
    return;
  }
  process.on('uncaughtException', (error) => crash(station, error));
  process.on('unhandledRejection', (error) => crash(station, error));
  const stop = stopOnce(station);
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const server = await serveSocket(station, socketPath(options.data));
  server.unref();
  if (isParentGone) stop();
  else if (process.send !== undefined) {
    process.on('disconnect', stop);
    serveParent(station, process);
  } else if (options.stdio) {
    await serveLines(station, process.stdin, process.stdout);
    stop();
  }
}

function readOptions(): { readonly data: string; readonly stdio: boolean; readonly callTimeoutMs: number } | null {
  const { values } = parseArgs({
    options: { data: { type: 'string' }, stdio: { type: 'boolean' }, 'call-timeout-ms': { type: 'string' } },
  });
  const callTimeoutMs = Number(values['call-timeout-ms'] ?? DEFAULT_CALL_TIMEOUT_MS);
  if (values.data === undefined || !Number.isInteger(callTimeoutMs) || callTimeoutMs < 50) {
    process.stderr.write('usage: main --data DIR [--stdio] [--call-timeout-ms N, at least 50]\n');
    process.exitCode = EXIT.usage;
    return null;
  }
  return { data: values.data, stdio: values.stdio === true, callTimeoutMs };
}

/**
 * Tells whoever started this core why it will not run; anything but a broken machine is a bug and crashes. A disk that may
 * only be read shows at the first write, when threads are there already: the process ends whatever still runs.
 */
function refuseToStart(error: unknown, stdio: boolean): void {
  const fault = findMachineFault(error);
  if (fault === null) throw error;
  const message: ReadyMessage = { ready: false, error: fault };
  if (process.send !== undefined) process.send(message, () => process.disconnect());
  else if (stdio) process.stdout.write(`${JSON.stringify(message)}\n`);
  else process.stderr.write(`${fault.code}: ${JSON.stringify(fault)}\n`);
  end(exitCodeOf(fault));
}

function exitCodeOf({ code }: MachineFault): number {
  switch (code) {
    case 'data_locked':
      return EXIT.locked;
    case 'database_newer':
      return EXIT.newer;
    case 'database_corrupt':
    case 'data_unwritable':
    case 'disk_full':
    case 'storage_failed':
      return EXIT.storage;
  }
}

function stopOnce(station: Station): () => void {
  let isStopping = false;
  return () => {
    if (isStopping) return;
    isStopping = true;
    end(EXIT.orderly, STOP_TIMEOUT_MS);
    void station.stop().then(() => process.exit(EXIT.orderly));
  };
}

/** A bug: told with its stack, then the process ends. Everything it knew is in the database. */
function crash(station: Station, error: unknown): void {
  station.logCrash(error);
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(EXIT.bug);
}

/** Ends the process after what is being answered has left. */
function end(code: number, afterMs = 200): void {
  process.exitCode = code;
  setTimeout(() => process.exit(code), afterMs).unref();
}
