import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';

/*
 * A file system of the test's own, in memory and of a size: mounted where only the process sees it that it is for, which
 * the kernel lets any user do inside of a user namespace.
 */

const IN_NAMESPACE = ['--user', '--map-root-user', '--mount'];

/** Whether this machine's kernel lets us. */
export function canMount(): boolean {
  if (process.platform !== 'linux') return false;
  return spawnSync('unshare', [...IN_NAMESPACE, 'mount', '-t', 'tmpfs', 'none', '/tmp']).status === 0;
}

/** Runs a shell script with a disk of `size` (`8m`) mounted at `folder`; `$0` is the folder, then `args`. */
export function spawnOnDisk(folder: string, size: string, script: string, args: readonly string[] = []): ChildProcess {
  const mounted = `mount -t tmpfs -o size=${size} none "$0" || exit 99; ${script}`;
  return spawn('unshare', [...IN_NAMESPACE, 'sh', '-c', mounted, folder, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}

/** Runs a command where the disk of that process is seen. */
export function runBeside(process: ChildProcess, script: string): void {
  const target = ['--target', String(process.pid), '--user', '--mount', '--preserve-credentials'];
  execFileSync('nsenter', [...target, 'sh', '-c', script], { stdio: ['ignore', 'ignore', 'ignore'] });
}
