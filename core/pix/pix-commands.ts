import type { PixChargeView, PixPendingView } from '../../contract/pix-views.ts';
import { ok, refuse } from '../../contract/result.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { findPix, listAllPix, listOpenPix, sumOpenPix, type PixRecord } from '../../db/pix-queries.ts';
import { checkPix } from '../../db/pix-writes.ts';
import { appendAudit } from '../audit/audit.ts';
import { refId, type CommandHandler, type QueryHandler } from '../handlers.ts';
import { authorise, requireOperator } from '../operator/authorise.ts';
import { stateAfterCheck } from './pix-state-rules.ts';

/** The list `Pix a conferir`, and what the bank's statement said of each. */
export const pixHandlers: {
  readonly 'pix.pending': QueryHandler<'pix.pending'>;
  readonly 'pix.list': QueryHandler<'pix.list'>;
  readonly 'pix.check': CommandHandler<'pix.check'>;
} = {
  'pix.pending': (db) => ok(readPixPending(db)),

  'pix.list': (db, { filter, limit }) =>
    ok({
      pending: readPixPending(db),
      rows: (filter === 'open' ? listOpenPix(db, limit) : listAllPix(db, limit)).map(toView),
    }),

  'pix.check': {
    decide: (tx, { txid, outcome, note, approvalId }, { nowMs }) => {
      const operator = requireOperator(tx);
      if (!operator.ok) return operator;
      const pix = findPix(tx, txid);
      if (pix === null) return refuse({ code: 'pix_not_found', txid });
      const state = stateAfterCheck(pix.state, outcome, pix.isStanding === 1);
      if (state === null) return refuse({ code: 'pix_state_wrong', txid, pixState: pix.state });
      const leave = authorise(tx, operator.value, 'check_pix', approvalId, nowMs);
      if (!leave.ok) return leave;
      const { operatorCode } = operator.value;
      const { approvedBy } = leave.value;
      // Who answers for it is the one who had the right to.
      checkPix(tx, { txid, state, atMs: nowMs, by: approvedBy ?? operatorCode, note });
      appendAudit(tx, {
        atMs: nowMs,
        operatorCode,
        approvedBy,
        action: 'pix_check',
        subjectId: pix.saleId,
        detail: { txid, outcome, from: pix.state, to: state, amountCents: pix.amountCents, note },
      });
      return ok({ txid });
    },
    view: (db, ref) => {
      const txid = refId(ref, 'txid');
      const pix = findPix(db, txid);
      if (pix === null) throw new Error(`no Pix ${txid}`);
      return toView(pix);
    },
  },
};

function readPixPending(db: ReadDb): PixPendingView {
  const sums = sumOpenPix(db);
  const none = { count: 0, cents: 0 };
  const sumOf = (state: PixRecord['state']): { count: number; cents: number } => {
    const found = sums.find((sum) => sum.state === state);
    return found === undefined ? none : { count: found.count, cents: found.cents };
  };
  const [toCheck, toReturn] = [sumOf('to_check'), sumOf('to_return')];
  const oldestMs = sums.length === 0 ? null : Math.min(...sums.map((sum) => sum.oldestMs));
  return {
    count: toCheck.count + toReturn.count,
    cents: toCheck.cents + toReturn.cents,
    toCheck,
    toReturn,
    oldestAt: toInstant(oldestMs),
  };
}

function toView(pix: PixRecord): PixChargeView {
  return {
    txid: pix.txid,
    saleId: pix.saleId,
    saleNumber: pix.saleNumber,
    amountCents: pix.amountCents,
    state: pix.state,
    shownAt: new Date(pix.shownAtMs).toISOString(),
    shownBy: pix.shownBy,
    answeredAt: toInstant(pix.answeredAtMs),
    answeredBy: pix.answeredBy,
    checkedAt: toInstant(pix.checkedAtMs),
    checkedBy: pix.checkedBy,
    note: pix.note,
  };
}

function toInstant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
