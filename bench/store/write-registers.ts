import { LOAD_STEPS } from '../../core/setup/initial-load.ts';
import { insertSession } from '../../db/cash-session-queries.ts';
import type { WriteTx } from '../../db/database-types.ts';
import { setLogin } from '../../db/operator-queries.ts';
import { saveOperator, savePaymentType, saveSalesperson } from '../../db/register-writes.ts';
import { insertEnrolment, saveLoadStep } from '../../db/setup-queries.ts';
import { saveBranch, saveGroup, saveStation } from '../../db/station-queries.ts';
import { PIN_HASHES } from '../../sandbox/seed/seed-stations.ts';
import { STATION_POLICIES } from '../../sandbox/seed/station-policies.ts';
import { BRANCH_RECORD, ENROLMENT_ROW, STATION_ROW } from '../../test/support/station-rows.ts';

export const BRANCH_CODE = BRANCH_RECORD.branchCode;
/** A payment type in cash and the salesperson of every sale. */
export const CASH = 1;
const SALESPERSON = '24';

/**
 * An enrolled, loaded store with what a till needs besides the catalogue. Without its server: that is when a station has to
 * be fast on its own.
 */
export function writeRegisters(tx: WriteTx, nowMs: number): void {
  insertEnrolment(tx, { ...ENROLMENT_ROW, defaultSalespersonCode: SALESPERSON, enrolledAtMs: nowMs });
  saveGroup(tx, {
    groupId: 1,
    code: '000',
    description: 'Lojas',
    policies: JSON.stringify(STATION_POLICIES),
    transId: 1,
  });
  saveBranch(tx, BRANCH_RECORD);
  saveStation(tx, STATION_ROW);
  saveOperator(tx, {
    operatorId: 9,
    operatorCode: '9',
    name: 'Carla Dias',
    profile: 'manager',
    pinHash: PIN_HASHES[9],
    permissions: '{}',
    isActive: true,
    transId: 1,
  });
  saveSalesperson(tx, { salespersonId: 24, salespersonCode: SALESPERSON, name: 'Marina Reis', isActive: true });
  const cash = { code: '01', description: 'Dinheiro', kind: 'cash', allowsChange: true, isActive: true } as const;
  savePaymentType(tx, { paymentTypeId: CASH, ...cash });
  for (const [index, step] of LOAD_STEPS.entries()) {
    saveLoadStep(tx, { step, position: index + 1, state: 'done', rows: 0, error: null });
  }
}

/** The manager at the till and an open drawer. */
export function openTill(tx: WriteTx, nowMs: number, cashSessionId: string): void {
  setLogin(tx, '9', nowMs);
  insertSession(tx, {
    cashSessionId,
    turn: 1,
    businessDay: new Date(nowMs).toISOString().slice(0, 10),
    openedAtMs: nowMs,
    openedBy: '9',
    floatCents: 10_000,
  });
}
