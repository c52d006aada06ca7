import { readdirSync, readFileSync } from 'node:fs';

/** What a process of the app is; `others` are Chromium's helpers (zygotes, network, graphics). */
export type Role = 'main' | 'core' | 'renderer' | 'others';

/**
 * Megabytes that a process and all it started take of the machine, by role: their proportional set size, in which a page
 * that several share counts once. Needs the rights to look into all of them (root, where Chromium has its sandbox).
 */
export function readMemoryMb(pid: number): Readonly<Record<Role, number>> {
  const found: Record<Role, number> = { main: 0, core: 0, renderer: 0, others: 0 };
  for (const process of familyOf(pid)) found[roleOf(process, pid)] += readPssMb(process);
  return found;
}

/** All roles together. */
export function sumMb(memory: Readonly<Record<Role, number>>): number {
  return Object.values(memory).reduce((sum, value) => sum + value, 0);
}

function familyOf(pid: number): number[] {
  const family = [pid];
  const pairs = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const);
  for (const parent of family) for (const [child, itsParent] of pairs) if (itsParent === parent) family.push(child);
  return family;
}

function parentOf(pid: string): number {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ')[1],
    );
  } catch {
    // It ended since the list was read.
    return -1;
  }
}

function roleOf(process: number, main: number): Role {
  if (process === main) return 'main';
  const command = readFileSync(`/proc/${process}/cmdline`, 'utf8').replaceAll('\0', ' ');
  if (command.includes('core/main.js')) return 'core';
  return command.includes('--type=renderer') ? 'renderer' : 'others';
}

/** Megabytes that one process takes of the machine. */
export function readPssMb(pid: number): number {
  const line = /^Pss: +(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'));
  return Number(line?.[1] ?? Number.NaN) / 1024;
}
