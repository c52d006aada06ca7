import { afterAll, beforeAll } from 'vitest';
import { openDemoTill, postTo, serverOf } from './demo-erp.ts';
import { spawnStation, temporaryData, until, type SpawnedStation } from './spawn-station.ts';

/** A till of the demo store and the stand-in ERP behind it, for all the tests of one file. */
type DemoTill = {
  /** Asks the core that runs: after `restart` and `crash` another one than before. */
  readonly station: Pick<SpawnedStation, 'call' | 'must'>;
  /** The folder of its data. */
  readonly data: string;
  readonly pid: () => number | undefined;
  /** Where the stand-in ERP is now: a core that starts again may find its port taken. */
  readonly server: () => Promise<string>;
  /** What a person does at the ERP itself; it must take it. */
  readonly admin: (path: string, body: unknown) => Promise<unknown>;
  /** Beats at once, and waits until the ERP was seen to be older than it was. */
  readonly noticeRestoration: () => Promise<void>;
  /** Ends the core in order and starts it again; nobody has the data `between`. */
  readonly restart: (between?: () => unknown) => Promise<void>;
  /** The same after a power cut. */
  readonly crash: (between?: () => unknown) => Promise<void>;
};

/** Opened before the first test of the file, with `prepare` done before the store is, and ended after its last. */
export function useDemoTill({
  products = 40,
  prepare = () => Promise.resolve(),
}: {
  readonly products?: number;
  readonly prepare?: (station: SpawnedStation) => Promise<unknown>;
} = {}): DemoTill {
  const data = temporaryData();
  let running: SpawnedStation;
  beforeAll(async () => {
    running = await spawnStation(data.path);
    await prepare(running);
    await openDemoTill(running, products);
  });
  afterAll(async () => {
    await running.stop();
    data.remove();
  });
  const station: DemoTill['station'] = {
    call: (method, input) => running.call(method, input),
    must: (method, input) => running.must(method, input),
  };
  const server = (): Promise<string> => serverOf(running);
  const startAfter = async (between: () => unknown): Promise<void> => {
    try {
      await between();
    } finally {
      running = await spawnStation(data.path);
    }
  };
  return {
    station,
    data: data.path,
    pid: () => running.child.pid,
    server,
    admin: async (path, body) => postTo(await server(), `/admin/${path}`, body),
    noticeRestoration: async () => {
      // The next heartbeat, at the latest in a minute; a person who resumes asks for it at once.
      await station.must('sync.resume', {});
      await until(
        () => station.must('sync.view', {}),
        (view) => view.alerts.some(({ kind }) => kind === 'erp_restored'),
        90_000,
      );
    },
    restart: async (between = () => undefined) => {
      await running.stop();
      await startAfter(between);
    },
    crash: async (between = () => undefined) => {
      await running.kill();
      await startAfter(between);
    },
  };
}
