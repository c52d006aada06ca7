import type { BreakerView } from '../../contract/sync-views.ts';
import type { Clock } from '../clock.ts';
import type { RemoteFailure } from '../connectors/connector.ts';
import type { Log } from '../log.ts';

/** Failures of one method, with answers of others between them, after which it is left alone. */
const FAILURES_TO_OPEN = 3;
/** First rest of a method that keeps failing; doubled up to the longest with each probe that fails. */
const FIRST_REST_MS = 5_000;
/** Sales arrive at most this long after the method that held them up is well again. */
const LONGEST_SENDING_REST_MS = 30_000;
/** A register is read again at most this long after its method is well again. */
const LONGEST_REST_MS = 300_000;
/** A method that the server lacks comes with another version of the server. */
const MISSING_REST_MS = 3_600_000;

type Breaker = {
  failures: number;
  /** Answers of all methods when it failed last: more since then mean that others answer. */
  answersAtFailure: number;
  state: 'closed' | 'open' | 'missing';
  openings: number;
  retryAtMs: number;
  sinceMs: number;
  method: string;
  text: string;
};

/**
 * One breaker for each thing that is asked of the ERP, so that one method that is broken there stops nothing else.
 *
 *   closed --fails 3 times while others answer--> open: rests 5 s, 10 .. --one probe--> answers: closed | fails: open
 *   closed --the server lacks the method (404)--> missing: one probe an hour
 *
 * A server that is away as a whole opens none: nobody answered between the failures. Rests count on the monotonic clock;
 * at start all are closed.
 */
export type Breakers<Task extends string> = {
  /** Milliseconds until this may be asked again. */
  readonly waitMs: (task: Task) => number;
  readonly isOpen: (task: Task) => boolean;
  readonly noteAnswer: (task: Task) => void;
  readonly noteFailure: (task: Task, failure: RemoteFailure) => void;
  readonly closeAll: () => void;
  /** Those that are not closed. */
  readonly view: () => BreakerView[];
};

export function createBreakers<Task extends string>({
  clock,
  log,
  sendingTask,
}: {
  readonly clock: Clock;
  readonly log: Log;
  /** What sends documents rests less than the others. */
  readonly sendingTask: Task;
}): Breakers<Task> {
  const breakers = new Map<Task, Breaker>();
  let answers = 0;

  function rest(task: Task, breaker: Breaker): void {
    const longest = task === sendingTask ? LONGEST_SENDING_REST_MS : LONGEST_REST_MS;
    const restMs =
      breaker.state === 'missing' ? MISSING_REST_MS : Math.min(longest, FIRST_REST_MS * 2 ** breaker.openings);
    breaker.openings = Math.min(breaker.openings + 1, 10);
    breaker.retryAtMs = clock.monotonicMs() + restMs;
  }

  return {
    waitMs: (task) => Math.max(0, (breakers.get(task)?.retryAtMs ?? 0) - clock.monotonicMs()),
    isOpen: (task) => (breakers.get(task)?.state ?? 'closed') !== 'closed',
    noteAnswer: (task) => {
      answers += 1;
      const breaker = breakers.get(task);
      if (breaker === undefined) return;
      breakers.delete(task);
      if (breaker.state !== 'closed') log.info('method answers again', { task, method: breaker.method });
    },
    noteFailure: (task, failure) => {
      const breaker = breakers.get(task) ?? {
        failures: 0,
        answersAtFailure: -1,
        state: 'closed',
        openings: 0,
        retryAtMs: 0,
        sinceMs: clock.nowMs(),
        method: failure.method,
        text: failure.text,
      };
      breakers.set(task, breaker);
      breaker.method = failure.method;
      breaker.text = failure.text;
      const didOthersAnswer = answers > breaker.answersAtFailure;
      breaker.answersAtFailure = answers;
      if (failure.class === 'method') {
        // Told once: the next hundred probes say the same.
        if (breaker.state !== 'missing') log.error('method is not there', { task, method: failure.method });
        breaker.state = 'missing';
        rest(task, breaker);
        return;
      }
      // What the server itself refuses needs no other answer to tell that it is there.
      if (didOthersAnswer || failure.class === 'refused') breaker.failures += 1;
      if (breaker.state === 'closed' && breaker.failures < FAILURES_TO_OPEN) return;
      if (breaker.state === 'closed') {
        log.error('method keeps failing', { task, method: failure.method, text: failure.text });
      }
      breaker.state = 'open';
      rest(task, breaker);
    },
    closeAll: () => breakers.clear(),
    view: () =>
      [...breakers.entries()].flatMap(([task, { state, method, text, failures, sinceMs, retryAtMs }]) => {
        if (state === 'closed') return [];
        const nextAttemptInMs = Math.max(0, Math.round(retryAtMs - clock.monotonicMs()));
        const isProbing = state === 'open' && nextAttemptInMs === 0;
        return [
          {
            task,
            method,
            state: isProbing ? ('half_open' as const) : state,
            failures,
            text,
            since: new Date(sinceMs).toISOString(),
            nextAttemptInMs,
          },
        ];
      }),
  };
}
