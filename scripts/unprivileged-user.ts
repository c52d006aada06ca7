import { spawnSync } from 'node:child_process';
import { chownSync, copyFileSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

export type UnprivilegedUser = { name: string; uid: number; gid: number; home: string };

/** The account made for it when root starts the app on a machine that offers no other. */
const OWN_ACCOUNT = { name: 'station', home: '/var/lib/station' };
const PROBE_TIMEOUT_MS = 10_000;

/**
 * Whom to run the window as when root asks for it. Chromium refuses its sandbox to root, so root never runs it:
 * the person behind sudo does, else an account of its own (made once, without a password or a shell).
 *
 * Answers undefined for anyone but root on Linux: they run it as themselves.
 */
export function findUnprivilegedUser(): UnprivilegedUser | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const behindSudo = process.env['SUDO_USER'];
  const person = behindSudo === undefined ? undefined : findAccount(behindSudo);
  if (person !== undefined && person.uid !== 0) return person;
  const own = findAccount(OWN_ACCOUNT.name) ?? createAccount();
  if (own === undefined) {
    throw new Error(
      `Root cannot run the window with its sandbox on and no account could be made. Type:  useradd --system --create-home ${OWN_ACCOUNT.name}`,
    );
  }
  return own;
}

/** The command line that runs `command` as that user, in the same process. */
export function asUser(user: UnprivilegedUser, command: string[]): string[] {
  return [
    'setpriv',
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    '--no-new-privs',
    '--',
    ...command,
  ];
}

/** What a program of that user must not inherit from root's environment, and the key to root's display, which it must. */
export function environmentOf(user: UnprivilegedUser): NodeJS.ProcessEnv {
  const runtime = join(user.home, '.run');
  makeFolderFor(user, runtime);
  const own = { HOME: user.home, USER: user.name, LOGNAME: user.name, XDG_RUNTIME_DIR: runtime };
  const none = { XDG_CONFIG_HOME: '', XDG_DATA_HOME: '', XDG_CACHE_HOME: '' };
  const rootsKey = process.env['XAUTHORITY'] ?? join(homedir(), '.Xauthority');
  if (!existsSync(rootsKey)) return { ...own, ...none };
  const key = join(runtime, `xauthority-${process.pid}`);
  copyFileSync(rootsKey, key);
  chownSync(key, user.uid, user.gid);
  process.once('exit', () => rmSync(key, { force: true }));
  return { ...own, ...none, XAUTHORITY: key };
}

/** Makes a folder, with the parents it lacks, that belongs to the user and nobody else can read. */
export function makeFolderFor(user: UnprivilegedUser, folder: string): void {
  const missing: string[] = [];
  for (let path = folder; !existsSync(path) && path !== dirname(path); path = dirname(path)) missing.unshift(path);
  for (const path of missing) {
    mkdirSync(path, { mode: 0o700 });
    chownSync(path, user.uid, user.gid);
  }
}

/** Whether a command succeeds when that user runs it, e.g. `test -r FILE`: asked of the kernel, not computed from modes. */
export function canUser(user: UnprivilegedUser, command: string[]): boolean {
  const [program = '', ...args] = asUser(user, command);
  return spawnSync(program, args, { stdio: 'ignore', timeout: PROBE_TIMEOUT_MS }).status === 0;
}

function findAccount(name: string): UnprivilegedUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((row) => row.startsWith(`${name}:`));
  const [, , uid, gid, , home] = (line ?? '').split(':');
  if (uid === undefined || gid === undefined || home === undefined) return undefined;
  return { name, uid: Number(uid), gid: Number(gid), home };
}

function createAccount(): UnprivilegedUser | undefined {
  const args = ['--system', '--user-group', '--create-home', '--home-dir', OWN_ACCOUNT.home];
  // Its outcome is read from the accounts: of two runs at once one fails although the account is there.
  spawnSync('useradd', [...args, '--shell', '/usr/sbin/nologin', OWN_ACCOUNT.name], { timeout: PROBE_TIMEOUT_MS });
  return findAccount(OWN_ACCOUNT.name);
}
