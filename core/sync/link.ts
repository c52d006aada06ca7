import type { RemoteFailure } from '../connectors/connector.ts';
import type { Breakers } from './breakers.ts';
import type { Reachability } from './reachability.ts';
import type { Scheduler } from './scheduler.ts';
import { SMALL_REGISTERS } from './small-registers.ts';
import type { Task } from './tasks.ts';

/**
 * What each answer means for the server as a whole and for the one method that was asked.
 *
 *   no answer, 5xx --> suspect: the next call is another one, a heartbeat if the server takes it
 *                        others answer --> three times so: the breaker of this method opens, the server stays online
 *                        nobody does ----> the server is away, the back-off grows
 *   404 ----------> sending: the connector stops with an alert | anything else: that alone is left out
 *   refused ------> the server is there; the method is counted
 */
export type Link = {
  readonly noteAnswer: (task: Task) => void;
  readonly noteFailure: (task: Task, failure: RemoteFailure) => void;
  /** What failed last without an answer: not the probe to try next where there is another. */
  readonly suspect: () => Task | null;
};

export function createLink({
  reach,
  breakers,
  schedule,
  heartbeat,
}: {
  readonly reach: Reachability;
  readonly breakers: Breakers<Task>;
  readonly schedule: Scheduler<Task>;
  readonly heartbeat: { readonly isOffered: () => boolean };
}): Link {
  let suspect: Task | null = null;

  function noteTransient(task: Task, failure: RemoteFailure): void {
    breakers.noteFailure(task, failure);
    // The others answer: that this one does not is its own affair.
    if (breakers.isOpen(task) && reach.isOnline()) return reach.noteMethodFailure(failure);
    // A batch that waits for the head would ask for the same again.
    suspect = task === 'heartbeat' ? 'push' : task;
    reach.noteFailure(failure);
    const probe: Task = heartbeat.isOffered() && task !== 'heartbeat' ? 'heartbeat' : SMALL_REGISTERS[0];
    if (probe !== task) schedule.runSoon(probe);
  }

  return {
    noteAnswer: (task) => {
      suspect = null;
      breakers.noteAnswer(task);
      reach.noteAnswer();
    },
    noteFailure: (task, failure) => {
      if (failure.class === 'transient') return noteTransient(task, failure);
      if (failure.class === 'method' && task !== 'push') {
        breakers.noteFailure(task, failure);
        reach.noteMethodFailure(failure);
        return reach.noteAnswer();
      }
      if (failure.class === 'refused') breakers.noteFailure(task, failure);
      reach.noteFailure(failure);
    },
    suspect: () => suspect,
  };
}
