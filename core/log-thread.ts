import { parentPort, workerData } from 'node:worker_threads';
import { findMachineFault } from '../db/machine-error.ts';
import { openLogMover } from '../db/move-log.ts';
import type { LogThreadReply } from './checkpoints.ts';

/** What is written while the first pass moves a long log is short, and what is written while that is moved is shorter. */
const PASSES = 4;

// Entry of the thread that moves the log while a station never rests.
const port = parentPort;
if (port === null) throw new Error('log-thread runs in a worker');
const mover = openLogMover(workerData as string);

port.on('message', () => port.postMessage(move()));

function move(): LogThreadReply {
  try {
    let left = mover.move();
    for (let pass = 1; pass < PASSES && left > 0; pass += 1) left = mover.move();
    return { left };
  } catch (error) {
    return { fault: findMachineFault(error), text: String(error) };
  }
}
