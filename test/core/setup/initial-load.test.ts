import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../core/clock.ts';
import type { Remote, RemoteFailure } from '../../../core/connectors/connector.ts';
import {
  createInitialLoad,
  prepareLoadSteps,
  type InitialLoad,
  type LoadStep,
} from '../../../core/setup/initial-load.ts';
import type { Database } from '../../../db/database-types.ts';
import { openDatabase } from '../../../db/open-database.ts';
import { temporaryData } from '../../support/spawn-station.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined, close: () => undefined };
const away: RemoteFailure = { class: 'transient', text: 'sem rota', method: 'x' };
const wrong: RemoteFailure = { class: 'password', text: 'Senha inválida', method: 'x' };

/** A clock that stands still until somebody sleeps, and then is where it wanted to be. */
function fakeClock(log: string[]): Clock & { readonly naps: string[] } {
  let now = 0;
  const naps: string[] = [];
  return {
    naps,
    nowMs: () => 1_700_000_000_000 + now,
    monotonicMs: () => now,
    sleep: async (ms, signal) => {
      // A throttled view waits at most 200 ms; longer waits are those of the load itself.
      if (ms > 200) log.push(`wait ${ms}`);
      await new Promise((resolve) => setImmediate(resolve));
      if (signal?.aborted !== true) now += ms;
    },
  };
}

let data: ReturnType<typeof temporaryData>;
let db: Database;
let log: string[];
let load: InitialLoad;
/** What each step answers, call after call; a step that is not named brings 3 rows. */
let answers: Partial<Record<LoadStep, Remote<number>[]>>;

/** What a step throws that would have failed. */
let brokenDisk: Error | null;

function openLoad(): InitialLoad {
  return createInitialLoad({
    db,
    clock: fakeClock(log),
    log: silent,
    openSource: async () => ({
      pull: async (step, onRows) => {
        const answer = answers[step]?.shift() ?? { ok: true, value: 3 };
        log.push(`${step} ${answer.ok ? answer.value : answer.failure.class}`);
        if (brokenDisk !== null && !answer.ok) throw brokenDisk;
        if (answer.ok) onRows(answer.value);
        return answer;
      },
      close: async () => void log.push('close'),
    }),
    onBroken: (error) => void log.push(String(error)),
    onChange: () => undefined,
    onComplete: () => void log.push('complete'),
  });
}

beforeEach(() => {
  data = temporaryData();
  db = openDatabase(join(data.path, 'station.db'), { nowMs: () => 0, newId: () => 'installation' });
  db.write((tx) => prepareLoadSteps(tx));
  log = [];
  answers = {};
  brokenDisk = null;
  load = openLoad();
});
afterEach(async () => {
  await load.stop();
  db.close();
  data.remove();
});

const failed = (failure: RemoteFailure): Remote<number> => ({ ok: false, failure });
const ALL =
  'station branch operators salespeople payment_types payment_terms financial_reasons promotions customers products prices stock'.split(
    ' ',
  );

describe('the initial load', () => {
  it('brings every register in its order and is then complete', async () => {
    await load.run();
    expect(log).toEqual([...ALL.map((step) => `${step} 3`), 'close', 'complete']);
    expect(load.view()).toMatchObject({ state: 'done', startedAt: null });
    expect(load.isComplete()).toBe(true);
  });

  it('waits a little and asks the same step again when the link is shaky', async () => {
    answers = { products: [failed(away), failed(away)] };
    await load.run();
    const products = log.slice(log.indexOf('products transient'), log.indexOf('prices 3'));
    expect(products).toEqual(['products transient', 'wait 500', 'products transient', 'wait 1000', 'products 3']);
    expect(load.view().state).toBe('done');
  });

  it('goes on by itself when the server was away for longer', async () => {
    answers = { products: [failed(away), failed(away), failed(away), failed(away)] };
    await load.run();
    expect(load.view().state).toBe('failed');
    expect(load.view().steps.find((step) => step.step === 'products')).toMatchObject({
      state: 'failed',
      error: 'sem rota',
    });
    await expect.poll(() => load.view().state).toBe('done');
    expect(log).toContain('wait 30000');
    // What was done before is not done again.
    expect(log.filter((line) => line.startsWith('operators'))).toHaveLength(1);
  });

  it('waits some seconds for a licence, five times, and a minute for a login that somebody else holds', async () => {
    const busy: RemoteFailure = { class: 'busy', text: 'sem licença', method: 'x' };
    answers = { operators: Array.from({ length: 5 }, () => failed(busy)) };
    await load.run();
    expect(log.filter((line) => line === 'wait 4000')).toHaveLength(4);
    expect(load.view().state).toBe('failed');
    await expect.poll(() => load.view().state).toBe('done');
    expect(log).toContain('wait 30000');

    db.write((tx) => prepareLoadSteps(tx));
    log.length = 0;
    answers = { operators: [failed({ ...busy, isSessionTaken: true })] };
    const next = openLoad();
    await next.run();
    await expect.poll(() => next.view().state).toBe('done');
    expect(log.filter((line) => line.startsWith('wait'))).toEqual(['wait 60000']);
    await next.stop();
  });

  it('waits for a person when the password is wrong', async () => {
    answers = { operators: [failed(wrong)] };
    await load.run();
    expect(load.view()).toMatchObject({ state: 'failed' });
    expect(log.at(-1)).toBe('close');
    expect(log.some((line) => line.startsWith('wait'))).toBe(false);
    await load.run();
    expect(load.view().state).toBe('done');
  });

  it('goes on with the step it was killed in, and shows that it waits until then', async () => {
    answers = { prices: [failed(wrong)] };
    await load.run();
    const next = openLoad();
    expect(next.view().steps.map((step) => step.state)).toEqual([
      ...Array(ALL.length - 2).fill('done'),
      'failed',
      'waiting',
    ]);
    log.length = 0;
    await next.run();
    expect(log).toEqual(['prices 3', 'stock 3', 'close', 'complete']);
    await next.stop();
  });

  it('is run once however many ask for it', async () => {
    await Promise.all([load.run(), load.run(), load.run()]);
    expect(log.filter((line) => line === 'close')).toHaveLength(1);
    await load.run();
    expect(log.filter((line) => line === 'close')).toHaveLength(1);
  });

  it('stops between two steps and starts nothing after', async () => {
    const running = load.run();
    await load.stop();
    await running;
    expect(log).toEqual(['station 3', 'close']);
    await load.run();
    expect(log).toHaveLength(2);
  });
});

it('a run that nobody waits for tells what broke it', async () => {
  const away = failed({ class: 'transient', text: 'away', method: 'm' });
  answers = { station: [away, away, away, away, away] };
  await load.run();
  brokenDisk = new Error('disk I/O error');
  await expect.poll(() => log).toContain('Error: disk I/O error');
});
