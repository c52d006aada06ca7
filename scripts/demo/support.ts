import { setTimeout as sleep } from 'node:timers/promises';
import type { StationDriver } from './station-driver.ts';

/** How often support looks at the station's state. */
const LOOK_EVERY_MS = 200;
/** A wait of this long is that of a login which somebody else holds: a person frees it and says so. */
const LONG_WAIT_MS = 10_000;
/** A document that is refused more often than this is a finding. */
const MAX_RESENDS = 5;

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

export function createSupport(options: {
  readonly station: StationDriver;
  readonly password: string;
  readonly tell: (line: string) => void;
}): Support {
  const { station, tell } = options;
  const leaving = new AbortController();
  let { password } = options;
  let isAway = false;
  let passwordFixes = 0;
  const resent = new Map<string, number>();

  async function look(): Promise<void> {
    const sync = await station.call('sync.view', {});
    if (sync.stoppedReason === 'password_wrong') {
      const answer = await station.tryCall('sync.resume', { password });
      if (answer.ok) passwordFixes += 1;
    }
    if (sync.errors > 0) await resendRefused();
    if (sync.reachability === 'busy' && (sync.nextAttemptInMs ?? 0) > LONG_WAIT_MS) {
      await station.tryCall('sync.resume', { password: null });
    }
  }

  /** What the ERP refused for a reason of its own (`errorInside200`): the office says that it may be sent again. */
  async function resendRefused(): Promise<void> {
    for (const { delivery } of await station.call('sync.errors', {})) {
      if (delivery.state !== 'rejected') continue;
      const tries = (resent.get(delivery.documentId) ?? 0) + 1;
      if (tries > MAX_RESENDS) continue;
      resent.set(delivery.documentId, tries);
      await station.tryCall('sync.resend', { documentId: delivery.documentId });
    }
  }

  async function work(): Promise<void> {
    while (!leaving.signal.aborted) {
      if (!isAway) await look();
      await sleep(LOOK_EVERY_MS, undefined, { signal: leaving.signal }).catch(() => undefined);
    }
  }

  const worked = work();
  // It fails the demo where it is awaited, when support leaves; until then somebody should know.
  worked.catch((error: unknown) => tell(`support went away: ${String(error)}`));
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
