import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Connector } from '../../../core/connectors/connector.ts';
import { createServerClock } from '../../../core/setup/server-clock.ts';
import type { Database } from '../../../db/database-types.ts';
import {
  createFakeClock,
  createScriptedConnector,
  ORIGIN_MS,
  temporaryDatabase,
  type FakeClock,
} from '../sync/support.ts';

let folder: ReturnType<typeof temporaryDatabase>;
let db: Database;
let clock: FakeClock;
let serverMs: number | null = ORIGIN_MS;

beforeEach(() => {
  folder = temporaryDatabase();
  ({ db } = folder);
  clock = createFakeClock();
  serverMs = ORIGIN_MS;
});
afterEach(() => folder.remove());

function connectorThatTells(): Connector {
  return {
    ...createScriptedConnector([], clock.nowMs),
    readServerVersion: () =>
      Promise.resolve({
        ok: true,
        value: {
          version: '1',
          minimumStation: '0',
          serverAt: serverMs === null ? null : new Date(serverMs).toISOString(),
        },
      }),
  };
}

test('nothing is known before the server said its time', async () => {
  const serverClock = createServerClock({ db, clock });
  expect(serverClock.find(clock.nowMs())).toBeNull();
  serverMs = null;
  await serverClock.watch(connectorThatTells()).readServerVersion();
  expect(serverClock.find(clock.nowMs())).toBeNull();
});

test('a clock that is turned is seen without asking the server again', async () => {
  const serverClock = createServerClock({ db, clock });
  await serverClock.watch(connectorThatTells()).readServerVersion();
  await clock.advance(3_600_000);
  expect(serverClock.find(clock.nowMs())?.offsetMs).toBe(0);
  clock.jumpWall(-11 * 60_000);
  expect(serverClock.find(clock.nowMs())).toEqual({ offsetMs: -11 * 60_000, measuredAtMs: ORIGIN_MS });
});

test('a new start knows what the last one saw', async () => {
  serverMs = ORIGIN_MS - 700_000;
  await createServerClock({ db, clock }).watch(connectorThatTells()).readServerVersion();
  const after = createServerClock({ db, clock });
  expect(after.find(clock.nowMs())).toEqual({ offsetMs: 700_000, measuredAtMs: ORIGIN_MS });
  // The machine was put right meanwhile, and the server says so.
  serverMs = ORIGIN_MS;
  await after.watch(connectorThatTells()).readServerVersion();
  expect(createServerClock({ db, clock }).find(clock.nowMs())?.offsetMs).toBe(0);
});
