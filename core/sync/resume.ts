import { ok, refuse } from '../../contract/result.ts';
import type { SyncView } from '../../contract/station-views.ts';
import type { Database } from '../../db/database-types.ts';
import { findCurrentOperator } from '../../db/operator-queries.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import { clearAlerts, listAlerts } from '../../db/sync-mark-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { ActionHandler } from '../handlers.ts';
import type { Connect } from '../setup/enrol-station.ts';
import { failureToRefusal } from '../setup/failure-to-refusal.ts';
import { ERP_PASSWORD, type SecretStore } from '../setup/secret-store.ts';

/** A person dealt with what stopped replication: with another password, or by looking at what it told. */
export function createResume({
  db,
  clock,
  secrets,
  connect,
  view,
  stop,
  start,
  resumeRunning,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: SecretStore;
  readonly connect: Connect;
  readonly view: () => SyncView;
  /** Lets go of the login, and takes it again. */
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly resumeRunning: () => void;
}): ActionHandler<'sync.resume'> {
  return async ({ password }) => {
    const enrolment = findEnrolment(db.read);
    if (enrolment === null) return refuse({ code: 'station_not_enrolled' });
    const { stoppedReason, stoppedText } = view();
    if (password !== null) {
      // The old login may still hold its session: it is let go before the new password is tried.
      await stop();
      const connector = connect(enrolment, password);
      const answer = await connector.readServerVersion();
      await connector.close();
      if (answer.ok) await secrets.save(ERP_PASSWORD, password);
      await start();
      if (!answer.ok) return refuse(await failureToRefusal(answer.failure, enrolment.serverUrl, enrolment.serverUser));
    } else if (stoppedReason === 'password_unreadable') await start();
    const alerts = listAlerts(db.read).map(({ kind }) => kind);
    if (stoppedReason !== null || alerts.length > 0) {
      db.write((tx) => {
        clearAlerts(tx);
        appendAudit(tx, {
          atMs: clock.nowMs(),
          // Null: by who may use the machine's own account.
          operatorCode: findCurrentOperator(tx)?.operatorCode ?? null,
          action: 'sync_resume',
          subjectId: enrolment.stationCode,
          detail: { stoppedReason, stoppedText, alerts },
        });
      });
    }
    resumeRunning();
    return ok(view());
  };
}
