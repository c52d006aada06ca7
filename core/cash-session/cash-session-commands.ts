import { ok, refuse } from '../../contract/result.ts';
import {
  closeSession,
  countUnfinishedSales,
  findLastBusinessDay,
  findOpenSession,
  findSession,
  insertSession,
  sumSessionCash,
  type CashSessionRecord,
} from '../../db/cash-session-queries.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { findEnrolment, isLoadComplete } from '../../db/setup-queries.ts';
import type { CashSessionView } from '../../contract/station-views.ts';
import { appendAudit } from '../audit/audit.ts';
import { businessDayOf } from '../business-day-rules.ts';
import { refId, type CommandHandler } from '../handlers.ts';
import { authorise, requireOperator } from '../operator/authorise.ts';
import { findOperator } from '../../db/operator-queries.ts';
import type { Random } from '../random.ts';
import { CLOCK_FAILURE_MS } from '../setup/clock-rules.ts';
import { readTimeZone } from '../setup/read-policies.ts';
import type { ClockOffset } from '../setup/server-clock.ts';
import { expectedCash } from './cash-session-rules.ts';

/** Opens and closes the drawer of this station. No sale without an open session; a closed one never changes. */
export function createCashSessionCommands({
  random,
  findClockOffset,
}: {
  readonly random: Random;
  /** How far this machine's clock is from the ERP's at `nowMs`, as far as is known. */
  readonly findClockOffset: (nowMs: number) => ClockOffset | null;
}): {
  readonly 'cashSession.open': CommandHandler<'cashSession.open'>;
  readonly 'cashSession.close': CommandHandler<'cashSession.close'>;
} {
  return {
    'cashSession.open': {
      decide: (tx, input, { nowMs }) => {
        if (findEnrolment(tx) === null) return refuse({ code: 'station_not_enrolled' });
        if (!isLoadComplete(tx)) return refuse({ code: 'catalog_not_loaded' });
        const operator = requireOperator(tx);
        if (!operator.ok) return operator;
        const open = findOpenSession(tx);
        if (open !== null) return refuse({ code: 'session_already_open', cashSessionId: open.cashSessionId });
        const businessDay = businessDayOf(nowMs, readTimeZone(tx));
        const lastBusinessDay = findLastBusinessDay(tx);
        let approvedBy: string | null = null;
        // A clock that went back would put today's sales before yesterday's: a superior has to look at it.
        const isInPast = lastBusinessDay !== null && businessDay < lastBusinessDay;
        const clock = findClockOffset(nowMs);
        const isWrong = clock !== null && Math.abs(clock.offsetMs) > CLOCK_FAILURE_MS;
        if (isInPast || isWrong) {
          if (input.approvalId === null && isInPast)
            return refuse({ code: 'session_day_in_past', businessDay, lastBusinessDay });
          if (input.approvalId === null && isWrong) {
            const measuredAt = new Date(clock.measuredAtMs).toISOString();
            return refuse({ code: 'clock_wrong', offsetSeconds: Math.round(clock.offsetMs / 1000), measuredAt });
          }
          const leave = authorise(tx, operator.value, 'open_past_day', input.approvalId, nowMs);
          if (!leave.ok) return leave;
          ({ approvedBy } = leave.value);
        }
        const cashSessionId = random.newId();
        const { operatorCode } = operator.value;
        insertSession(tx, {
          cashSessionId,
          businessDay,
          openedAtMs: nowMs,
          openedBy: operatorCode,
          floatCents: input.floatCents,
        });
        appendAudit(tx, {
          atMs: nowMs,
          operatorCode,
          approvedBy,
          action: 'session_open',
          subjectId: cashSessionId,
          detail: { businessDay, floatCents: input.floatCents, ...(isWrong ? { clockOffsetMs: clock.offsetMs } : {}) },
        });
        return ok({ cashSessionId });
      },
      view: (db, ref) => cashSessionView(db, getSession(db, refId(ref, 'cashSessionId'))),
    },

    'cashSession.close': {
      decide: (tx, input, { nowMs }) => {
        const operator = requireOperator(tx);
        if (!operator.ok) return operator;
        const session = findOpenSession(tx);
        if (session === null) return refuse({ code: 'session_closed' });
        const unfinished = countUnfinishedSales(tx);
        if (unfinished.open + unfinished.parked > 0) return refuse({ code: 'session_has_open_sales', ...unfinished });
        const leave = authorise(tx, operator.value, 'close_session', input.approvalId, nowMs);
        if (!leave.ok) return leave;
        const { cashSessionId } = session;
        const { operatorCode } = operator.value;
        const expectedCashCents = expectedCash(session.floatCents, sumSessionCash(tx, cashSessionId));
        closeSession(tx, {
          cashSessionId,
          closedAtMs: nowMs,
          closedBy: operatorCode,
          expectedCashCents,
          countedCashCents: input.countedCents,
        });
        appendAudit(tx, {
          atMs: nowMs,
          operatorCode,
          approvedBy: leave.value.approvedBy,
          action: 'session_close',
          subjectId: cashSessionId,
          detail: { expectedCashCents, countedCashCents: input.countedCents },
        });
        return ok({ cashSessionId });
      },
      view: (db, ref) => {
        const session = getSession(db, refId(ref, 'cashSessionId'));
        const { closedAtMs, expectedCashCents, countedCashCents } = session;
        if (closedAtMs === null || expectedCashCents === null || countedCashCents === null) {
          throw new Error(`cash session ${session.cashSessionId} is not closed`);
        }
        return {
          cashSessionId: session.cashSessionId,
          expectedCashCents,
          countedCashCents,
          differenceCents: countedCashCents - expectedCashCents,
          closedAt: new Date(closedAtMs).toISOString(),
        };
      },
    },
  };
}

/** What screens show of a cash session. */
export function cashSessionView(db: ReadDb, session: CashSessionRecord): CashSessionView {
  return {
    cashSessionId: session.cashSessionId,
    businessDay: session.businessDay,
    openedAt: new Date(session.openedAtMs).toISOString(),
    openedBy: findOperator(db, session.openedBy)?.name ?? session.openedBy,
    floatCents: session.floatCents,
  };
}

function getSession(db: ReadDb, cashSessionId: string): CashSessionRecord {
  const session = findSession(db, cashSessionId);
  if (session === null) throw new Error(`no cash session ${cashSessionId}`);
  return session;
}
