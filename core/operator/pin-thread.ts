import { argon2Sync } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { PinHashing } from './pin.ts';

// One PIN on a thread of its own: why not on Node's own threads is in docs/decisions/0032.
const { algorithm, ...hashing } = workerData as PinHashing;
parentPort?.postMessage(argon2Sync(algorithm, hashing));
