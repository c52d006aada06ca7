import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { readLaunchOptions } from '../electron/launch-options.ts';
import { buildApp } from './build.ts';
import { createElectronCommand, DataFolderError, prepareDataFolder } from './electron-command.ts';
import { ensureOsLibraries, hasDisplay } from './os-libraries.ts';
import { projectFolder, resolveElectron } from './resolve-electron.ts';
import { startVirtualDisplay } from './virtual-display.ts';
import { watchSources } from './watch-sources.ts';

/*
 * npm start [-- --data DIR] [-- --language en]     npm run dev: the same, built anew at each change
 *
 *   Electron ──> OS libraries ──> build ──> display ──> the window, never as root, with its sandbox on
 */

/** What the command line ends with for the same reason (docs/command-line.md). */
const STORAGE_EXIT = 7;

const log = (line: string): void => console.error(line);

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  // What went wrong is in the message, with the command to type; a stack would only push it off the screen.
  console.error(`\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof DataFolderError ? STORAGE_EXIT : 1;
}

async function start(args: string[]): Promise<number> {
  const isDev = args.includes('--dev');
  const [electron] = await Promise.all([resolveElectron(log), buildApp(log)]);
  await ensureOsLibraries(electron.executable, log);

  const run = createElectronCommand({ ...electron, projectFolder });
  const home = run.user === undefined ? {} : { XDG_DATA_HOME: join(run.user.home, '.local', 'share') };
  const { data } = readLaunchOptions(args, { ...process.env, ...home });
  prepareDataFolder(run.user, data);
  for (const note of run.notes) log(note);
  log(`Electron ${electron.version} (${electron.source}), data in ${data}`);

  const env = { ...run.env };
  // Chromium reports each system service it does not find (a bus, a graphics card); none of it is ours to mend.
  const chromium = isDev ? [] : ['--log-level=3'];
  if (process.platform === 'linux' && !hasDisplay()) {
    const { display } = await startVirtualDisplay();
    env['DISPLAY'] = display;
    chromium.push('--disable-gpu');
    log(`No display was found: the window opens on the virtual display ${display}, which nobody sees. Ctrl+C ends it.`);
  }
  if (isDev) watchSources(log);
  const [program, ...first] = run.command;
  const app = spawn(program, [...first, ...chromium, ...run.appArgs, ...args, '--data', data], {
    stdio: 'inherit',
    env,
  });
  // The terminal sends Ctrl+C to the whole group; a plain kill reaches only us.
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.kill(signal));
  process.on('SIGINT', () => undefined);
  return new Promise((resolve, reject) => {
    app.once('error', reject);
    app.once('exit', (code, signal) => {
      if (signal !== null) log(`The window was ended by ${signal}.`);
      resolve(code ?? 1);
    });
  });
}
