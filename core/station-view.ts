import { findCurrentOperator } from '../db/operator-queries.ts';
import type { BackupView } from '../contract/backup-api.ts';
import type { PrintingView } from '../contract/printing-api.ts';
import type { LoadView, StationView, SyncView } from '../contract/station-views.ts';
import { findOpenSession } from '../db/cash-session-queries.ts';
import type { ReadDb } from '../db/database-types.ts';
import { findEnrolment } from '../db/setup-queries.ts';
import { businessDayOf } from './business-day-rules.ts';
import { cashSessionView } from './cash-session/cash-session-view.ts';
import { operatorView } from './operator/operator-queries.ts';
import { findOwnBranch, findOwnStation, readPolicies, readTimeZone } from './setup/read-policies.ts';

/** What the view of the station is made of besides its rows. */
export type LiveState = {
  readonly version: string;
  readonly schemaVersion: number;
  readonly nowMs: number;
  readonly load: LoadView;
  readonly sync: SyncView;
  readonly backup: BackupView;
  readonly printing: PrintingView;
  readonly demoServer: StationView['demoServer'];
};

/** Everything a screen needs that is not a sale. */
export function getStationView(db: ReadDb, live: LiveState): StationView {
  const enrolment = findEnrolment(db);
  const station = findOwnStation(db);
  const branch = findOwnBranch(db);
  const operator = findCurrentOperator(db);
  const session = findOpenSession(db);
  return {
    version: live.version,
    schemaVersion: live.schemaVersion,
    setup: enrolment?.kind ?? 'empty',
    demoServer: live.demoServer,
    station:
      enrolment === null || station === null || branch === null
        ? null
        : {
            code: station.stationCode,
            description: station.description,
            branchCode: branch.branchCode,
            branchName: branch.tradeName === '' ? branch.name : branch.tradeName,
            company: branch.name,
            cnpj: branch.cnpj,
            server: enrolment.serverUrl,
            timeZone: branch.timeZone,
          },
    policies: readPolicies(db),
    load: live.load,
    operator: operator === null ? null : operatorView(operator),
    cashSession: session === null ? null : cashSessionView(db, session, live.nowMs),
    today: businessDayOf(live.nowMs, readTimeZone(db)),
    sync: live.sync,
    backup: live.backup,
    printing: live.printing,
  };
}
