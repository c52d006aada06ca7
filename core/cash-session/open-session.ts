import { ok, refuse } from '../../contract/result.ts';
import { findLastBusinessDay, findOpenSession, insertSession, keepSessionOpen } from '../../db/cash-session-queries.ts';
import { takeNumber } from '../../db/sale-document-writes.ts';
import { findEnrolment, isLoadComplete } from '../../db/setup-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import { businessDayOf } from '../business-day-rules.ts';
import type { Clock } from '../clock.ts';
import { refId, type CommandHandler } from '../handlers.ts';
import { authorise, requireOperator } from '../operator/authorise.ts';
import type { Random } from '../random.ts';
import { openingPaper } from '../receipt/cash-paper-rules.ts';
import { CLOCK_FAILURE_MS } from '../setup/clock-rules.ts';
import { readTimeZone } from '../setup/read-policies.ts';
import type { ClockOffset } from '../setup/server-clock.ts';
import { cashAmount, keepCashDocument, takeCashNumber } from './cash-document.ts';
import { cashSessionView, getSession, isLeftOver, tradingDay } from './cash-session-view.ts';

/** Opens the drawer of this station, or lets one of yesterday go on. No sale without an open session. */
export function createOpenSession({
  clock,
  random,
  findClockOffset,
}: {
  readonly clock: Clock;
  readonly random: Random;
  /** How far this machine's clock is from the ERP's at `nowMs`, as far as is known. */
  readonly findClockOffset: (nowMs: number) => ClockOffset | null;
}): {
  readonly 'cashSession.open': CommandHandler<'cashSession.open'>;
  readonly 'cashSession.keepOpen': CommandHandler<'cashSession.keepOpen'>;
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
        const offset = findClockOffset(nowMs);
        const isWrong = offset !== null && Math.abs(offset.offsetMs) > CLOCK_FAILURE_MS;
        if (isInPast || isWrong) {
          if (input.approvalId === null && isInPast)
            return refuse({ code: 'session_day_in_past', businessDay, lastBusinessDay });
          if (input.approvalId === null && isWrong) {
            const measuredAt = new Date(offset.measuredAtMs).toISOString();
            return refuse({ code: 'clock_wrong', offsetSeconds: Math.round(offset.offsetMs / 1000), measuredAt });
          }
          const leave = authorise(tx, operator.value, 'open_past_day', input.approvalId, nowMs);
          if (!leave.ok) return leave;
          ({ approvedBy } = leave.value);
        }
        const { operatorCode } = operator.value;
        const { floatCents } = input;
        const session = {
          cashSessionId: random.newId(),
          turn: takeNumber(tx, 'cash_session'),
          businessDay,
          openedAtMs: nowMs,
          openedBy: operatorCode,
          floatCents,
        };
        const { cashSessionId } = session;
        const number = takeCashNumber(tx);
        insertSession(tx, session);
        const audited = appendAudit(tx, {
          atMs: nowMs,
          operatorCode,
          approvedBy,
          action: 'session_open',
          subjectId: cashSessionId,
          detail: { number, businessDay, floatCents, ...(isWrong ? { clockOffsetMs: offset.offsetMs } : {}) },
        });
        // The session's own id is the key of its opening there: killed or repeated, it is one.
        keepCashDocument(
          tx,
          {
            documentId: cashSessionId,
            number,
            action: 'opening',
            financialReasonId: null,
            note: '',
            amounts: cashAmount(tx, floatCents),
            denominations: [],
          },
          { session, operator: operator.value, approvedBy, audited, nowMs, random },
          (facts, store) => openingPaper(facts, floatCents, store),
        );
        return ok({ cashSessionId });
      },
      view: (db, ref) => cashSessionView(db, getSession(db, refId(ref, 'cashSessionId')), clock.nowMs()),
    },

    'cashSession.keepOpen': {
      decide: (tx, { approvalId }, { nowMs }) => {
        const operator = requireOperator(tx);
        if (!operator.ok) return operator;
        const session = findOpenSession(tx);
        if (session === null) return refuse({ code: 'session_closed' });
        if (!isLeftOver(tx, session, nowMs)) return refuse({ code: 'session_not_left_over' });
        const leave = authorise(tx, operator.value, 'sell_past_day', approvalId, nowMs);
        if (!leave.ok) return leave;
        const { cashSessionId, businessDay } = session;
        const day = tradingDay(tx, nowMs);
        keepSessionOpen(tx, cashSessionId, day);
        appendAudit(tx, {
          atMs: nowMs,
          operatorCode: operator.value.operatorCode,
          approvedBy: leave.value.approvedBy,
          action: 'session_keep_open',
          subjectId: cashSessionId,
          detail: { businessDay, day },
        });
        return ok({ cashSessionId });
      },
      view: (db, ref) => cashSessionView(db, getSession(db, refId(ref, 'cashSessionId')), clock.nowMs()),
    },
  };
}
