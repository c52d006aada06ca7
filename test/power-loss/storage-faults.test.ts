import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFaultySession } from './faults/faulty-session.ts';
import type { Fault } from './faults/faulty-core.ts';
import { prepareTill, type PreparedTill } from './faults/prepared-till.ts';

/* Disks that fail under the running core: a sample of `npm run power-loss -- --faults` (docs/power-loss.md). */

let till: PreparedTill;
beforeAll(async () => {
  till = await prepareTill();
});
afterAll(() => till.remove());

const always = { isSticky: true, file: null } as const;
const once = { isSticky: false, file: null } as const;

/** What becomes of the core: it goes on and refuses, it ends and another one takes over. */
const goesOn = { endings: 0 };
const ends = { endings: 1 };

const cases: readonly (readonly [string, Fault, object])[] = [
  // In the log alone: what a start moves into the file before it goes first is no command's.
  [
    'no room for one write',
    { call: 'pwrite64', error: 'ENOSPC', nth: 40, isSticky: false, file: 'station.db-wal' },
    { ...goesOn, refused: 1 },
  ],
  ['no room until somebody makes some', { call: 'pwrite64', error: 'ENOSPC', nth: 150, ...always }, goesOn],
  ['a write that fails', { call: 'pwrite64', error: 'EIO', nth: 120, ...once }, ends],
  ['a disk that may only be read from here on', { call: 'pwrite64', error: 'EROFS', nth: 60, ...always }, ends],
  // SQLite then opens for reading alone, and it is the first write that says so: before the core is composed, or in it.
  ['a file that may only be read', { call: 'openat', error: 'EROFS', nth: 4, ...once }, ends],
  ['a log that may only be read', { call: 'openat', error: 'EROFS', nth: 6, ...once }, ends],
  ['a sync that fails once', { call: 'fsync', error: 'EIO', nth: 7, ...once }, ends],
  ['no sync from here on', { call: 'fsync', error: 'EIO', nth: 12, ...always }, ends],
  [
    'no room to move the log into the file',
    { call: 'pwrite64', error: 'ENOSPC', nth: 1, isSticky: true, file: 'station.db' },
    { ...goesOn, refused: 0 },
  ],
  [
    'a file that fails while the log is moved',
    { call: 'fsync', error: 'EIO', nth: 1, isSticky: true, file: 'station.db' },
    ends,
  ],
];

// strace is Linux's; what the core makes of an error is the same everywhere.
describe.runIf(process.platform === 'linux')('a disk with', () => {
  it.each(cases)('%s: refused in words, nothing lost, nothing twice', async (_, fault, expected) => {
    const result = await till.inCopy((folder, before) => runFaultySession(folder, fault, before));
    expect(result.findings).toEqual([]);
    expect(result.faults).toBeGreaterThan(0);
    expect(result).toMatchObject(expected);
  });
});
