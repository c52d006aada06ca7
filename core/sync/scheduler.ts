import type { Clock } from '../clock.ts';

/** When each task is due, on the monotonic clock: a wall clock that jumps neither stalls nor floods the ERP. */
export type Scheduler<Task extends string> = {
  /** The task to run now, or how long nothing is due. The first of the list wins. */
  readonly next: () => { readonly task: Task } | { readonly waitMs: number };
  /** The task is due again after its interval, counted from now: what was missed is not made up for. */
  readonly done: (task: Task) => void;
  readonly runSoon: (task: Task) => void;
};

/** Everything is due at start, except what `startsLater`. */
export function createScheduler<Task extends string>(
  clock: Clock,
  tasks: readonly { readonly task: Task; readonly everyMs: number; readonly startsLater?: true }[],
): Scheduler<Task> {
  const start = clock.monotonicMs();
  const dueMs = new Map(tasks.map(({ task, everyMs, startsLater }) => [task, startsLater ? start + everyMs : start]));
  const dueOf = (task: Task): number => dueMs.get(task) ?? Infinity;

  return {
    next: () => {
      const now = clock.monotonicMs();
      const due = tasks.find(({ task }) => dueOf(task) <= now);
      if (due !== undefined) return { task: due.task };
      return { waitMs: Math.min(...tasks.map(({ task }) => dueOf(task))) - now };
    },
    done: (task) => {
      const everyMs = tasks.find((row) => row.task === task)?.everyMs ?? Infinity;
      dueMs.set(task, clock.monotonicMs() + everyMs);
    },
    runSoon: (task) => void dueMs.set(task, clock.monotonicMs()),
  };
}
