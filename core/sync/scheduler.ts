import type { Clock } from '../clock.ts';

/** When each task is due, on the monotonic clock: a wall clock that jumps neither stalls nor floods the ERP. */
export type Scheduler<Task extends string> = {
  /**
   * The task to run now, or how long none may run. The first of the list wins, but the one to `avoid` only where no other
   * may run. `waitOf` is how long a task must be left alone although it is due.
   */
  readonly next: (limits: {
    readonly waitOf: (task: Task) => number;
    readonly avoid: Task | null;
  }) => { readonly task: Task } | { readonly waitMs: number };
  /** The task is due again after its interval, counted from now: what was missed is not made up for. */
  readonly done: (task: Task) => void;
  readonly runSoon: (task: Task) => void;
  /** The task is due in `ms`, or earlier where it was due earlier. */
  readonly runIn: (task: Task, ms: number) => void;
};

/** Everything is due at start, except what `startsLater`. */
export function createScheduler<Task extends string>(
  clock: Clock,
  tasks: readonly { readonly task: Task; readonly everyMs: number; readonly startsLater?: true }[],
): Scheduler<Task> {
  const start = clock.monotonicMs();
  const dueMs = new Map(tasks.map(({ task, everyMs, startsLater }) => [task, startsLater ? start + everyMs : start]));

  return {
    next: ({ waitOf, avoid }) => {
      const now = clock.monotonicMs();
      const waits = tasks.map(({ task }) => ({
        task,
        waitMs: Math.max((dueMs.get(task) ?? Infinity) - now, waitOf(task)),
      }));
      const ready = waits.filter(({ waitMs }) => waitMs <= 0);
      const first = ready.find(({ task }) => task !== avoid) ?? ready[0];
      return first === undefined ? { waitMs: Math.min(...waits.map(({ waitMs }) => waitMs)) } : { task: first.task };
    },
    done: (task) => {
      const everyMs = tasks.find((row) => row.task === task)?.everyMs ?? Infinity;
      dueMs.set(task, clock.monotonicMs() + everyMs);
    },
    runSoon: (task) => void dueMs.set(task, clock.monotonicMs()),
    runIn: (task, ms) => void dueMs.set(task, Math.min(dueMs.get(task) ?? Infinity, clock.monotonicMs() + ms)),
  };
}
