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

/** Evaluates a promise in the first page; null when there is none yet, or when it navigates meanwhile. */
export async function askPage(port: number, expression: string): Promise<number | null> {
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
