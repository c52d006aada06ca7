import { existsSync } from 'node:fs';
import { COMMAND_NOT_FOUND, runCommand } from './run-command.ts';

/** Debian packages for the shared libraries Electron links to. GTK brings most of the others (X11, pango, atk, cups). */
const ELECTRON_PACKAGES = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libcups2',
  'libdrm2',
  'libxkbcommon0',
];
const APT_TIMEOUT_MS = 10 * 60_000;
const PROBE_TIMEOUT_MS = 15_000;

export class OsLibrariesMissing extends Error {}

/**
 * Makes sure that the machine can start this Electron: its shared libraries, and Xvfb where there is no display.
 *
 * Installs what is missing when it may (root, or sudo that asks no password). Fails with `OsLibrariesMissing`, which holds
 * the exact command, when it may not. Nothing to do on Windows and macOS.
 */
export async function ensureOsLibraries(executable: string, log: (line: string) => void): Promise<void> {
  if (process.platform !== 'linux') return;
  const findAbsent = (): Promise<string[]> => findMissing(executable);
  const missing = await findAbsent();
  if (missing.length > 0) await install(missing, await packagesFor(missing), findAbsent, log);
}

/** The same for a program that only the tests need, from the Debian package that brings it. */
export async function ensureProgram(
  program: string,
  debianPackage: string,
  log: (line: string) => void,
): Promise<void> {
  if (process.platform !== 'linux') return;
  const findAbsent = (): Promise<string[]> => Promise.resolve(isOnPath(program) ? [] : [program]);
  const missing = await findAbsent();
  if (missing.length > 0) await install(missing, [debianPackage], findAbsent, log);
}

async function install(
  missing: readonly string[],
  packages: readonly string[],
  findAbsent: () => Promise<string[]>,
  log: (line: string) => void,
): Promise<void> {
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  const missingText = `Missing on this machine: ${missing.join(', ')}.`;
  const prefix = await rootPrefix();
  if (prefix === undefined) throw new OsLibrariesMissing(`${missingText}\nType:  sudo ${command}`);

  log(`${missingText} Installing: ${packages.join(' ')}`);
  const [program = '', ...args] = [...prefix, ...command.split(' ')];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const first = await runCommand(program, args, { env, timeoutMs: APT_TIMEOUT_MS });
  if (first.code !== 0 && first.code !== COMMAND_NOT_FOUND) {
    // A fresh image has no package lists.
    await runCommand([...prefix, 'apt-get'][0] ?? '', [...prefix, 'apt-get', 'update'].slice(1), {
      env,
      timeoutMs: APT_TIMEOUT_MS,
    });
    await runCommand(program, args, { env, timeoutMs: APT_TIMEOUT_MS });
  }
  const still = await findAbsent();
  if (still.length > 0) {
    const why = first.code === COMMAND_NOT_FOUND ? 'this machine has no apt-get' : first.stderr.trim().slice(-300);
    throw new OsLibrariesMissing(
      `Still missing: ${still.join(', ')} (${why}).\nOn Debian or Ubuntu type:  sudo ${command}`,
    );
  }
}

/** The names of absent libraries as the dynamic linker says them, and `Xvfb` when windows would have nowhere to open. */
async function findMissing(executable: string): Promise<string[]> {
  const ldd = await runCommand('ldd', [executable], { timeoutMs: PROBE_TIMEOUT_MS });
  const libraries = [...ldd.stdout.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '');
  return !hasDisplay() && !isOnPath('Xvfb') ? [...libraries, 'Xvfb'] : libraries;
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((path) => existsSync(`${path}/${program}`));
}

export function hasDisplay(): boolean {
  return Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** Releases after 2024 carry some libraries under a name that ends in `t64` (64-bit time). */
async function packagesFor(missing: readonly string[]): Promise<string[]> {
  const wanted = missing.some((name) => name !== 'Xvfb') ? ELECTRON_PACKAGES : [];
  const known = await runCommand('apt-cache', ['pkgnames'], { timeoutMs: PROBE_TIMEOUT_MS });
  const names = new Set(known.stdout.split('\n'));
  const chosen = wanted.map((name) => (names.has(`${name}t64`) ? `${name}t64` : name));
  return missing.includes('Xvfb') ? [...chosen, 'xvfb'] : chosen;
}

async function rootPrefix(): Promise<string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  const sudo = await runCommand('sudo', ['-n', 'true'], { timeoutMs: PROBE_TIMEOUT_MS });
  return sudo.code === 0 ? ['sudo', '-n', '--preserve-env=DEBIAN_FRONTEND'] : undefined;
}
