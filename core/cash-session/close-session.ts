import { sumDenominations } from '../../contract/cash-sums.ts';
import type { SessionClosingView } from '../../contract/cash-views.ts';
import { ok, refuse } from '../../contract/result.ts';
import { insertCashCount } from '../../db/cash-drawer-queries.ts';
import {
  closeSession,
  countUnfinishedSales,
  findOpenSession,
  markCounted,
  sumSessionCash,
} from '../../db/cash-session-queries.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { findPaymentType } from '../../db/payment-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import { refId, type CommandHandler } from '../handlers.ts';
import { authorise, requireOperator } from '../operator/authorise.ts';
import type { Random } from '../random.ts';
import { closingPaper } from '../receipt/cash-paper-rules.ts';
import { listPaperViews } from '../receipt/paper-store.ts';
import { keepCashDocument, takeCashNumber } from './cash-document.ts';
import { compareCount, NO_CASH_TYPE } from './cash-session-rules.ts';
import { getSession, nameOf, readCounts, readExpectedCash, readPlaces } from './cash-session-view.ts';

/** Counts of one session: the first, and one recount. */
export const MAX_COUNTS = 2;

/**
 *   open --count--> counted (nothing is sold any more; the difference is told) --close--> closed for ever
 *                      '--one recount--'
 *
 * What was expected is told by nothing at the till before a count is confirmed, and both counts stay.
 */
export function createCloseSession({ random }: { readonly random: Random }): {
  readonly 'cashSession.count': CommandHandler<'cashSession.count'>;
  readonly 'cashSession.close': CommandHandler<'cashSession.close'>;
} {
  return {
    'cashSession.count': {
      decide: (tx, { denominations, amounts, approvalId }, { nowMs }) => {
        const operator = requireOperator(tx);
        if (!operator.ok) return operator;
        const session = findOpenSession(tx);
        if (session === null) return refuse({ code: 'session_closed' });
        const unfinished = countUnfinishedSales(tx);
        if (unfinished.open + unfinished.parked > 0) return refuse({ code: 'session_has_open_sales', ...unfinished });
        const { cashSessionId } = session;
        const attempt = readCounts(tx, cashSessionId).length + 1;
        if (attempt > MAX_COUNTS) return refuse({ code: 'recount_used' });
        const { places, taken } = readPlaces(tx, cashSessionId);
        for (const { paymentTypeId, acquirerId } of amounts) {
          if (places.some((place) => place.paymentTypeId === paymentTypeId && place.acquirerId === acquirerId))
            continue;
          // Found where the till expects nothing: it counts all the same.
          const type = findPaymentType(tx, paymentTypeId);
          if (type === null || type.kind === 'cash') return refuse({ code: 'payment_type_unknown', paymentTypeId });
          places.push({ paymentTypeId, acquirerId, description: type.description, kind: type.kind });
        }
        const leave = authorise(tx, operator.value, 'close_session', approvalId, nowMs);
        if (!leave.ok) return leave;
        const lines = compareCount({
          places,
          expectedCashCents: readExpectedCash(tx, session),
          countedCashCents: sumDenominations(denominations),
          taken,
          amounts,
        });
        const countId = random.newId();
        const { operatorCode } = operator.value;
        const { approvedBy } = leave.value;
        insertCashCount(tx, {
          countId,
          cashSessionId,
          attempt,
          operatorCode,
          approvedBy,
          countedAtMs: nowMs,
          denominations: JSON.stringify(denominations),
          lines: JSON.stringify(lines),
        });
        markCounted(tx, cashSessionId, nowMs);
        appendAudit(tx, {
          atMs: nowMs,
          operatorCode,
          approvedBy,
          action: 'session_count',
          subjectId: cashSessionId,
          detail: { countId, attempt, lines: lines.map(toAudited) },
        });
        return ok({ cashSessionId, countId });
      },
      view: (db, ref) => {
        const countId = refId(ref, 'countId');
        const count = readCounts(db, refId(ref, 'cashSessionId')).find((row) => row.countId === countId);
        if (count === undefined) throw new Error(`no cash count ${countId}`);
        return count;
      },
    },

    'cashSession.close': {
      decide: (tx, { floatLeftCents }, { nowMs }) => {
        const operator = requireOperator(tx);
        if (!operator.ok) return operator;
        const session = findOpenSession(tx);
        if (session === null) return refuse({ code: 'session_closed' });
        const { cashSessionId, floatCents } = session;
        const counts = readCounts(tx, cashSessionId);
        const last = counts.at(-1);
        if (last === undefined) return refuse({ code: 'count_missing' });
        const countedCashCents = last.cashCountedCents;
        if (floatLeftCents > countedCashCents)
          return refuse({ code: 'float_left_too_large', countedCents: countedCashCents });
        const expectedCashCents = readExpectedCash(tx, session);
        const { operatorCode } = operator.value;
        const closingId = random.newId();
        const number = takeCashNumber(tx);
        closeSession(tx, {
          cashSessionId,
          closedAtMs: nowMs,
          closedBy: operatorCode,
          expectedCashCents,
          countedCashCents,
          floatLeftCents,
        });
        const audited = appendAudit(tx, {
          atMs: nowMs,
          operatorCode,
          action: 'session_close',
          subjectId: cashSessionId,
          detail: { number, expectedCashCents, countedCashCents, floatLeftCents, counts: counts.length },
        });
        keepCashDocument(
          tx,
          {
            documentId: closingId,
            number,
            action: 'closing',
            financialReasonId: null,
            note: counts.length > 1 ? 'Recontado' : '',
            amounts: last.lines
              .filter(({ paymentTypeId }) => paymentTypeId !== NO_CASH_TYPE)
              .map(({ paymentTypeId, acquirerId, expectedCents, countedCents }) => ({
                paymentTypeId,
                acquirerId,
                expectedCents,
                countedCents,
              })),
            denominations: last.denominations.filter(({ quantity }) => quantity > 0),
          },
          { session, operator: operator.value, approvedBy: null, audited, nowMs, random },
          (facts, store) =>
            closingPaper(
              facts,
              {
                openedAt: new Date(session.openedAtMs).toISOString(),
                openedBy: nameOf(tx, session.openedBy),
                sums: { floatCents, ...sumSessionCash(tx, cashSessionId) },
                counts,
                floatLeftCents,
              },
              store,
            ),
        );
        return ok({ cashSessionId, closingId });
      },
      view: (db, ref) => closingView(db, refId(ref, 'cashSessionId'), refId(ref, 'closingId')),
    },
  };
}

function closingView(db: ReadDb, cashSessionId: string, closingId: string): SessionClosingView {
  const { closedAtMs, expectedCashCents, countedCashCents, floatLeftCents } = getSession(db, cashSessionId);
  const counts = readCounts(db, cashSessionId);
  const last = counts.at(-1);
  if (
    closedAtMs === null ||
    expectedCashCents === null ||
    countedCashCents === null ||
    floatLeftCents === null ||
    last === undefined
  ) {
    throw new Error(`cash session ${cashSessionId} is not closed`);
  }
  return {
    cashSessionId,
    expectedCashCents,
    countedCashCents,
    differenceCents: last.differenceCents,
    floatLeftCents,
    closedAt: new Date(closedAtMs).toISOString(),
    counts,
    papers: listPaperViews(db, closingId),
  };
}

function toAudited({
  paymentTypeId,
  acquirerId,
  expectedCents,
  countedCents,
}: {
  readonly paymentTypeId: number;
  readonly acquirerId: number | null;
  readonly expectedCents: number;
  readonly countedCents: number;
}) {
  return { paymentTypeId, acquirerId, expectedCents, countedCents };
}
