import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../db/make-folder.ts';
import {
  asUser,
  canUser,
  environmentOf,
  findUnprivilegedUser,
  makeFolderFor,
  type UnprivilegedUser,
} from './unprivileged-user.ts';

export type ElectronCommand = {
  /** The program, with what has to stand before everything else. */
  readonly command: readonly [string, ...string[]];
  /** Names the app to an Electron that asks for it; stands after Chromium's switches, before the app's own. */
  readonly appArgs: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly user: UnprivilegedUser | undefined;
  /** What a person should know about how it runs. */
  readonly notes: readonly string[];
  readonly isSandboxed: boolean;
};

/** Where a checkout that only root can see (`mktemp -d`, `/root`) appears to the unprivileged user, and only to their process. */
const MOUNT_POINT = '/run/station-checkout';
const PROBE_TIMEOUT_MS = 10_000;

/**
 * The command that runs an Electron with Chromium's sandbox on, whoever asks for it.
 *
 * Anyone but root: the Electron itself. Root: the same as an unprivileged user. A checkout that this user cannot reach is
 * mounted for that one process, as root may. Where the kernel offers no sandbox at all it is left out, and `notes` says so.
 */
export function createElectronCommand(options: {
  readonly executable: string;
  readonly folder: string;
  readonly args: readonly string[];
  readonly projectFolder: string;
}): ElectronCommand {
  const user = findUnprivilegedUser();
  const isSandboxed = canSandbox(user, options.folder);
  const notes = isSandboxed
    ? []
    : [`This machine allows no Chromium sandbox (user namespaces are off): running without it.`];
  const runIt = [options.executable, ...(isSandboxed ? [] : ['--no-sandbox'])] as const;
  if (user === undefined) {
    return { command: [...runIt], appArgs: options.args, env: { ...process.env }, user, notes, isSandboxed };
  }

  const isReachable =
    canUser(user, ['test', '-x', options.executable]) && canUser(user, ['test', '-r', options.projectFolder]);
  const seen = (path: string): string => (isReachable ? path : path.replace(options.projectFolder, MOUNT_POINT));
  const prefix = isReachable ? [] : mountPrefix(options.projectFolder);
  const [program = '', ...rest] = [...prefix, ...asUser(user, runIt.map(seen))];
  return {
    command: [program, ...rest],
    appArgs: options.args.map(seen),
    env: { ...process.env, ...environmentOf(user) },
    user,
    notes: [...notes, `Running as ${user.name}, not as root.`],
    isSandboxed,
  };
}

/** No window can run on this data folder; the message says why and what to type. */
export class DataFolderError extends Error {}

/** Makes the data folder theirs when it is new; refuses one they cannot write rather than change whose it is. */
export function prepareDataFolder(user: UnprivilegedUser | undefined, data: string): void {
  const another = 'or choose another:  npm start -- --data FOLDER';
  try {
    if (user === undefined) makeFolder(data);
    else makeFolderFor(user, data);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataFolderError(
      `The data folder ${data} cannot be made (${reason}). Mend what is said there, ${another}`,
    );
  }
  if (user !== undefined && !canUser(user, ['test', '-w', data])) {
    const mend = `Type:  chown -R ${user.name} "${data}"  where the disk itself can be written`;
    throw new DataFolderError(
      `The data folder ${data} cannot be written by ${user.name}, who runs the window. ${mend}, ${another}`,
    );
  }
  if (user === undefined && !canWrite(data)) {
    throw new DataFolderError(`The data folder ${data} cannot be written. Change its rights, ${another}`);
  }
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function mountPrefix(projectFolder: string): string[] {
  mkdirSync(MOUNT_POINT, { recursive: true, mode: 0o755 });
  const script = 'mount --bind "$1" "$2" && shift 2 && exec "$@"';
  return ['unshare', '--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', projectFolder, MOUNT_POINT];
}

/** Chromium shuts its processes in by user namespaces, or by a helper program that belongs to root. */
function canSandbox(user: UnprivilegedUser | undefined, folder: string): boolean {
  if (process.platform !== 'linux') return true;
  const run = (command: string[]): SpawnSyncReturns<string> => {
    const [program = '', ...args] = user === undefined ? command : asUser(user, command);
    return spawnSync(program, args, { encoding: 'utf8', timeout: PROBE_TIMEOUT_MS });
  };
  if (run(['unshare', '--user', '--map-root-user', 'true']).status === 0) return true;
  const helper = join(folder, 'chrome-sandbox');
  if (!existsSync(helper)) return false;
  if (user !== undefined) {
    chownSync(helper, 0, 0);
    chmodSync(helper, 0o4755);
  }
  // It says what it lacks: the set-uid bit, or a kernel (a container) that lets it make namespaces.
  return !/Failed to move|not running as root/.test(run([helper, 'true']).stderr);
}
