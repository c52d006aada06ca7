import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, existsSync, rmSync, writeFileSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createElectronCommand, prepareDataFolder, type ElectronCommand } from '../../../scripts/electron-command.ts';
import { projectFolder, type ResolvedElectron } from '../../../scripts/resolve-electron.ts';
import { descendantsOf, killIfThere } from './processes.ts';

export type LaunchStation = {
  /** Folder of the station's data; a new one, removed at the end, when it is left out. */
  readonly data?: string;
  /** It is left as it is, for the app to find out. */
  readonly isUnusable?: boolean;
  /** Starts the packed app (`npm run package`) instead of the build in `out/`. */
  readonly packed?: boolean;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

export type LaunchedStation = {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly data: string;
  /** Whether this machine lets Chromium have its sandbox. */
  readonly isSandboxed: boolean;
  /** What the window and its core wrote, for a report. */
  readonly output: () => string;
  /** Ends it as a person would, and waits for it. */
  readonly close: () => Promise<void>;
  /** Takes window, core and all from the machine at once, like a power cut. */
  readonly kill: () => Promise<void>;
};

/** Where `prepare-run` leaves the Electron it found. */
export const ELECTRON_VARIABLE = 'STATION_E2E_ELECTRON';
/** Where `npm run package` leaves the app that Playwright may attach to. */
const PACKED_FOLDER = join(projectFolder, 'dist', 'e2e', 'linux-unpacked');
const LAUNCH_TIMEOUT_MS = 30_000;
const CLOSE_TIMEOUT_MS = 20_000;

/**
 * Starts the real app on `data` and waits for its first window. It runs as a user other than root with Chromium's
 * sandbox on, whoever runs the tests.
 */
export async function launchStation(options: LaunchStation = {}): Promise<LaunchedStation> {
  const target = options.packed === true ? findPacked() : findElectron();
  const run = createElectronCommand({ ...target, projectFolder });
  const work = mkdtempSync(join(tmpdir(), 'station-e2e-'));
  chmodSync(work, 0o755);
  const data = options.data ?? join(work, 'data');
  // A test may have written there, as root.
  if (run.user !== undefined && existsSync(data) && options.isUnusable !== true) {
    execFileSync('chown', ['-R', `${run.user.uid}:${run.user.gid}`, data]);
  }
  if (options.isUnusable !== true) prepareDataFolder(run.user, data);

  const lines: string[] = [];
  const app = await _electron.launch({
    executablePath: writeLauncher(work, run),
    args: ['--disable-gpu', ...run.appArgs, `--data=${data}`, ...(options.args ?? [])],
    // No password of a test in the key store of whoever runs it.
    env: { ...definedOnly(run.env), STATION_KEY_STORE: 'off', ...options.env },
    chromiumSandbox: run.isSandboxed,
    timeout: LAUNCH_TIMEOUT_MS,
  });
  const child = app.process();
  child.stdout?.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
  const page = await app.firstWindow({ timeout: LAUNCH_TIMEOUT_MS });
  await page.waitForLoadState('domcontentloaded');

  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const cleanUp = (): void => rmSync(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  return {
    app,
    page,
    data,
    isSandboxed: run.isSandboxed,
    output: () => lines.join(''),
    close: async () => {
      const killer = setTimeout(() => child.kill('SIGKILL'), CLOSE_TIMEOUT_MS);
      await app.close().catch(() => undefined);
      await ended;
      clearTimeout(killer);
      cleanUp();
    },
    kill: async () => {
      const main = child.pid ?? 0;
      for (const pid of [main, ...descendantsOf(main).map((one) => one.pid)]) killIfThere(pid);
      await ended;
    },
  };
}

function findElectron(): ResolvedElectron {
  const found = process.env[ELECTRON_VARIABLE];
  if (found === undefined) throw new Error('The tests were not started by Playwright with playwright.config.ts');
  return JSON.parse(found) as ResolvedElectron;
}

function findPacked(): { folder: string; executable: string; args: string[] } {
  const executable = join(PACKED_FOLDER, 'station');
  if (!existsSync(executable)) throw new Error(`There is no ${executable}. Type:  npm run package`);
  return { folder: PACKED_FOLDER, executable, args: [] };
}

/** Playwright runs one file as the user it runs as itself: this one turns into Electron, as the user it should be. */
function writeLauncher(folder: string, run: ElectronCommand): string {
  const quoted = run.command.map((part) => `'${part.replaceAll("'", String.raw`'\''`)}'`);
  const launcher = join(folder, 'launch.sh');
  writeFileSync(launcher, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`, { mode: 0o755 });
  return launcher;
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
