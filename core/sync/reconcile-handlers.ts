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
import type { Random } from '../random.ts';
import { failureToRefusal } from '../setup/failure-to-refusal.ts';
import { refuseIdle } from '../setup/why-idle.ts';
import { readTimeZone } from '../setup/read-policies.ts';
import { reconcileDay } from './reconcile-day.ts';

/** The comparison of a day by hand, and the last one as it is kept. */
export function createReconcileHandlers({
  db,
  clock,
  random,
  connector,
  onCompared,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  /** The one that runs, once it has started; null while none does. */
  readonly connector: () => Promise<Connector | null>;
  /** People may have to be told; what the ERP lost is sent again. */
  readonly onCompared: (isLost: boolean) => void;
}): {
  readonly 'reconcile.day': ActionHandler<'reconcile.day'>;
  readonly 'reconcile.view': QueryHandler<'reconcile.view'>;
} {
  return {
    'reconcile.day': async (input) => {
      const enrolment = findEnrolment(db.read);
      const running = await connector();
      if (enrolment === null || running === null) return refuseIdle(db);
      const today = businessDayOf(clock.nowMs(), readTimeZone(db.read));
      const businessDay = input.businessDay ?? findLastBusinessDay(db.read) ?? today;
      const answer = await reconcileDay(businessDay, { connector: running, db, clock, random });
      onCompared(answer.ok && answer.value.requeued > 0);
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
