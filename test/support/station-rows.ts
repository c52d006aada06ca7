import { DEFAULT_TIME_ZONE } from '../../contract/format.ts';
import type { BranchRow, StationRow } from '../../core/connectors/register-rows.ts';
import type { insertEnrolment } from '../../db/setup-queries.ts';
import type { BranchRecord } from '../../db/station-queries.ts';

/* Station E01 of branch 00010 as every test and benchmark without an ERP has it; whoever needs another says in what. */

/** As the ERP's register tells it. */
export const STATION_ROW: StationRow = {
  stationId: 1,
  stationCode: 'E01',
  description: 'Caixa 1',
  groupId: 1,
  branchId: 8,
  cashRegisterCode: 1,
  series: '1',
  saleEvent: '10',
  returnEvent: '20',
  showcaseId: 2,
  priceTableId: 1,
  isActive: true,
  transId: 1,
};

const BRANCH = {
  branchId: 8,
  branchCode: '00010',
  name: 'MODA AURORA LTDA',
  tradeName: 'Aurora Centro',
  cnpj: '11222333000181',
};
/** As the ERP's register tells it, and as the station keeps it. */
export const BRANCH_ROW: BranchRow = { ...BRANCH, state: 'SP' };
export const BRANCH_RECORD: BranchRecord = { ...BRANCH, timeZone: DEFAULT_TIME_ZONE };

/** Bound to a server at which nobody listens, charging the first price. */
export const ENROLMENT_ROW: Parameters<typeof insertEnrolment>[1] = {
  kind: 'store',
  connector: 'millennium',
  serverUrl: 'http://127.0.0.1:9',
  serverUser: 'e01',
  stationCode: 'E01',
  priceColumn: 1,
  defaultCustomerId: 1,
  defaultSalespersonCode: '24',
  saleEvent: null,
  returnEvent: null,
  replacesStationCode: null,
  integrationEnabled: true,
  enrolledAtMs: 0,
  demoProducts: null,
  demoSeed: null,
};
