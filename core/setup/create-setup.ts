import type { StationView } from '../../contract/station-views.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { MethodRefusal } from '../../contract/station-api.ts';
import type { Database } from '../../db/database-types.ts';
import { findEnrolment, moveServer } from '../../db/setup-queries.ts';
import type { Clock } from '../clock.ts';
import type { Connector } from '../connectors/connector.ts';
import type { ActionHandler } from '../handlers.ts';
import type { Log } from '../log.ts';
import { createDemoServer, type DemoServerStart } from './demo-server.ts';
import { createDoctor } from './doctor.ts';
import { enrolStation, type Connect } from './enrol-station.ts';
import { hostOfServer } from './enrolment-rules.ts';
import { createInitialLoad } from './initial-load.ts';
import type { OpenInbox } from './load-source.ts';
import { ERP_PASSWORD, type SecretStore } from './secret-store.ts';

/** What changed: the station is bound to a server or that moved; the load came further; the demo server came or went. */
export type SetupChange = 'enrolment' | 'load' | 'demo_server';

export type SetupPorts = {
  readonly data: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: SecretStore;
  /** Version of this program, as the ERP's minimum is compared with it. */
  readonly version: string;
  readonly connect: Connect;
  /** The connector of the running replicator: a login is one session, so that `doctor` asks through the same one. */
  readonly currentConnector: () => Connector | null;
  readonly openInbox: OpenInbox;
  readonly stationView: () => StationView;
  readonly onChange: (change: SetupChange) => void;
};

/** Binds the station to a server, loads its registers, and keeps the demo store's own server. */
export type Setup = {
  readonly handlers: {
    readonly 'setup.openDemo': ActionHandler<'setup.openDemo'>;
    readonly 'setup.enrol': ActionHandler<'setup.enrol'>;
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
const DEMO = { user: 'e01', password: 'demo-e01', stationCode: 'E01' } as const;

export function createSetup(ports: SetupPorts): Setup {
  const { data, db, clock, log, secrets, connect, openInbox, onChange } = ports;
  const demoServer = createDemoServer({ data, log, onExit: () => onChange('demo_server') });
  let loadConnector: Connector | null = null;
  let turn: Promise<unknown> = Promise.resolve();

  const load = createInitialLoad({
    db,
    clock,
    log,
    openSource: () => {
      const connector = connectEnrolled();
      loadConnector = connector;
      return {
        pull: openInbox(connector),
        close: async () => {
          loadConnector = null;
          await connector.close();
        },
      };
    },
    onChange: () => onChange('load'),
  });
  const doctor = createDoctor({ ...ports, load, findConnector: () => ports.currentConnector() ?? loadConnector });

  function connectEnrolled(): Connector {
    const enrolment = findEnrolment(db.read);
    if (enrolment === null) throw new Error('connected before enrolment');
    return connect(enrolment, secrets.find(ERP_PASSWORD) ?? '');
  }

  /** Set-up is done by one caller at a time: a second one sees what the first one left. */
  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  }

  async function loadAndView(): Promise<StationView> {
    onChange('enrolment');
    await load.run();
    return ports.stationView();
  }

  /** Starts the demo server where the enrolment says it is; at another port when that one was taken meanwhile. */
  async function startDemoServer(canMove: boolean): Promise<DemoServerStart> {
    const enrolment = findEnrolment(db.read);
    if (enrolment === null) throw new Error('the demo server was started before enrolment');
    const options = { products: enrolment.demoProducts ?? 0, seed: enrolment.demoSeed ?? 0 };
    let started = await demoServer.start({ ...options, port: hostOfServer(enrolment.serverUrl).port });
    if (!started.started && canMove) started = await demoServer.start({ ...options, port: 0 });
    if (started.started && started.url !== enrolment.serverUrl) {
      const { url } = started;
      db.write((tx) => moveServer(tx, url));
      onChange('enrolment');
    }
    onChange('demo_server');
    return started;
  }

  async function resume(): Promise<void> {
    const enrolment = findEnrolment(db.read);
    if (enrolment === null) return;
    if (enrolment.kind === 'demo' && demoServer.isMeantToRun()) await startDemoServer(true);
    await load.run();
  }

  return {
    handlers: {
      'setup.openDemo': (input) =>
        inTurn(async () => {
          const existing = findEnrolment(db.read);
          if (existing !== null) {
            return refuse({ code: 'already_enrolled', stationCode: existing.stationCode, server: existing.serverUrl });
          }
          // Left over from a set-up that was cut short: nothing was ever sold there.
          demoServer.clear();
          const server = await demoServer.start({ ...input, port: 0 });
          if (!server.started) return refuse({ code: 'server_unreachable', server: 'sandbox', reason: server.reason });
          const enrolled = await enrolStation(ports, { ...DEMO, server: server.url }, input);
          if (enrolled.ok) return ok(await loadAndView());
          await demoServer.stop();
          const { error } = enrolled;
          if (error.code === 'already_enrolled' || error.code === 'register_incomplete') return refuse(error);
          if (error.code === 'server_unreachable' || error.code === 'server_wrong') return refuse(error);
          return refuse({ code: 'server_wrong', server: server.url, reason: error.code });
        }),

      'setup.enrol': (input) =>
        inTurn(async () => {
          const enrolled = await enrolStation(ports, input, null);
          return enrolled.ok ? ok(await loadAndView()) : enrolled;
        }),

      'setup.load': async () => {
        if (findEnrolment(db.read) === null) return refuse({ code: 'station_not_enrolled' });
        await load.run();
        return ok(load.view());
      },

      'demo.setServer': ({ running }) => inTurn(() => setDemoServer(running)),
      'station.doctor': doctor,
    },
    view: () => ({ load: load.view(), demoServer: viewDemoServer() }),
    start: () => {
      inTurn(resume).catch((error: unknown) => {
        log.error('set-up did not resume', { error: error instanceof Error ? error.stack : String(error) });
      });
    },
    stop: async () => {
      // A register that is being read is cut off: its cursor stands, and the next start goes on there.
      await Promise.all([load.stop(), loadConnector?.close()]);
      await demoServer.stop();
    },
  };

  function viewDemoServer(): StationView['demoServer'] {
    const enrolment = findEnrolment(db.read);
    return enrolment?.kind === 'demo' ? { running: demoServer.isRunning(), url: enrolment.serverUrl } : null;
  }

  async function setDemoServer(running: boolean): Promise<Result<StationView, MethodRefusal<'demo.setServer'>>> {
    const enrolment = findEnrolment(db.read);
    if (enrolment?.kind !== 'demo') return refuse({ code: 'not_demo' });
    demoServer.noteMeantToRun(running);
    if (!running) {
      await demoServer.stop();
      onChange('demo_server');
    } else if (!demoServer.isRunning()) {
      const started = await startDemoServer(false);
      if (!started.started) {
        return refuse({ code: 'server_unreachable', server: enrolment.serverUrl, reason: started.reason });
      }
    }
    return ok(ports.stationView());
  }
}
