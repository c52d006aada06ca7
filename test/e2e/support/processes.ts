import { execFileSync } from 'node:child_process';

/** A process of this machine that has not ended; `command`: its command line. */
export type AppProcess = { readonly pid: number; readonly parent: number; readonly command: string };

/** The processes of this machine, by their id. */
export function listProcesses(): ReadonlyMap<number, AppProcess> {
  const found = new Map<number, AppProcess>();
  const table = execFileSync('ps', ['-ww', '-eo', 'pid=,ppid=,stat=,args='], { encoding: 'utf8' });
  for (const row of table.split('\n')) {
    const [, pid, parent, state = '', command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(row) ?? [];
    // One that ended and that nobody has asked for yet is gone, too.
    if (pid !== undefined && !state.startsWith('Z'))
      found.set(Number(pid), { pid: Number(pid), parent: Number(parent), command });
  }
  return found;
}

/** All that `pid` started, and what that started, those it started itself first. */
export function descendantsOf(pid: number): readonly AppProcess[] {
  const all = [...listProcesses().values()];
  const found = all.filter(({ parent }) => parent === pid);
  for (const one of found) found.push(...all.filter(({ parent }) => parent === one.pid));
  return found;
}

/** SIGKILL; it may have ended with its parent before its own turn came. */
export function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
