import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSandbox, type Sandbox } from '../../sandbox/support.ts';
import { spawnStation, until } from '../../support/spawn-station.ts';
import { readFacts } from '../read-facts.ts';

const MEMORY_FOLDER = '/dev/shm';

/** An enrolled till and its ERP as they are before the first customer, to begin from again and again. */
export type PreparedTill = {
  /** Runs `work` in a copy of the folder, with the ERP as it was, and answers what it answers. */
  readonly inCopy: <Value>(
    work: (folder: string, before: ReadonlyMap<string, string>) => Promise<Value>,
  ) => Promise<Value>;
  readonly remove: () => void;
};

export async function prepareTill(): Promise<PreparedTill> {
  const folder = mkdtempSync(join(existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir(), 'storage-faults-'));
  const first = join(folder, 'first');
  mkdirSync(join(first, 'erp'), { recursive: true });
  const sandbox = await startSandbox(join(first, 'erp'));
  const { port } = new URL(sandbox.url);
  const station = await spawnStation(join(first, 'data'));
  await station.must('setup.enrol', { server: sandbox.url, user: 'e01', password: 'demo-e01', stationCode: 'E01' });
  await until(
    () => station.must('station.view', {}),
    ({ load }) => load.state === 'done',
  );
  await station.stop();
  await sandbox.end('SIGTERM');
  const { facts } = readFacts(join(first, 'data'));
  const copy = join(folder, 'copy');

  return {
    inCopy: async (work) => {
      rmSync(copy, { recursive: true, force: true });
      cpSync(first, copy, { recursive: true, filter: (path) => !path.endsWith('.sock') });
      const server: Sandbox = await startSandbox(join(copy, 'erp'), ['--port', port]);
      try {
        return await work(copy, facts);
      } finally {
        await server.end('SIGTERM');
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
