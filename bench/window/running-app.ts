import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ElectronCommand } from '../../scripts/electron-command.ts';
import { askPage, collect, collectPage, mainSocketOf, portOf } from './debug-port.ts';
import { paintedAt } from './page-scripts.ts';

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 50;

/** An app whose first page shows what `selector` names, without any tool attached to it. */
type RunningApp = {
  readonly pid: number;
  /** Moves the pointer: a till that nobody touches locks itself after minutes. */
  readonly touch: () => Promise<void>;
  /** Has the page and the main process collect what nobody refers to. */
  readonly collect: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

const MOVE_POINTER = "Promise.resolve(Number(window.dispatchEvent(new Event('pointermove'))))";

export async function startApp(run: ElectronCommand, data: string, selector: string): Promise<RunningApp> {
  const [program, ...first] = run.command;
  const switches = [
    '--disable-gpu',
    '--remote-debugging-port=0',
    '--inspect=127.0.0.1:0',
    ...run.appArgs,
    `--data=${data}`,
  ];
  // No password of a benchmark in the key store of whoever runs it.
  const env = { ...run.env, STATION_KEY_STORE: 'off' };
  const child = spawn(program, [...first, ...switches], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await gone;
  };
  try {
    const [port, main] = await Promise.all([portOf(child), mainSocketOf(child)]);
    const touch = async (): Promise<void> => void (await askPage(port, MOVE_POINTER));
    const end = Date.now() + START_TIMEOUT_MS;
    while ((await askPage(port, paintedAt(selector))) === null) {
      if (Date.now() > end) throw new Error(`nothing matched ${selector} in ${START_TIMEOUT_MS} ms`);
      await sleep(POLL_MS);
    }
    const collectAll = async (): Promise<void> => void (await Promise.all([collectPage(port), collect(main)]));
    return { pid: child.pid ?? 0, touch, collect: collectAll, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
