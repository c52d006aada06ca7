import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { readBackupFacts } from '../../db/backup-file.ts';
import { runCli, runCliJson } from '../support/run-cli.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { BARCODES, approve, sell, until } from '../support/spawn-station.ts';

/* Backups of a station that sells: a real core, its threads, real folders. */

// Large enough that a copy takes a while and can be killed half way.
const { station, data, crash } = useDemoTill({ products: 4000 });
const stick = `${data}-stick`;
const folder = join(data, 'backups');
const at = ['--data', data];
afterAll(() => rmSync(stick, { recursive: true, force: true }));

const finished = (where: string): string[] => readdirSync(where).filter((name) => name.endsWith('.db'));

describe('backups', () => {
  it('are made while selling goes on, and hold every sale that was complete when they began', async () => {
    const first = await sell(station, [BARCODES.tShirt]);
    const made = station.must('backup.now', {});
    const sold = [first];
    const ended = made.then(() => 'ended' as const);
    while ((await Promise.race([ended, Promise.resolve('running')])) === 'running')
      sold.push(await sell(station, [BARCODES.jeans]));
    const [place] = (await made).places;
    expect(place).toMatchObject({ state: 'ok', error: null });
    expect(sold.length).toBeGreaterThan(2);
    const facts = readBackupFacts(join(folder, place?.file ?? ''));
    expect(facts.sales).toBeGreaterThanOrEqual(1);
    expect(facts.sales).toBeLessThan(sold.length);
    expect(facts).toMatchObject({
      stationCode: 'E01', // The sales and the opening of the drawer.
      documents: facts.sales + 1,
      lastNumber: facts.sales,
    });
  });

  it('say that there is no second place, take one that is there, and refuse one that cannot help', async () => {
    expect((await station.must('backup.view', {})).places[1]).toMatchObject({ state: 'not_configured', folder: null });
    const wrong = await runCli(['backup', '--second', join(data, 'backups'), ...at]);
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toContain('M-020');
    expect((await runCliJson(['backup', '--second', stick, ...at])).reply.error).toMatchObject({
      code: 'backup_folder_unusable',
      folder: stick,
    });
    mkdirSync(stick);
    const { code, out } = await runCli(['backup', '--second', stick, ...at]);
    expect(code).toBe(0);
    expect(out).toMatch(new RegExp(`^segundo lugar +.* em ${stick}$`, 'm'));
    expect(finished(stick)).toHaveLength(1);
    const listed = await runCli(['backups', '--verify', ...at]);
    expect(listed.out.match(/conferida agora/g)).toHaveLength(finished(folder).length + 1);
    const without = await runCliJson(['backups', '--folder', stick, '--data', '/nowhere']);
    expect(without.reply.output).toMatchObject([{ place: 'folder', state: 'complete', stationCode: 'E01' }]);
    const checks = await station.must('station.doctor', {});
    expect(checks.filter(({ name }) => /c[óo]pia/i.test(name)).map(({ state }) => state)).toEqual(['ok', 'ok']);
  });

  it('warn of a stick that is out, sell on, and go on by themselves when it is in again', async () => {
    renameSync(stick, `${stick}-out`);
    await sell(station, [BARCODES.dress]);
    const [first, second] = (await station.must('backup.now', {})).places;
    expect(first).toMatchObject({ state: 'ok' });
    expect(second).toMatchObject({ state: 'failed', error: { code: 'place_missing' } });
    expect(existsSync(stick)).toBe(false);
    const checks = await station.must('station.doctor', {});
    expect(checks.find(({ name }) => name === 'Segunda cópia')).toMatchObject({ state: 'warning' });
    expect((await station.must('station.view', {})).backup.places[1]).toMatchObject({ state: 'failed' });
    expect((await runCli(['backup', ...at])).code).toBe(6);
    renameSync(`${stick}-out`, stick);
    expect((await station.must('backup.now', {})).places[1]).toMatchObject({ state: 'ok', newRecords: 0 });
  });

  it('follow the closing of the drawer', async () => {
    const approvalId = await approve(station, 'close_session');
    await station.must('cashSession.count', { commandId: randomUUID(), denominations: [], approvalId });
    const { closedAt } = await station.must('cashSession.close', { commandId: randomUUID(), floatLeftCents: 0 });
    const view = await until(
      () => station.must('backup.view', {}),
      ({ places }) => places.every(({ newRecords }) => newRecords === 0),
    );
    expect(view.places.map(({ state }) => state)).toEqual(['ok', 'ok']);
    const newest = readBackupFacts(join(folder, view.places[0]?.file ?? ''));
    expect(newest.newestAtMs).toBe(Date.parse(closedAt));
  });

  it('that are killed half way never count, and the next start makes a whole one', async () => {
    await station.must('cashSession.open', { commandId: randomUUID(), floatCents: 0 });
    const draft = await holdHalfWay();
    const before = finished(folder);
    // The power goes: for the core, and for the process that copies.
    await crash(() => {
      process.kill(copyingProcess(draft), 'SIGKILL');
      expect(finished(folder)).toEqual(before);
      expect(readdirSync(folder)).toContain(draft);
    });
    expect((await station.must('backup.view', {})).places[0]?.newRecords).toBeGreaterThan(0);
    expect((await station.must('backup.list', { verify: true })).map(({ state }) => state)).not.toContain('damaged');
    expect((await station.must('backup.now', {})).places[0]).toMatchObject({ state: 'ok', newRecords: 0 });
    expect(readdirSync(folder)).not.toContain(draft);
  });
});

/** Asks for a copy and halts the process that makes it while it has a draft; answers the draft's name. */
async function holdHalfWay(): Promise<string> {
  const draftOf = (): string | undefined => readdirSync(folder).find((name) => name.endsWith('.part'));
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const ended = Promise.allSettled([station.call('backup.now', {})]);
    while ((await Promise.race([ended, setImmediate('running')])) === 'running') {
      const draft = draftOf();
      if (draft !== undefined && signal(copyingProcess(draft), 'SIGSTOP')) {
        if (draftOf() === draft) return draft;
        signal(copyingProcess(draft), 'SIGCONT');
      }
    }
    await sell(station, [BARCODES.tShirt]);
  }
  throw new Error('ten copies were whole before they could be halted');
}

/** As the draft's name tells it. */
function copyingProcess(draft: string): number {
  return Number(/^\.[0-9a-f]{8}\.(\d+)\.part$/.exec(draft)?.[1]);
}

/** False when the process is gone. */
function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
