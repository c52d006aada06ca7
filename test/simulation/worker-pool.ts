import { fork, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectFolder } from '../../scripts/resolve-electron.ts';
import { brokenResult, type SeedResult } from './run-seed.ts';

export type WorkerOrder = { readonly seed: number; readonly isTraced: boolean };
/** What a worker tells; `broke` is its last word. */
export type WorkerReply =
  | { readonly kind: 'ready' }
  | { readonly kind: 'ran'; readonly result: SeedResult; readonly lines: readonly string[] }
  | { readonly kind: 'broke'; readonly seed: number; readonly text: string };

/** A seed as it ended. */
export type Ran = { readonly result: SeedResult; readonly lines: readonly string[] };

/** A day takes a tenth of a second; one that takes this long of a busy machine does not end. */
const LONGEST_SEED_MS = 180_000;
/** A process begins anew after so many: what it holds on to does not add up over a night. */
const SEEDS_OF_A_PROCESS = 3_000;

/** Runs what `next` gives out (null: nothing more) in `jobs` processes and tells each seed as it ends, in any order. */
export async function runInWorkers(options: {
  readonly jobs: number;
  readonly plant: string | null;
  readonly isTraced: boolean;
  readonly next: () => number | null;
  readonly onRan: (seed: number, ran: Ran) => void;
}): Promise<void> {
  let order: number | null = null;

  async function serve(): Promise<void> {
    for (order = options.next(); order !== null; order = options.next()) {
      const first = order;
      await runProcess(first);
    }
  }

  /** One process, from its first seed until there is nothing more, it has run enough, or it broke. */
  function runProcess(first: number): Promise<void> {
    const worker = startWorker(options.plant);
    let seed = first;
    let count = 0;
    let words: string | null = null;
    let isDone = false;
    let watch = setTimeout(() => undefined, 0);
    const give = (): void => {
      clearTimeout(watch);
      watch = setTimeout(() => {
        words = `did not end in ${LONGEST_SEED_MS / 1000} s`;
        worker.kill('SIGKILL');
      }, LONGEST_SEED_MS);
      worker.send({ seed, isTraced: options.isTraced } satisfies WorkerOrder);
    };
    worker.on('message', (reply: WorkerReply) => {
      if (reply.kind === 'ready') return give();
      if (reply.kind === 'broke') {
        words = `the process broke: ${reply.text}`;
        return;
      }
      options.onRan(seed, reply);
      count += 1;
      const following = count < SEEDS_OF_A_PROCESS ? options.next() : null;
      if (following === null) {
        isDone = true;
        worker.disconnect();
        return;
      }
      seed = following;
      give();
    });
    return new Promise((resolve) => {
      worker.on('exit', (code) => {
        clearTimeout(watch);
        const finding = words ?? `the process ended with ${code}`;
        if (!isDone) options.onRan(seed, { result: brokenResult(seed, finding), lines: [] });
        resolve();
      });
    });
  }

  await Promise.all(Array.from({ length: options.jobs }, serve));
}

function startWorker(plant: string | null): ChildProcess {
  const file = join(projectFolder, 'test', 'simulation', 'simulation-worker.ts');
  return fork(file, plant === null ? [] : [plant], {
    // Days make much that is soon forgotten: a larger nursery spares the collector a tenth of the time.
    execArgv: ['--max-semi-space-size=64'],
    serialization: 'json',
    // Reading the sources is two thirds of what a process costs that runs one seed.
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'station-simulation-code') },
  });
}
