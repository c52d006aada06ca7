import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatBackupName, parseBackupName } from '../../../core/backup/backup-name-rules.ts';
import { findSurplus, RETENTION, type KeptBackup } from '../../../core/backup/retention-rules.ts';

const HOUR_MS = 3_600_000;
const START_MS = Date.UTC(2026, 10, 1, 0, 30);
const backupAt = (hour: number, bytes = 1): KeptBackup => ({
  name: `at hour ${hour}`,
  madeAtMs: START_MS + hour * HOUR_MS,
  bytes,
});
const hoursOf = (backups: readonly KeptBackup[]): number[] =>
  backups.map(({ madeAtMs }) => (madeAtMs - START_MS) / HOUR_MS);

describe('the name of a backup', () => {
  it('says when, whose and what, and is read back', () => {
    const name = {
      stationCode: 'E01',
      installation: '1a2b3c4d',
      madeAtMs: 1_795_311_154_000,
      hash: '0011223344556677',
    };
    expect(formatBackupName(name)).toBe('E01-1a2b3c4d-20261122T013234Z-0011223344556677.db');
    expect(parseBackupName(formatBackupName(name))).toEqual(name);
    expect(parseBackupName(formatBackupName({ ...name, stationCode: null }))?.stationCode).toBeNull();
  });

  it.each(['.1a2b3c4d.part', 'before-migration-from-1-station.db', 'E01-1a2b3c4d-20261122T013234Z-0011.db', 'x', ''])(
    'is not that of %s',
    (name) => {
      expect(parseBackupName(name)).toBeNull();
    },
  );
});

describe('retention', () => {
  it('keeps one of each of the last 24 hours and 14 days of an always open store', () => {
    const month = Array.from({ length: 30 * 24 }, (_, hour) => backupAt(hour));
    const surplus = new Set(findSurplus(month));
    const kept = hoursOf(month.filter((backup) => !surplus.has(backup)));
    const lastDay = Array.from({ length: 24 }, (_, index) => 30 * 24 - 24 + index);
    const lastOfDays = Array.from({ length: 14 }, (_, index) => (30 - 14 + index) * 24 + 23);
    expect(kept).toEqual([...new Set([...lastOfDays, ...lastDay])].toSorted((a, b) => a - b));
  });

  it('counts hours and days that have a backup: a holiday takes nothing away', () => {
    const beforeAndAfter = [backupAt(0), backupAt(30 * 24), backupAt(60 * 24)];
    expect(findSurplus(beforeAndAfter)).toEqual([]);
  });

  it('keeps within its size, the newest whatever it weighs, and lets the oldest go first', () => {
    const third = RETENTION.maximumBytes / 3;
    expect(hoursOf(findSurplus([0, 1, 2, 3, 4].map((hour) => backupAt(hour, third))))).toEqual([0, 1]);
    expect(findSurplus([backupAt(0, RETENTION.maximumBytes * 2)])).toEqual([]);
  });

  it('never gives up the newest and never keeps more than it says', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 200 }), (hours) => {
        const backups = hours.map((hour) => backupAt(hour));
        const surplus = findSurplus(backups);
        expect(hoursOf(surplus)).not.toContain(Math.max(...hours));
        expect(backups.length - surplus.length).toBeLessThanOrEqual(RETENTION.hours + RETENTION.days);
        expect(findSurplus(backups.filter((backup) => !surplus.includes(backup)))).toEqual([]);
      }),
    );
  });
});
