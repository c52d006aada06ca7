import type { SyncView } from '../../contract/station-views.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { findEnrolment } from '../../db/setup-queries.ts';

const NOT_ASKED = {
  stoppedReason: null,
  stoppedText: null,
  lastError: null,
  unreachableSince: null,
  nextAttemptInMs: null,
  lastPullAt: null,
} as const;

/**
 * Why nothing runs: a person turned it off, the password cannot be read (`silentKeyStore` says how), or the station is not
 * set up yet.
 */
export function idleState(
  read: ReadDb,
  silentKeyStore: string | null,
): Omit<typeof NOT_ASKED, 'stoppedReason' | 'stoppedText'> &
  Pick<SyncView, 'stoppedReason' | 'stoppedText'> & {
    readonly reachability: 'disabled' | 'not_configured' | 'stopped';
  } {
  if (findEnrolment(read)?.integrationEnabled === false) return { ...NOT_ASKED, reachability: 'disabled' };
  if (silentKeyStore === null) return { ...NOT_ASKED, reachability: 'not_configured' };
  return { ...NOT_ASKED, reachability: 'stopped', stoppedReason: 'password_unreadable', stoppedText: silentKeyStore };
}
