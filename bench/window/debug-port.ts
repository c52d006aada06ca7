import type { ChildProcess } from 'node:child_process';

/** The port on which a started Chromium answers about its pages. */
export function portOf(child: ChildProcess): Promise<number> {
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

/** Where the main process itself is debugged, of a program that was started with `--inspect`. */
export function mainSocketOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const socket = /Debugger listening on (ws:\S+)/.exec(text)?.[1];
      if (socket !== undefined) resolve(socket);
    });
  });
}

/** Evaluates a promise in the first page; null when there is none yet, or when it navigates meanwhile. */
export async function askPage(port: number, expression: string): Promise<number | null> {
  const socket = await findPage(port);
  if (socket === null) return null;
  const params = { expression, awaitPromise: true, returnByValue: true };
  const answer: { result?: { value?: unknown } } | null = await ask(socket, 'Runtime.evaluate', params);
  const value = answer?.result?.value;
  return typeof value === 'number' ? value : null;
}

/** Has the first page collect what nobody refers to. */
export async function collectPage(port: number): Promise<void> {
  const socket = await findPage(port);
  if (socket === null) throw new Error('there is no page to collect');
  await collect(socket);
}

/** Has the JavaScript behind `socket` collect what nobody refers to. */
export async function collect(socket: string): Promise<void> {
  if ((await ask(socket, 'HeapProfiler.collectGarbage', {})) === null) throw new Error(`nobody collects at ${socket}`);
}

async function findPage(port: number): Promise<string | null> {
  const targets = await fetch(`http://127.0.0.1:${port}/json/list`)
    .then((response) => response.json() as Promise<{ type: string; url: string; webSocketDebuggerUrl: string }[]>)
    .catch(() => []);
  const page = targets.find(({ type, url }) => type === 'page' && url !== '' && url !== 'about:blank');
  return page?.webSocketDebuggerUrl ?? null;
}

/** One call of the debugging protocol; null when the other side went away. */
async function ask(address: string, method: string, params: object): Promise<object | null> {
  const socket = new WebSocket(address);
  try {
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', reject);
    });
    const answered = new Promise<object | null>((resolve) => {
      socket.addEventListener('close', () => resolve(null));
      socket.addEventListener('message', ({ data }) => {
        const answer = JSON.parse(String(data)) as { id?: number; result?: object };
        if (answer.id === 1) resolve(answer.result ?? null);
      });
    });
    socket.send(JSON.stringify({ id: 1, method, params }));
    return await answered;
  } finally {
    socket.close();
  }
}
