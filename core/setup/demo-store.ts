import type { StationView } from '../../contract/station-views.ts';
import type { Database } from '../../db/database-types.ts';
import { findEnrolment, moveServer } from '../../db/setup-queries.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createDemoServer, type DemoServerStart } from './demo-server.ts';
import { hostOfServer } from './enrolment-rules.ts';

/** The demo store's server as the enrolment knows it: where it is, and whether it is meant to run. */
export type DemoStore = {
  /** Makes a new store of that size; what an unfinished set-up left is thrown away. */
  readonly create: (store: { readonly products: number; readonly seed: number }) => Promise<DemoServerStart>;
  /** At boot: starts the server unless somebody stopped it. Does nothing in a real store. */
  readonly resume: () => Promise<void>;
  /** Really starts or stops the process, and remembers it over a restart of the core. */
  readonly setRunning: (running: boolean) => Promise<DemoServerStart | null>;
  readonly view: () => StationView['demoServer'];
  readonly stop: () => Promise<void>;
};

/** After a core was killed its server needs a moment to notice, and holds the port until then. */
const SAME_PORT_TRIES = 5;
const PORT_PAUSE_MS = 300;

export function createDemoStore({
  data,
  db,
  clock,
  log,
  onChange,
}: {
  readonly data: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly onChange: (change: 'enrolment' | 'demo_server') => void;
}): DemoStore {
  const server = createDemoServer({ data, log, onExit: () => onChange('demo_server') });

  /** Starts it where the enrolment says it is; with `canMove` at another port when that one stays taken. */
  async function start(canMove: boolean): Promise<DemoServerStart> {
    const enrolment = findEnrolment(db.read);
    if (enrolment === null) throw new Error('the demo server was started before enrolment');
    const options = { products: enrolment.demoProducts ?? 0, seed: enrolment.demoSeed ?? 0 };
    const { port } = hostOfServer(enrolment.serverUrl);
    let started = await server.start({ ...options, port });
    for (let tries = 1; !started.started && tries < SAME_PORT_TRIES; tries += 1) {
      await clock.sleep(PORT_PAUSE_MS);
      started = await server.start({ ...options, port });
    }
    if (!started.started && canMove) started = await server.start({ ...options, port: 0 });
    if (started.started && started.url !== enrolment.serverUrl) {
      const { url } = started;
      db.write((tx) => moveServer(tx, url));
      log.warn('demo server moved', { from: enrolment.serverUrl, to: url });
      onChange('enrolment');
    }
    onChange('demo_server');
    return started;
  }

  return {
    create: (store) => {
      server.clear();
      return server.start({ ...store, port: 0 });
    },
    resume: async () => {
      if (findEnrolment(db.read)?.kind === 'demo' && server.isMeantToRun()) await start(true);
    },
    setRunning: async (running) => {
      server.noteMeantToRun(running);
      if (running) return server.isRunning() ? null : start(false);
      await server.stop();
      onChange('demo_server');
      return null;
    },
    view: () => {
      const enrolment = findEnrolment(db.read);
      return enrolment?.kind === 'demo' ? { running: server.isRunning(), url: enrolment.serverUrl } : null;
    },
    stop: server.stop,
  };
}
