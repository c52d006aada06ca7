import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSeededRandom } from '../../scripts/demo/seeded-random.ts';
import { startSandbox } from '../sandbox/support.ts';
import { createJournal, type Journal } from './journal.ts';
import { recordCore, REAL_CORE, type RecordedCore } from './recorded-core.ts';
import { workAtTheTill } from './till-work.ts';
import type { Operation } from './read-trace.ts';

/** What a session did to its folder, in order, and what was said to whoever stood there. */
export type Recording = { readonly operations: readonly Operation[]; readonly journal: Journal };

export type SessionOptions = {
  readonly seed: number;
  /** Things done at the till between the other events. */
  readonly steps: number;
  readonly program?: readonly string[];
};

/**
 * A session of real work with the real core, the real file and the real sandbox, under strace: first start, enrolment,
 * work, a backup, a checkpoint after which the log begins anew, an orderly restart, a kill, the drawer's count.
 */
export async function recordSession({ seed, steps, program = REAL_CORE }: SessionOptions): Promise<Recording> {
  const random = createSeededRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), 'power-loss-'));
  const journal = createJournal();
  const cores: RecordedCore[] = [];
  const start = async (): Promise<RecordedCore> => {
    const run = cores.length;
    const core = await recordCore(folder, journal, { run, trace: join(folder, `${run}.trace`), program });
    cores.push(core);
    return core;
  };
  mkdirSync(join(folder, 'erp'));
  const sandbox = await startSandbox(join(folder, 'erp'));
  try {
    await workAtTheTill({ start, server: sandbox, random, steps });
    return { operations: cores.flatMap((core) => core.operations()), journal };
  } finally {
    await sandbox.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}
