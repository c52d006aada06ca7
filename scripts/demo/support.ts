import { setTimeout as sleep } from 'node:timers/promises';
import type { StationDriver } from './station-driver.ts';

/** How often support looks at the station's state. */
const LOOK_EVERY_MS = 200;
/** A wait of this long is that of a login which somebody else holds: a person frees it and says so. */
const LONG_WAIT_MS = 10_000;

/** Somebody at the phone: does by command what the station waits for a person to do, and nothing else. */
export type Support = {
  /** The password that is given when the station says that its own is refused. */
  readonly learnPassword: (password: string) => void;
  /** Nobody is at the phone until `comeBack`. */
  readonly goToLunch: () => void;
  readonly comeBack: () => void;
  readonly passwordFixes: () => number;
  readonly leave: () => Promise<void>;
};

export function createSupport(options: { readonly station: StationDriver; readonly password: string }): Support {
  const { station } = options;
  const leaving = new AbortController();
  let { password } = options;
  let isAway = false;
  let passwordFixes = 0;

  async function look(): Promise<void> {
    const sync = await station.call('sync.view', {});
    if (sync.stoppedReason === 'password_wrong') {
      const answer = await station.tryCall('sync.resume', { password });
      if (answer.ok) passwordFixes += 1;
    } else if (sync.reachability === 'busy' && (sync.nextAttemptInMs ?? 0) > LONG_WAIT_MS) {
      await station.tryCall('sync.resume', { password: null });
    }
  }

  async function work(): Promise<void> {
    while (!leaving.signal.aborted) {
      if (!isAway) await look();
      await sleep(LOOK_EVERY_MS, undefined, { signal: leaving.signal }).catch(() => undefined);
    }
  }

  const worked = work();
  // Told where it is awaited, when support leaves.
  worked.catch(() => undefined);
  return {
    learnPassword: (next) => {
      password = next;
    },
    goToLunch: () => {
      isAway = true;
    },
    comeBack: () => {
      isAway = false;
    },
    passwordFixes: () => passwordFixes,
    leave: async () => {
      leaving.abort();
      await worked;
    },
  };
}
