import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBackups, type Backups } from '../../../core/backup/backups.ts';
import type { MakeBackupJob } from '../../../core/backup/make-backup.ts';
import type { RunBackupJob } from '../../../core/backup/run-backup-job.ts';
import { appendAudit } from '../../../core/audit/audit.ts';
import { NO_LEAVE_NEEDED } from '../../../core/operator/administer.ts';
import { findAuditHead } from '../../../db/audit-queries.ts';
import type { Database } from '../../../db/database-types.ts';
import { openDatabase } from '../../../db/open-database.ts';
import { temporaryData } from '../../support/spawn-station.ts';
import { createFakeClock, quietLog, settle, type FakeClock } from '../sync/support.ts';

/* When backups are made: fake time, a real database, and jobs that are written down instead of run. */

const MINUTE_MS = 60_000;
let data: ReturnType<typeof temporaryData>;
let db: Database;
let clock: FakeClock;
let backups: Backups;
let lines: string[];
let failing: Set<string>;

const runJob: RunBackupJob = async (job) => {
  if (job.kind !== 'make') return null as never;
  const { place } = job as MakeBackupJob;
  const minute = Math.round(clock.monotonicMs() / MINUTE_MS);
  const isFailing = failing.has(place);
  lines.push(`${minute} min ${place}${isFailing ? ' fails' : ''}`);
  if (isFailing) return { ok: false, failure: { code: 'place_missing', text: 'out' } } as never;
  const facts = { auditSequence: findAuditHead(db.read).sequence };
  return { ok: true, file: 'a.db', madeAtMs: clock.nowMs(), bytes: 1, facts } as never;
};

/** Something happens at the till. */
function happen(): void {
  db.write((tx) => appendAudit(tx, { atMs: 1, operatorCode: null, action: 'x', subjectId: null }));
}

function start(): void {
  backups = createBackups({
    data: data.path,
    db,
    clock,
    log: quietLog,
    runJob,
    onStorageFailure: (error) => {
      throw error;
    },
    onChange: () => undefined,
  });
  backups.start();
}

beforeEach(() => {
  data = temporaryData();
  db = openDatabase(join(data.path, 'station.db'), { nowMs: () => 1, newId: () => 'installation' });
  clock = createFakeClock();
  lines = [];
  failing = new Set();
  start();
});
afterEach(async () => {
  await backups.stop();
  db.close();
  data.remove();
});

describe('backups', () => {
  it('follow each hour in which something happened, and no other', async () => {
    await clock.advance(10 * MINUTE_MS);
    expect(lines).toEqual([]);
    happen();
    await clock.advance(300 * MINUTE_MS);
    expect(lines).toEqual(['61 min first']);
    happen();
    await clock.advance(60 * MINUTE_MS);
    happen();
    await clock.advance(60 * MINUTE_MS);
    expect(lines).toEqual(['61 min first', '361 min first', '421 min first']);
  });

  it('are made in the second place as soon as it is chosen, and its absence delays nothing', async () => {
    happen();
    await clock.advance(2 * MINUTE_MS);
    expect((await backups.handlers['backup.configure']({ secondFolder: '/elsewhere' }, NO_LEAVE_NEEDED)).ok).toBe(true);
    failing.add('second');
    await clock.advance(25 * MINUTE_MS);
    expect(lines).toEqual(['1 min first', '2 min second fails', '12 min second fails', '22 min second fails']);
    expect(backups.view().places[1]).toMatchObject({ state: 'failed', error: { code: 'place_missing' } });
    failing.clear();
    await clock.advance(10 * MINUTE_MS);
    expect(lines.at(-1)).toBe('32 min second');
    expect(backups.view().places[1]).toMatchObject({ state: 'ok', error: null });
  });

  it('follow the closing of a drawer at once', async () => {
    happen();
    await clock.advance(2 * MINUTE_MS);
    happen();
    backups.noteDecided('sale.complete');
    await clock.advance(5 * MINUTE_MS);
    expect(lines).toEqual(['1 min first']);
    backups.noteDecided('cashSession.close');
    await settle();
    expect(lines).toEqual(['1 min first', '7 min first']);
  });

  it('count the hour over starts of the program, and do not wait for ever after a clock that went back', async () => {
    happen();
    await clock.advance(2 * MINUTE_MS);
    happen();
    await backups.stop();
    start();
    await clock.advance(30 * MINUTE_MS);
    expect(lines).toEqual(['1 min first']);
    await backups.stop();
    clock.jumpWall(-86_400_000);
    start();
    await clock.advance(2 * MINUTE_MS);
    expect(lines).toEqual(['1 min first', '33 min first']);
  });

  it('say when one is old, and only when something happened since', async () => {
    happen();
    await clock.advance(2 * MINUTE_MS);
    await clock.advance(600 * MINUTE_MS);
    expect(backups.view().places[0]).toMatchObject({ state: 'ok', newRecords: 0 });
    await backups.stop();
    happen();
    expect(backups.view().places[0]).toMatchObject({ state: 'old', newRecords: 1 });
  });
});
