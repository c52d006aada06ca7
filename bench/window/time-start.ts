import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ElectronCommand } from '../../scripts/electron-command.ts';
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

function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    // Read to its end: a full pipe would stop the process.
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const port = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(text)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('exit', () => reject(new Error(`it ended before it opened a window: ${text}`)));
  });
}

/** Evaluates a promise in the first page; null when there is none yet, or when it navigates meanwhile. */
async function askPage(port: number, expression: string): Promise<number | null> {
  const targets = await fetch(`http://127.0.0.1:${port}/json/list`)
    .then((response) => response.json() as Promise<{ type: string; url: string; webSocketDebuggerUrl: string }[]>)
    .catch(() => []);
  const page = targets.find(({ type, url }) => type === 'page' && url !== '' && url !== 'about:blank');
  if (page === undefined) return null;
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  try {
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    const answered = new Promise<number | null>((resolve) => {
      socket.addEventListener('close', () => resolve(null));
      socket.addEventListener('message', ({ data }) => {
        const answer = JSON.parse(String(data)) as { result?: { result?: { value?: unknown } } };
        const value = answer.result?.result?.value;
        resolve(typeof value === 'number' ? value : null);
      });
    });
    const params = { expression, awaitPromise: true, returnByValue: true };
    socket.send(JSON.stringify({ id: 1, method: 'Runtime.evaluate', params }));
    return await answered;
  } finally {
    socket.close();
  }
}
