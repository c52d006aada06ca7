import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSeededRandom } from '../../scripts/demo/seeded-random.ts';
import { startSandbox } from '../sandbox/support.ts';
import { createJournal, type Journal } from './journal.ts';
import type { RecordOptions } from './recorded-core.ts';
import { startRecordedTill } from './recorded-till.ts';
import type { Operation } from './read-trace.ts';
import { workAtTheTill } from './till-work.ts';

/** What a session did to its folder, in order, and what was said to whoever stood there. */
export type Recording = { readonly operations: readonly Operation[]; readonly journal: Journal };

export type SessionOptions = {
  readonly seed: number;
  /** Things done at the till between the other events. */
  readonly steps: number;
  /** The real program unless a control plants something. */
  readonly program?: RecordOptions['program'];
  /** The sync of the first core that the disk refuses; null: none. */
  readonly failingSync?: number | null;
};

/**
 * A session of real work with the real core, the real file and the real sandbox, under strace: first start, enrolment,
 * work, a backup, a checkpoint after which the log begins anew, an orderly restart, a kill, the drawer's count.
 */
export async function recordSession({
  seed,
  steps,
  program = {},
  failingSync = null,
}: SessionOptions): Promise<Recording> {
  const folder = mkdtempSync(join(tmpdir(), 'power-loss-'));
  const journal = createJournal();
  mkdirSync(join(folder, 'erp'));
  const server = await startSandbox(join(folder, 'erp'));
  try {
    const till = await startRecordedTill(folder, journal, { program, failingSync });
    await workAtTheTill({ till, server, random: createSeededRandom(seed), steps });
    await till.stop();
    return { operations: till.operations(), journal };
  } finally {
    await server.end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }
}
