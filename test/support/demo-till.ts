import { afterAll, beforeAll } from 'vitest';
import { openDemoTill, postTo, serverOf } from './demo-erp.ts';
import { spawnStation, temporaryData, until, type SpawnedStation } from './spawn-station.ts';

/** A till of the demo store and the stand-in ERP behind it, for all the tests of one file. */
type DemoTill = {
  readonly station: Pick<SpawnedStation, 'call' | 'must'>;
  readonly server: () => string;
  /** What a person does at the ERP itself; it must take it. */
  readonly admin: (path: string, body: unknown) => Promise<unknown>;
  /** Beats at once, and waits until the ERP was seen to be older than it was. */
  readonly noticeRestoration: () => Promise<void>;
};

/** Opened before the first test of the file and ended after its last. */
export function useDemoTill(): DemoTill {
  const data = temporaryData();
  let running: SpawnedStation;
  let server = '';
  beforeAll(async () => {
    running = await spawnStation(data.path);
    await openDemoTill(running);
    server = await serverOf(running);
  });
  afterAll(async () => {
    await running.stop();
    data.remove();
  });
  const station: DemoTill['station'] = {
    call: (method, input) => running.call(method, input),
    must: (method, input) => running.must(method, input),
  };
  return {
    station,
    server: () => server,
    admin: (path, body) => postTo(server, `/admin/${path}`, body),
    noticeRestoration: async () => {
      // The next heartbeat, at the latest in a minute; a person who resumes asks for it at once.
      await station.must('sync.resume', {});
      await until(
        () => station.must('sync.view', {}),
        (view) => view.alerts.some(({ kind }) => kind === 'erp_restored'),
        90_000,
      );
    },
  };
}
