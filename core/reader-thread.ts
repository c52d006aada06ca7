import { parentPort, workerData } from 'node:worker_threads';
import { openReader } from '../db/open-database.ts';
import { readerHandlers, type ReaderMethod } from './reader-handlers.ts';
import type { ReaderRequest, ReaderReply } from './reader.ts';

// Entry of the reader thread: long reads on a connection of its own, so that none stands before a scan.
const port = parentPort;
if (port === null) throw new Error('reader-thread runs in a worker');
const { read } = openReader((workerData as { readonly file: string }).file);

port.on('message', ({ id, method, input }: ReaderRequest) => {
  let reply: ReaderReply;
  try {
    reply = { id, result: run(method, input) };
  } catch (error) {
    reply = { id, thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  port.postMessage(reply);
});

port.postMessage({ isAwake: true } satisfies ReaderReply);

function run(method: ReaderMethod, input: unknown): unknown {
  // The core parsed the input with the contract before it sent it here.
  return readerHandlers[method](read, input as never);
}
