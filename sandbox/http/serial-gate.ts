import type { Socket } from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { ErpError } from './erp-error.ts';

/** Leaves the gate; may be called twice. */
export type Leave = () => void;

/**
 * Lets one call of each user in at a time. A second one that arrives before the first was answered is refused as a
 * licence in use, and reported to `onViolation`: the contract asks for serial calls.
 *
 *   free --enter--> held --leave (just before the reply is written)--> free
 *                     '---client closed its socket-------------------> free, and not a violation
 */
export function createSerialGate(
  onViolation: (user: string) => void,
  busyError: (user: string) => ErpError,
): (user: string, socket: Socket) => Promise<Leave> {
  const held = new Map<string, { isAbandoned: boolean }>();
  // A client that gave up on a slow call may come back on a new socket before this process has read the end of the
  // old one; only then is the wait worth its time.
  const abandonGraceMs = 25;

  return async (user, socket) => {
    const holder = held.get(user);
    if (holder !== undefined) {
      await sleep(abandonGraceMs);
      // After a late timer of a busy process the sockets have not been read yet.
      await nextTurn();
      if (!holder.isAbandoned || held.has(user)) {
        onViolation(user);
        throw busyError(user);
      }
    }
    const slot = { isAbandoned: false };
    held.set(user, slot);
    const leave = (): void => {
      socket.off('close', abandon);
      if (held.get(user) === slot) held.delete(user);
    };
    const abandon = (): void => {
      slot.isAbandoned = true;
      leave();
    };
    socket.once('close', abandon);
    return leave;
  };
}
