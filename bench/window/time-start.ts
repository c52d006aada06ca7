import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ElectronCommand } from '../../scripts/electron-command.ts';
import { askPage, portOf } from './debug-port.ts';
import { paintedAt } from './page-scripts.ts';

const START_TIMEOUT_MS = 60_000;
const POLL_MS = 5;

/**
 * Milliseconds from starting the process to the paint of what `selector` names.
 *
 * The page itself takes the time; Chromium's debugging port only asks it. Playwright would hold the app back until it is
 * attached.
 */
export async function timeStart(run: ElectronCommand, data: string, selector: string): Promise<number> {
  const [program, ...first] = run.command;
  const switches = ['--disable-gpu', '--remote-debugging-port=0', ...run.appArgs, `--data=${data}`];
  const startedAt = Date.now();
  const child = spawn(program, [...first, ...switches], { env: run.env, stdio: ['ignore', 'ignore', 'pipe'] });
  const killer = setTimeout(() => child.kill('SIGKILL'), START_TIMEOUT_MS);
  const gone = once(child, 'exit');
  try {
    const port = await portOf(child);
    const end = startedAt + START_TIMEOUT_MS;
    for (;;) {
      const painted = await askPage(port, paintedAt(selector));
      if (painted !== null) return painted - startedAt;
      if (Date.now() > end) throw new Error(`nothing matched ${selector} in ${START_TIMEOUT_MS} ms`);
      await sleep(POLL_MS);
    }
  } finally {
    child.kill('SIGTERM');
    await gone;
    clearTimeout(killer);
  }
}
