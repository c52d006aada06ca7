import { ok, refuse } from '../../contract/result.ts';
import type { ReconciliationView } from '../../contract/sync-views.ts';
import { findLastBusinessDay } from '../../db/cash-session-queries.ts';
import type { Database } from '../../db/database-types.ts';
import { findReconciliation } from '../../db/reconciliation-queries.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import { businessDayOf } from '../business-day-rules.ts';
import type { Clock } from '../clock.ts';
import type { Connector } from '../connectors/connector.ts';
import type { ActionHandler, QueryHandler } from '../handlers.ts';
import { failureToRefusal } from '../setup/failure-to-refusal.ts';
import { refuseIdle } from '../setup/why-idle.ts';
import { readTimeZone } from '../setup/read-policies.ts';
import { reconcileDay } from './reconcile-day.ts';

/** The comparison of a day by hand, and the last one as it is kept. */
export function createReconcileHandlers({
  db,
  clock,
  connector,
  onCompared,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly connector: () => Connector | null;
  /** Something may have to be sent again, and people to be told. */
  readonly onCompared: () => void;
}): {
  readonly 'reconcile.day': ActionHandler<'reconcile.day'>;
  readonly 'reconcile.view': QueryHandler<'reconcile.view'>;
} {
  return {
    'reconcile.day': async (input) => {
      const enrolment = findEnrolment(db.read);
      const running = connector();
      if (enrolment === null || running === null) return refuseIdle(db);
      const today = businessDayOf(clock.nowMs(), readTimeZone(db.read));
      const businessDay = input.businessDay ?? findLastBusinessDay(db.read) ?? today;
      const answer = await reconcileDay(businessDay, { connector: running, db, clock });
      onCompared();
      if (answer.ok) return ok(answer.value);
      return refuse(await failureToRefusal(answer.failure, enrolment.serverUrl, enrolment.serverUser));
    },
    'reconcile.view': (read, { businessDay }) => {
      const view = findReconciliation(read, businessDay);
      // The station's own bytes: rows are trusted.
      return ok(view === null ? null : (JSON.parse(view) as ReconciliationView));
    },
  };
}
