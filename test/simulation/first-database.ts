import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../core/clock.ts';
import { createMillenniumConnector } from '../../core/connectors/millennium/millennium-connector.ts';
import { LOAD_STEPS, prepareLoadSteps } from '../../core/setup/initial-load.ts';
import { PACE } from '../../core/sync/apply-in-slices.ts';
import { createInbox } from '../../core/sync/inbox.ts';
import { openDatabase } from '../../db/open-database.ts';
import { insertEnrolment, saveLoadStep } from '../../db/setup-queries.ts';
import { createSeededRandom } from '../../scripts/demo/seeded-random.ts';
import { CONSUMER, createErpState, type StationCode } from './erp-state.ts';
import { createModelErp } from './model-erp.ts';
import { createNetwork } from './network.ts';
import { createWeather } from './weather.ts';
import { createWorld, ORIGIN_MS } from './world.ts';

/** A station that was enrolled and loaded on a quiet day: its file, made by the product's own inbox. */
export async function makeFirstDatabase(folder: string, code: StationCode): Promise<Uint8Array> {
  const world = createWorld(createSeededRandom(1), null);
  const weather = createWeather(world.random);
  weather.clear();
  const habits = {
    isCursorInclusive: false,
    revives: false,
    isPlainSpoken: true,
    isOdd: false,
    tellsPast: false,
    lacks: new Set<string>(),
    poisonAt: 0,
  };
  const network = createNetwork(world, createModelErp(createErpState(), habits), weather);
  const clock: Clock = {
    nowMs: () => ORIGIN_MS,
    monotonicMs: world.monotonicMs,
    sleep: (ms) => new Promise((resolve) => world.at(ms, resolve)),
  };
  const file = join(folder, `first-${code}.db`);
  const db = openDatabase(file, {
    nowMs: clock.nowMs,
    newId: () => `0198c0de-0000-7000-8000-000000000${code}`.toLowerCase(),
  });
  db.write((tx) => {
    insertEnrolment(tx, {
      kind: 'store',
      connector: 'millennium',
      serverUrl: 'http://erp',
      serverUser: code,
      stationCode: code,
      priceColumn: 1,
      defaultCustomerId: CONSUMER,
      defaultSalespersonCode: '000024',
      saleEvent: null,
      returnEvent: null,
      replacesStationCode: null,
      integrationEnabled: true,
      enrolledAtMs: ORIGIN_MS,
      demoProducts: null,
      demoSeed: null,
    });
    prepareLoadSteps(tx);
  });
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined, close: () => undefined };
  const connector = createMillenniumConnector({
    serverUrl: 'http://erp',
    user: code,
    password: 'simulada',
    clock,
    random: { newId: () => '', bytes: (count) => new Uint8Array(count), unit: () => 0.5 },
    log,
    identity: { version: '0.1.0' },
    http: network.open(code, () => true),
  });
  const inbox = createInbox({ connector, db, clock, log, settings: { stationCode: code, pace: PACE.whileClosed } });
  let outcome: string | null = null;
  const load = async (): Promise<void> => {
    for (const [index, step] of LOAD_STEPS.entries()) {
      const pulled = await inbox.pull(step);
      if (!pulled.ok) throw new Error(`${step}: ${pulled.failure.text}`);
      db.write((tx) => saveLoadStep(tx, { step, position: index + 1, state: 'done', rows: pulled.value, error: null }));
    }
  };
  load().then(
    () => (outcome = 'done'),
    (error: unknown) => (outcome = String(error)),
  );
  await world.advance(600_000, () => outcome !== null);
  if (outcome !== 'done') throw new Error(`the first load of ${code}: ${outcome ?? 'does not end'}`);
  db.checkpoint();
  db.close();
  const bytes = readFileSync(file);
  rmSync(file);
  return bytes;
}
