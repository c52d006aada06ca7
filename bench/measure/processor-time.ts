import { readFileSync } from 'node:fs';

/** Linux counts processor time in hundredths of a second. */
const MS_PER_TICK = 10;
const NO_TICKS = { worked: Number.NaN, stolen: Number.NaN };

/**
 * Milliseconds of processor that a process took so far, all its threads together; NaN where the system does not tell.
 * On a busy machine it says more than the clock on the wall.
 */
export function readProcessorMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * MS_PER_TICK;
  } catch {
    return Number.NaN;
  }
}

/**
 * Begins to watch the whole machine. The answer: of the processor time wanted since then, the share that a host gave to
 * somebody else (0 to 1); NaN where the system does not tell. A p99 of a run that was robbed is the host's.
 */
export function watchStolenTime(): () => number {
  const before = readMachineTicks();
  return () => {
    const after = readMachineTicks();
    const stolen = after.stolen - before.stolen;
    const worked = after.worked - before.worked;
    return worked + stolen === 0 ? 0 : stolen / (worked + stolen);
  };
}

function readMachineTicks(): { readonly worked: number; readonly stolen: number } {
  try {
    const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
    const [user, nice, system, , , irq, softIrq, stolen] = line.trim().split(/\s+/).slice(1).map(Number);
    if (stolen === undefined) return NO_TICKS;
    return { worked: (user ?? 0) + (nice ?? 0) + (system ?? 0) + (irq ?? 0) + (softIrq ?? 0), stolen };
  } catch {
    return NO_TICKS;
  }
}
