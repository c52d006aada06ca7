import type { MethodInput, MethodName, Reply } from '../../contract/station-api.ts';
import { composeHandlers } from '../../core/compose-handlers.ts';
import type { Backups } from '../../core/backup/backups.ts';
import type { Clock } from '../../core/clock.ts';
import { createKeptSessions } from '../../core/connectors/kept-sessions.ts';
import type { Http } from '../../core/connectors/http.ts';
import { createMillenniumConnector } from '../../core/connectors/millennium/millennium-connector.ts';
import { createSkippedRows } from '../../core/connectors/skipped-rows.ts';
import { createDispatcher } from '../../core/dispatch.ts';
import type { Log } from '../../core/log.ts';
import type { CheckPin } from '../../core/operator/check-pin.ts';
import type { Printing } from '../../core/printing/printing.ts';
import type { Random } from '../../core/random.ts';
import type { Reader } from '../../core/reader.ts';
import { createReplication } from '../../core/replication.ts';
import type { Setup } from '../../core/setup/create-setup.ts';
import type { Connect } from '../../core/setup/enrol-station.ts';
import { createServerClock } from '../../core/setup/server-clock.ts';
import { createSuccessorWatch } from '../../core/setup/successor.ts';
import { ok, refuse } from '../../contract/result.ts';
import { forgetCommands } from '../../db/command-log-queries.ts';
import type { Database } from '../../db/database-types.ts';

/** What a simulated core runs on: every way out of it is a port of the simulation. */
export type CorePorts = {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly http: () => Http;
};

export type SimulatedCore = {
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M>>;
  readonly stop: () => Promise<void>;
};

const COMMANDS_KEPT_MS = 7 * 86_400_000;
const CALL_TIMEOUT_MS = 15_000;
const VERSION = '0.1.0';
const NO_PART = 'the simulation has no such part';

/**
 * The product's core without what belongs to the machine: rules, dispatcher, database, outbox, inbox, connector and
 * replicator are the ones that ship, put together as `core/station.ts` does. Not in it: window, key store, PIN hashes
 * (another thread), printer, backups, and the reader's thread.
 */
export function startSimulatedCore({ db, clock, random, log, http }: CorePorts): SimulatedCore {
  db.write((tx) => forgetCommands(tx, clock.nowMs() - COMMANDS_KEPT_MS));
  const serverClock = createServerClock({ db, clock });
  const successor = createSuccessorWatch(db);
  const connect: Connect = (login, password) =>
    successor.watch(
      serverClock.watch(
        createMillenniumConnector({
          serverUrl: login.serverUrl,
          user: login.serverUser,
          password,
          clock,
          random,
          log,
          timeoutMs: CALL_TIMEOUT_MS,
          sessions: createKeptSessions(db, clock, login),
          noteRows: createSkippedRows(db, clock),
          identity: { version: VERSION },
          http: http(),
        }),
      ),
    );
  const replication = createReplication({
    db,
    clock,
    random,
    log,
    connect,
    version: VERSION,
    secrets: {
      find: () => Promise.resolve({ state: 'kept', secret: 'simulada' }),
      save: () => Promise.resolve(),
      locate: () => Promise.resolve({ place: 'key_store' }),
      stop: () => undefined,
    },
    onRegisterChange: () => undefined,
    onStorageFailure: (error) => {
      throw error;
    },
    onChange: () => undefined,
  });
  const checkPin: CheckPin = (code, _pin, find) => {
    const operator = find(code);
    return Promise.resolve(operator === null ? refuse({ code: 'operator_unknown', operatorCode: code }) : ok(operator));
  };
  const reader: Reader = { call: () => Promise.reject(new Error(NO_PART)), stop: () => Promise.resolve() };
  const handlers = composeHandlers({
    db,
    clock,
    random,
    checkPin,
    serverClock,
    replication,
    events: { on: () => () => undefined, emit: () => undefined },
    // Their methods belong to the machine and are not called here.
    health: NOT_HERE,
    viewStation: notHere,
    setup: { handlers: {} } as unknown as Setup,
    backups: { handlers: {} } as unknown as Backups,
    printing: { handlers: {} } as unknown as Printing,
  });
  const dispatch = createDispatcher({
    handlers,
    db,
    clock,
    random,
    log,
    reader,
    onDecided: (method) => {
      replication.wake();
      if (method === 'cashSession.close') replication.closeDay();
    },
    onStorageFailure: (error) => {
      throw error;
    },
  });
  replication.start();
  return {
    call: async <M extends MethodName>(method: M, input: MethodInput<M>) =>
      (await dispatch(method, input, { isWindow: false })) as Reply<M>,
    stop: async () => {
      await replication.stop();
      db.checkpoint();
      db.close();
    },
  };
}

function notHere(): never {
  throw new Error(NO_PART);
}

const NOT_HERE = { view: notHere, stop: () => undefined };
