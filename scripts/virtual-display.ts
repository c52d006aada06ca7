import { spawn } from 'node:child_process';

export type VirtualDisplay = { readonly display: string; readonly stop: () => void };

const SCREEN = '1366x768x24';
const START_TIMEOUT_MS = 20_000;

/** Starts an X server without a screen, on a number it finds free, and answers its name (`:1`). */
export function startVirtualDisplay(): Promise<VirtualDisplay> {
  return new Promise((resolve, reject) => {
    const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    let number = '';
    const timer = setTimeout(() => {
      server.kill('SIGKILL');
      reject(new Error(`Xvfb did not start within ${START_TIMEOUT_MS / 1000} s: ${stderr.trim()}`));
    }, START_TIMEOUT_MS);
    server.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    server.stdio[3]?.on('data', (chunk: Buffer) => {
      number += chunk.toString();
      if (!number.includes('\n')) return;
      clearTimeout(timer);
      // It must not keep us alive, nor outlive us.
      server.unref();
      server.stderr?.destroy();
      server.stdio[3]?.destroy();
      const stop = (): void => void server.kill();
      process.once('exit', stop);
      resolve({ display: `:${number.trim()}`, stop });
    });
    server.once('error', (error) => {
      clearTimeout(timer);
      reject(new Error(`Xvfb cannot be started (${error.message}); type:  sudo apt-get install -y xvfb`));
    });
    server.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`Xvfb ended at once (code ${code}): ${stderr.trim()}`));
    });
  });
}
