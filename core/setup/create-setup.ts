import type { StationView } from '../../contract/station-views.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { MethodParsed, MethodRefusal } from '../../contract/station-api.ts';
import type { Database } from '../../db/database-types.ts';
import { isStorageFailure } from '../../db/machine-error.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import type { Clock } from '../clock.ts';
import type { Connector } from '../connectors/connector.ts';
import type { StationNews } from '../connectors/station-reports.ts';
import type { ActionHandler, CommandHandler, QueryHandler } from '../handlers.ts';
import type { Log } from '../log.ts';
import type { CheckPin } from '../operator/check-pin.ts';
import type { Replication } from '../replication.ts';
import { changeServerOf } from './change-server.ts';
import { createDemoStore } from './demo-store.ts';
import { createDoctor } from './doctor.ts';
import { enrolStation, PLAIN, type Connect } from './enrol-station.ts';
import { createInitialLoad } from './initial-load.ts';
import type { OpenInbox } from './load-source.ts';
import { replaceStation } from './replace-station.ts';
import { testConnection } from './test-connection.ts';
import { paymentMapping } from './payment-mapping.ts';
import { listStations, previewPaymentTypes, previewPrices } from './preview.ts';
import { readPassword, type SecretStore } from './secret-store.ts';

/**
 * What changed: the station is bound to a server or that moved; the load came further (told at a pace that a screen
 * bears) or is complete (told at once); the demo server came or went.
 */
export type SetupChange = 'enrolment' | 'server' | 'load' | 'loaded' | 'demo_server';

export type SetupPorts = {
  readonly data: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: SecretStore;
  readonly checkPin: CheckPin;
  /** Version of this program, as the ERP's minimum is compared with it. */
  readonly version: string;
  readonly connect: Connect;
  /** The connector of the running replicator: a login is one session, so that `doctor` asks through the same one. */
  readonly currentConnector: () => Connector | null;
  readonly openInbox: OpenInbox;
  readonly findSuccessor: () => StationNews | null;
  /** Lets go of the ERP while `work` tries another login. */
  readonly whileDisconnected: Replication['whileDisconnected'];
  readonly stationView: () => StationView;
  readonly onStorageFailure: (error: unknown) => void;
  readonly onChange: (change: SetupChange) => void;
};

/** Binds the station to a server, loads its registers, and keeps the demo store's own server. */
export type Setup = {
  readonly handlers: {
    readonly 'setup.openDemo': ActionHandler<'setup.openDemo'>;
    readonly 'setup.testConnection': ActionHandler<'setup.testConnection'>;
    readonly 'setup.stations': ActionHandler<'setup.stations'>;
    readonly 'setup.previewPrices': ActionHandler<'setup.previewPrices'>;
    readonly 'setup.previewPaymentTypes': ActionHandler<'setup.previewPaymentTypes'>;
    readonly 'setup.enrol': ActionHandler<'setup.enrol'>;
    readonly 'setup.replace': ActionHandler<'setup.replace'>;
    readonly 'setup.setServer': ActionHandler<'setup.setServer'>;
    readonly 'setup.paymentTypes': QueryHandler<'setup.paymentTypes'>;
    readonly 'setup.mapPaymentTypes': CommandHandler<'setup.mapPaymentTypes'>;
    readonly 'setup.load': ActionHandler<'setup.load'>;
    readonly 'demo.setServer': ActionHandler<'demo.setServer'>;
    readonly 'station.doctor': ActionHandler<'station.doctor'>;
  };
  /** The part of the station's view that is not in its rows. */
  readonly view: () => Pick<StationView, 'load' | 'demoServer'>;
  /** At boot: the demo server is started if it was left running, an interrupted load goes on. Does not wait for them. */
  readonly start: () => void;
  /** Bounded in time. */
  readonly stop: () => Promise<void>;
};

/** The user and station of the demo store, as its server creates them. */
const DEMO = {
  user: 'e01',
  password: 'demo-e01',
  stationCode: 'E01',
  customerCode: null,
  salespersonCode: null,
  saleEvent: null,
  returnEvent: null,
  timeZone: null,
  priceColumn: 1,
} as const;

export function createSetup(ports: SetupPorts): Setup {
  const { db, clock, log, secrets, connect, openInbox, onChange } = ports;
  const demo = createDemoStore(ports);
  let loadConnector: Connector | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const load = createInitialLoad({
    db,
    clock,
    log,
    openSource: async () => {
      const enrolment = findEnrolment(db.read);
      if (enrolment === null) throw new Error('a load before enrolment');
      const connector = connect(enrolment, await readPassword(secrets));
      loadConnector = connector;
      return {
        pull: openInbox(connector),
        close: async () => {
          loadConnector = null;
          await connector.close();
        },
      };
    },
    onBroken: tellBroken,
    onChange: () => onChange('load'),
    onComplete: () => onChange('loaded'),
  });
  const doctor = createDoctor({ ...ports, load, findConnector: () => ports.currentConnector() ?? loadConnector });

  /** Set-up is done by one caller at a time: a second one sees what the first one left. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  /** What broke a load that nobody waits for. */
  function tellBroken(error: unknown): void {
    log.error('initial load broke', { error: error instanceof Error ? error.stack : String(error) });
    if (isStorageFailure(error)) ports.onStorageFailure(error);
  }

  /** Loads what is missing while nobody waits for it; what breaks it is told here. */
  async function loadInBackground(): Promise<void> {
    try {
      if (findEnrolment(db.read) !== null) await load.run();
    } catch (error) {
      tellBroken(error);
    }
  }

  async function openDemo(
    store: MethodParsed<'setup.openDemo'>,
  ): Promise<Result<null, MethodRefusal<'setup.openDemo'>>> {
    const existing = findEnrolment(db.read);
    if (existing !== null) {
      return refuse({ code: 'already_enrolled', stationCode: existing.stationCode, server: existing.serverUrl });
    }
    const server = await demo.create(store);
    if (!server.started) return refuse({ code: 'server_unreachable', server: 'sandbox', reason: server.reason });
    const input = { ...DEMO, paymentKinds: [], server: server.url };
    const enrolled = await enrolStation(ports, input, { ...PLAIN, demo: store });
    if (enrolled.ok) return ok(null);
    await demo.stop();
    const { error } = enrolled;
    if (error.code === 'already_enrolled' || error.code === 'register_incomplete') return refuse(error);
    if (error.code === 'server_unreachable' || error.code === 'server_wrong') return refuse(error);
    return refuse({ code: 'server_wrong', server: server.url, reason: error.code });
  }

  async function setDemoServer({
    running,
  }: {
    readonly running: boolean;
  }): Promise<Result<null, MethodRefusal<'demo.setServer'>>> {
    const enrolment = findEnrolment(db.read);
    if (enrolment?.kind !== 'demo') return refuse({ code: 'not_demo' });
    const started = await demo.setRunning(running);
    if (started?.started === false) {
      return refuse({ code: 'server_unreachable', server: enrolment.serverUrl, reason: started.reason });
    }
    return ok(null);
  }

  /** After enrolment: the load runs to its end or its first long stop, and the caller sees the store it left. */
  async function loadAndView(): Promise<StationView> {
    onChange('enrolment');
    await load.run();
    return ports.stationView();
  }

  return {
    handlers: {
      'setup.openDemo': async (input) => {
        const opened = await inTurn(() => openDemo(input));
        return opened.ok ? ok(await loadAndView()) : opened;
      },
      'setup.testConnection': (input) => inTurn(() => testConnection(ports, input)),
      'setup.stations': (input) => inTurn(() => listStations(connect, input)),
      'setup.previewPrices': (input) => inTurn(() => previewPrices(connect, input)),
      'setup.previewPaymentTypes': (input) => inTurn(() => previewPaymentTypes(connect, input)),
      'setup.replace': async (input) => {
        const replaced = await inTurn(() => replaceStation(ports, input));
        return replaced.ok ? ok({ station: await loadAndView(), replaced: replaced.value }) : replaced;
      },
      'setup.setServer': async (input, leave) => {
        const changed = await inTurn(() =>
          ports.whileDisconnected(() => changeServerOf({ ...ports, sync: ports.stationView().sync, leave }, input)),
        );
        if (!changed.ok) return changed;
        onChange('server');
        return ok(ports.stationView());
      },
      ...paymentMapping,
      'setup.enrol': async (input) => {
        const enrolled = await inTurn(() => enrolStation(ports, input, PLAIN));
        return enrolled.ok ? ok(await loadAndView()) : enrolled;
      },
      'setup.load': async () => {
        if (findEnrolment(db.read) === null) return refuse({ code: 'station_not_enrolled' });
        await load.run();
        return ok(load.view());
      },
      'demo.setServer': async (input) => {
        const set = await inTurn(() => setDemoServer(input));
        if (!set.ok) return set;
        // A load that waits for the server need not wait for its own next try.
        if (input.running) void loadInBackground();
        return ok(ports.stationView());
      },
      'station.doctor': doctor,
    },
    view: () => ({ load: load.view(), demoServer: demo.view() }),
    start: () => {
      inTurn(demo.resume).then(loadInBackground, (error: unknown) => {
        log.error('demo server did not resume', { error: error instanceof Error ? error.stack : String(error) });
      });
    },
    stop: async () => {
      // A register that is being read is cut off: its cursor stands, and the next start goes on there.
      await Promise.all([load.stop(), loadConnector?.close()]);
      await demo.stop();
    },
  };
}
