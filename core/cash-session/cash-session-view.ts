import type { CashCountView, CashMovementView, CashSessionView } from '../../contract/cash-views.ts';
import {
  listCashCounts,
  listTakenByType,
  type CashCountRecord,
  type CashMovementRecord,
} from '../../db/cash-drawer-queries.ts';
import { findSession, sumSessionCash, type CashSessionRecord } from '../../db/cash-session-queries.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { findOperator } from '../../db/operator-queries.ts';
import { listPaymentTypes } from '../../db/payment-queries.ts';
import { businessDayOf } from '../business-day-rules.ts';
import { getPaperView } from '../receipt/paper-store.ts';
import { describePaymentKind } from '../sale/tender-rules.ts';
import { readTimeZone } from '../setup/read-policies.ts';
import { DAY_ENDS_AFTER_MS, expectedCash, listPlaces } from './cash-session-rules.ts';

/** What screens show of a cash session. */
export function cashSessionView(db: ReadDb, session: CashSessionRecord, nowMs: number): CashSessionView {
  return {
    cashSessionId: session.cashSessionId,
    businessDay: session.businessDay,
    openedAt: new Date(session.openedAtMs).toISOString(),
    openedBy: nameOf(db, session.openedBy),
    floatCents: session.floatCents,
    isCounted: session.countedAtMs !== null,
    isLeftOver: isLeftOver(db, session, nowMs),
  };
}

/** Whether a session is of a day that is over, and nobody let it go on. */
export function isLeftOver(db: ReadDb, session: CashSessionRecord, nowMs: number): boolean {
  // A session younger than the shop's night cannot be: spares each sale the question for its day.
  if (session.closedAtMs !== null || Math.abs(nowMs - session.openedAtMs) < DAY_ENDS_AFTER_MS) return false;
  const day = tradingDay(db, nowMs);
  return day > session.businessDay && session.keptOpenDay !== day;
}

/** The day the shop is in: it ends some hours after midnight. */
export function tradingDay(db: ReadDb, nowMs: number): string {
  return businessDayOf(nowMs - DAY_ENDS_AFTER_MS, readTimeZone(db));
}

export function getSession(db: ReadDb, cashSessionId: string): CashSessionRecord {
  const session = findSession(db, cashSessionId);
  if (session === null) throw new Error(`no cash session ${cashSessionId}`);
  return session;
}

/** What the drawer of a session should hold by what the station knows. Units: cents. */
export function readExpectedCash(db: ReadDb, session: CashSessionRecord): number {
  return expectedCash(session.floatCents, sumSessionCash(db, session.cashSessionId));
}

/** Where something may be to count, and what the station expects of everything but cash. */
export function readPlaces(db: ReadDb, cashSessionId: string) {
  const taken = listTakenByType(db, cashSessionId);
  const types = listPaymentTypes(db).filter(({ kind }) => describePaymentKind(kind).supported);
  return { taken, places: listPlaces(types, taken) };
}

/** A movement with its receipt. */
export function movementView(db: ReadDb, movement: CashMovementRecord): CashMovementView {
  return {
    movementId: movement.movementId,
    number: movement.number,
    kind: movement.kind,
    reason: movement.reason,
    amountCents: movement.amountCents,
    note: movement.note,
    operator: nameOf(db, movement.operatorCode),
    approvedBy: movement.approvedBy === null ? null : nameOf(db, movement.approvedBy),
    movedAt: new Date(movement.movedAtMs).toISOString(),
    paper: getPaperView(db, movement.movementId),
  };
}

/** The confirmed counts of a session, the first one first. */
export function readCounts(db: ReadDb, cashSessionId: string): CashCountView[] {
  return listCashCounts(db, cashSessionId).map((count) => countView(db, count));
}

function countView(db: ReadDb, count: CashCountRecord): CashCountView {
  // The station's own bytes: rows are trusted.
  const lines = JSON.parse(count.lines) as CashCountView['lines'];
  return {
    countId: count.countId,
    attempt: count.attempt,
    countedAt: new Date(count.countedAtMs).toISOString(),
    countedBy: nameOf(db, count.operatorCode),
    denominations: JSON.parse(count.denominations) as CashCountView['denominations'],
    lines,
    cashCountedCents: lines.find(({ kind }) => kind === 'cash')?.countedCents ?? 0,
    differenceCents: lines.reduce((sum, line) => sum + line.differenceCents, 0),
  };
}

/** An operator as papers and screens name them: the register may have lost who left. */
export function nameOf(db: ReadDb, operatorCode: string): string {
  return findOperator(db, operatorCode)?.name ?? operatorCode;
}
