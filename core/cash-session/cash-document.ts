import { hash } from 'node:crypto';
import type { PaperView } from '../../contract/sale-views.ts';
import type { CashSessionRecord } from '../../db/cash-session-queries.ts';
import type { ReadDb, WriteTx } from '../../db/database-types.ts';
import type { OperatorRecord } from '../../db/operator-queries.ts';
import { insertOutboxDocument } from '../../db/outbox-queries.ts';
import { listPaymentTypes } from '../../db/payment-queries.ts';
import { insertPaper, takeNumber } from '../../db/sale-document-writes.ts';
import type { CashDocument } from '../connectors/cash-document.ts';
import type { Random } from '../random.ts';
import { CASH_PAPER_VERSION, type CashPaperFacts } from '../receipt/cash-paper-rules.ts';
import type { PaperLine } from '../receipt/paper-rules.ts';
import type { PaperStore } from '../receipt/sale-paper-rules.ts';
import { getOwnStore } from '../setup/read-policies.ts';
import { nameOf } from './cash-session-view.ts';

/** What a cash document says beyond its session, its moment and who did it. */
type Said = Pick<
  CashDocument,
  'documentId' | 'number' | 'action' | 'financialReasonId' | 'note' | 'amounts' | 'denominations'
>;

/** Who did something to the drawer of which session, when, and the audit row that says so. */
type CashMoment = {
  readonly session: Pick<CashSessionRecord, 'turn' | 'openedBy' | 'businessDay'>;
  readonly operator: Pick<OperatorRecord, 'operatorCode' | 'name'>;
  readonly approvedBy: string | null;
  readonly audited: { readonly sequence: number; readonly hash: string };
  readonly nowMs: number;
  readonly random: Random;
};

type LinesOf = (facts: CashPaperFacts, store: PaperStore) => PaperLine[];

const PAPER_KINDS = {
  opening: 'session_opening',
  supply: 'supply',
  withdrawal: 'withdrawal',
  closing: 'session_closing',
} as const satisfies Record<CashDocument['action'], PaperView['kind']>;

/** Papers that go with cash in a hand. */
const MOVES_CASH: ReadonlySet<PaperView['kind']> = new Set(['session_opening', 'supply', 'withdrawal']);

/** The next number of a cash document, e.g. `E01M00000012`: shown to people, the ERP's key is the document's id. */
export function takeCashNumber(tx: WriteTx): string {
  const { stationCode } = getOwnStore(tx).store;
  return `${stationCode}M${String(takeNumber(tx, 'cash')).padStart(8, '0')}`;
}

/** Cash as the ERP names it; empty where it registers no type that is cash. */
export function cashAmount(db: ReadDb, amountCents: number): CashDocument['amounts'] {
  const cash = listPaymentTypes(db).find(({ kind }) => kind === 'cash');
  return cash === undefined ? [] : [{ paymentTypeId: cash.paymentTypeId, acquirerId: null, amountCents }];
}

/**
 * Puts what happened to the drawer in the queue and its paper on disk, in the transaction of what it tells. It waits for
 * no other document, and nothing is printed before.
 */
export function keepCashDocument(tx: WriteTx, said: Said, moment: CashMoment, linesOf: LinesOf): void {
  const { session, operator, audited, nowMs } = moment;
  const document: CashDocument = {
    kind: 'cash',
    ...said,
    operatorCode: operator.operatorCode,
    stationCode: getOwnStore(tx).store.stationCode,
    turn: session.turn,
    responsibleCode: session.openedBy,
    businessDay: session.businessDay,
    at: new Date(nowMs).toISOString(),
  };
  const payload = JSON.stringify(document);
  insertOutboxDocument(tx, {
    document: {
      documentId: document.documentId,
      kind: 'cash',
      naturalKey: document.number,
      payload,
      payloadHash: hash('sha256', payload),
      // What waits is summed up as sales; what lies in the drawer is nobody's business before it is counted.
      amountCents: 0,
      createdAtMs: nowMs,
      businessDay: session.businessDay,
      tick: audited.sequence,
    },
    parents: [],
  });
  keepCashPaper(tx, { ...said, kind: PAPER_KINDS[said.action] }, moment, linesOf);
}

/** Writes a paper of the drawer before anything is printed. */
export function keepCashPaper(
  tx: WriteTx,
  { documentId, number, kind }: Pick<PaperView, 'documentId' | 'kind'> & { readonly number: string },
  { session, operator, approvedBy, audited, nowMs, random }: CashMoment,
  linesOf: LinesOf,
): void {
  const facts: CashPaperFacts = {
    number,
    turn: session.turn,
    businessDay: session.businessDay,
    at: new Date(nowMs).toISOString(),
    operator: operator.name,
    approvedBy: approvedBy === null ? null : nameOf(tx, approvedBy),
    control: audited.hash.slice(0, 4),
  };
  insertPaper(
    tx,
    {
      paperId: random.newId(),
      documentId,
      kind,
      templateVersion: CASH_PAPER_VERSION,
      lines: JSON.stringify(linesOf(facts, getOwnStore(tx).store)),
      createdAtMs: nowMs,
    },
    { opensDrawer: MOVES_CASH.has(kind) },
  );
}
