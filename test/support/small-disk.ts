import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';

/*
 * A file system of the test's own, in memory and of a size: mounted where only the process sees it that it is for. The
 * kernel lets any user do that inside of a user namespace, and root without one, where a machine forbids those.
 */

const WAYS = [['--user', '--map-root-user', '--mount'], ['--mount']] as const;
let found: (typeof WAYS)[number] | undefined;

/** How this machine lets us; throws what it lacks, as a test that is left out shows nothing. */
function findWay(): (typeof WAYS)[number] {
  const trial = ['mount', '-t', 'tmpfs', 'none', '/tmp'];
  found ??= WAYS.find((way) => spawnSync('unshare', [...way, ...trial]).status === 0);
  if (found === undefined) {
    throw new Error(
      'No small disk can be made here: `unshare` and `mount` (util-linux) are needed, and user namespaces ' +
        '(sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0) or root with CAP_SYS_ADMIN.',
    );
  }
  return found;
}

/** Runs a shell script with a disk of `size` (`8m`) mounted at `folder`; `$0` is the folder, then `args`. */
export function spawnOnDisk(folder: string, size: string, script: string, args: readonly string[] = []): ChildProcess {
  const mounted = `mount -t tmpfs -o size=${size} none "$0" || exit 99; ${script}`;
  return spawn('unshare', [...findWay(), 'sh', '-c', mounted, folder, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** Runs a command where the disk of that process is seen. */
export function runBeside(process: ChildProcess, script: string): void {
  const isOwnUser = findWay().length > 1;
  const namespaces = isOwnUser ? ['--user', '--mount', '--preserve-credentials'] : ['--mount'];
  const target = ['--target', String(process.pid), ...namespaces];
  execFileSync('nsenter', [...target, 'sh', '-c', script], { stdio: ['ignore', 'ignore', 'ignore'] });
}
