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
 * Why nothing runs: the station is not set up yet, a person turned it off, the password cannot be read (`silentKeyStore`
 * says how), or it is about to.
 */
export function idleState(
  read: ReadDb,
  silentKeyStore: string | null,
): Omit<typeof NOT_ASKED, 'stoppedReason' | 'stoppedText'> &
  Pick<SyncView, 'stoppedReason' | 'stoppedText'> & {
    readonly reachability: 'disabled' | 'not_configured' | 'stopped' | 'connecting';
  } {
  const enrolment = findEnrolment(read);
  if (enrolment === null) return { ...NOT_ASKED, reachability: 'not_configured' };
  if (!enrolment.integrationEnabled) return { ...NOT_ASKED, reachability: 'disabled' };
  if (silentKeyStore === null) return { ...NOT_ASKED, reachability: 'connecting' };
  return { ...NOT_ASKED, reachability: 'stopped', stoppedReason: 'password_unreadable', stoppedText: silentKeyStore };
}
