import { ok, refuse } from '../../contract/result.ts';
import {
  findCashMovement,
  findFinancialReason,
  insertCashMovement,
  listTakenByType,
} from '../../db/cash-drawer-queries.ts';
import { findOpenSession, sumSessionCash } from '../../db/cash-session-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import { refId, type CommandHandler } from '../handlers.ts';
import { authorise, requireOperator } from '../operator/authorise.ts';
import type { Random } from '../random.ts';
import { movementPaper, partialPaper } from '../receipt/cash-paper-rules.ts';
import { getPaperView } from '../receipt/paper-store.ts';
import { cashAmount, keepCashDocument, keepCashPaper, takeCashNumber } from './cash-document.ts';
import { canWithdraw, expectedCash } from './cash-session-rules.ts';
import { movementView, readExpectedCash } from './cash-session-view.ts';

/**
 * Cash put into the drawer and taken out of it, with a financial reason. One transaction writes the movement, its audit
 * row, its document and its receipt. Never more goes out than the drawer holds by what the station knows; the refusal
 * does not say how much that is, and comes after the permission, so that it is no way to find out.
 */
export function createMoveCash({ random }: { readonly random: Random }): {
  readonly 'cashSession.move': CommandHandler<'cashSession.move'>;
  readonly 'cashSession.partial': CommandHandler<'cashSession.partial'>;
} {
  return {
    'cashSession.move': {
      decide: (tx, { kind, financialReasonId, amountCents, note, approvalId }, { nowMs }) => {
        const operator = requireOperator(tx);
        if (!operator.ok) return operator;
        const session = findOpenSession(tx);
        if (session === null) return refuse({ code: 'session_closed' });
        if (session.countedAtMs !== null) return refuse({ code: 'session_counted' });
        const reason = findFinancialReason(tx, financialReasonId);
        if (reason === null) return refuse({ code: 'financial_reason_unknown', financialReasonId });
        if (reason.direction !== (kind === 'supply' ? 'in' : 'out'))
          return refuse({ code: 'financial_reason_direction', reason: reason.description, kind });
        const permission = kind === 'supply' ? 'cash_supply' : 'cash_withdrawal';
        const leave = authorise(tx, operator.value, permission, approvalId, nowMs);
        if (!leave.ok) return leave;
        if (kind === 'withdrawal' && !canWithdraw(readExpectedCash(tx, session), amountCents))
          return refuse({ code: 'withdrawal_too_large', amountCents });

        const { cashSessionId, businessDay } = session;
        const { operatorCode } = operator.value;
        const { approvedBy } = leave.value;
        const movementId = random.newId();
        const number = takeCashNumber(tx);
        const audited = appendAudit(tx, {
          atMs: nowMs,
          operatorCode,
          approvedBy,
          action: kind === 'supply' ? 'cash_supply' : 'cash_withdrawal',
          subjectId: movementId,
          detail: { number, cashSessionId, financialReasonId, reason: reason.description, amountCents, note },
        });
        insertCashMovement(tx, {
          movementId,
          cashSessionId,
          number,
          kind,
          financialReasonId,
          reason: reason.description,
          amountCents,
          note,
          operatorCode,
          approvedBy,
          movedAtMs: nowMs,
          businessDay,
          tick: audited.sequence,
        });
        keepCashDocument(
          tx,
          {
            documentId: movementId,
            number,
            action: kind,
            financialReasonId,
            note,
            amounts: cashAmount(tx, amountCents),
            denominations: [],
          },
          { session, operator: operator.value, approvedBy, audited, nowMs, random },
          (facts, store) => movementPaper(facts, { kind, reason: reason.description, note, amountCents }, store),
        );
        return ok({ movementId });
      },
      view: (db, ref) => {
        const movementId = refId(ref, 'movementId');
        const movement = findCashMovement(db, movementId);
        if (movement === null) throw new Error(`no cash movement ${movementId}`);
        return movementView(db, movement);
      },
    },

    'cashSession.partial': {
      decide: (tx, { approvalId }, { nowMs }) => {
        const operator = requireOperator(tx);
        if (!operator.ok) return operator;
        const session = findOpenSession(tx);
        if (session === null) return refuse({ code: 'session_closed' });
        const leave = authorise(tx, operator.value, 'see_expected', approvalId, nowMs);
        if (!leave.ok) return leave;
        const { cashSessionId, floatCents } = session;
        const { approvedBy } = leave.value;
        const partialId = random.newId();
        const audited = appendAudit(tx, {
          atMs: nowMs,
          operatorCode: operator.value.operatorCode,
          approvedBy,
          action: 'session_partial',
          subjectId: cashSessionId,
        });
        const moved = sumSessionCash(tx, cashSessionId);
        const others = listTakenByType(tx, cashSessionId).map(({ description, acquirer, amountCents }) => ({
          description: acquirer === null ? description : `${description} · ${acquirer}`,
          amountCents,
        }));
        const sums = { floatCents, ...moved };
        const expectedCashCents = expectedCash(floatCents, moved);
        keepCashPaper(
          tx,
          { documentId: partialId, number: 'parcial', kind: 'session_partial' },
          { session, operator: operator.value, approvedBy, audited, nowMs, random },
          (facts, store) => partialPaper(facts, { sums, expectedCashCents, others }, store),
        );
        return ok({ partialId });
      },
      view: (db, ref) => getPaperView(db, refId(ref, 'partialId')),
    },
  };
}
