import type { RefusalOf } from '../../contract/refusals.ts';
import { refuse, type Result } from '../../contract/result.ts';
import type { Database } from '../../db/database-types.ts';
import { findEnrolment } from '../../db/setup-queries.ts';

/** Nobody asked for a server yet, a person turned it off, or its registers are still on their way. */
export type IdleRefusal = 'station_not_enrolled' | 'integration_off' | 'catalog_not_loaded';

/** Why no connector runs, for who asked something that needs the ERP. */
export function refuseIdle(db: Pick<Database, 'read'>): Extract<Result<never, RefusalOf<IdleRefusal>>, { ok: false }> {
  const enrolment = findEnrolment(db.read);
  if (enrolment === null) return refuse({ code: 'station_not_enrolled' });
  return refuse(enrolment.integrationEnabled ? { code: 'catalog_not_loaded' } : { code: 'integration_off' });
}
