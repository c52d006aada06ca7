import type { BackOfficeTarget } from '../../contract/back-office.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { MethodRefusal } from '../../contract/station-api.ts';
import type { Database, ReadDb } from '../../db/database-types.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import { findBranch, findStation } from '../../db/station-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { BackOffice } from '../connectors/back-office.ts';
import type { Connector, Remote } from '../connectors/connector.ts';
import type { ActionHandler, QueryHandler } from '../handlers.ts';
import { failureToRefusal } from '../setup/failure-to-refusal.ts';
import { refuseIdle } from '../setup/why-idle.ts';

/** The calls of a back office, in the queue of the session that this station holds at the ERP. */
export type BackOfficeHandlers = {
  readonly 'backOffice.target': QueryHandler<'backOffice.target'>;
  readonly 'backOffice.begin': ActionHandler<'backOffice.begin'>;
  readonly 'backOffice.write': ActionHandler<'backOffice.write'>;
  readonly 'backOffice.findSkus': ActionHandler<'backOffice.findSkus'>;
  readonly 'backOffice.invoices': ActionHandler<'backOffice.invoices'>;
};

export function createBackOfficeHandlers({
  db,
  clock,
  currentConnector,
}: {
  readonly db: Database;
  readonly clock: Clock;
  /** The connector of the running replicator: a login is one session, so that nothing is asked beside it. */
  readonly currentConnector: () => Promise<Connector | null>;
}): BackOfficeHandlers {
  async function ask<Value>(
    call: (backOffice: BackOffice) => Promise<Remote<Value>>,
  ): Promise<Result<Value, MethodRefusal<'backOffice.write'>>> {
    const enrolment = findEnrolment(db.read);
    if (enrolment === null) return refuseIdle(db);
    const connector = await currentConnector();
    if (connector === null) return refuseIdle(db);
    const reply = await call(connector.backOffice);
    return reply.ok
      ? ok(reply.value)
      : refuse(await failureToRefusal(reply.failure, enrolment.serverUrl, enrolment.serverUser));
  }

  return {
    'backOffice.target': findTarget,
    'backOffice.begin': ({ file, sha256, records }, leave) => {
      const target = findTarget(db.read);
      if (target.ok) {
        db.write((tx) => {
          const atMs = clock.nowMs();
          leave.use(tx, atMs);
          appendAudit(tx, {
            atMs,
            operatorCode: null,
            action: 'catalog_push',
            subjectId: sha256,
            detail: { file, records },
          });
        });
      }
      return Promise.resolve(target);
    },
    'backOffice.write': async (batch) => {
      const written = await ask((backOffice) => backOffice.write(batch));
      return written.ok ? ok([...written.value]) : written;
    },
    'backOffice.findSkus': async ({ showcaseId, productCode }) => {
      const found = await ask((backOffice) => backOffice.findSkus(showcaseId, productCode));
      return found.ok ? ok([...found.value]) : found;
    },
    'backOffice.invoices': async (request) => {
      const page = await ask((backOffice) => backOffice.readInvoices(request));
      return page.ok ? ok({ ...page.value, rows: [...page.value.rows] }) : page;
    },
  };
}

function findTarget(db: ReadDb): Result<BackOfficeTarget, RefusalOf<'station_not_enrolled'>> {
  const enrolment = findEnrolment(db);
  const station = enrolment === null ? null : findStation(db, enrolment.stationCode);
  if (enrolment === null || station === null) return refuse({ code: 'station_not_enrolled' });
  return ok({
    server: enrolment.serverUrl,
    user: enrolment.serverUser,
    showcaseId: station.showcaseId,
    priceTableId: station.priceTableId,
    branchCode: findBranch(db, station.branchId)?.branchCode ?? '',
  });
}
