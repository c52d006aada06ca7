import { hash } from 'node:crypto';
import type { CashSessionRecord } from '../../db/cash-session-queries.ts';
import type { ReadDb, WriteTx } from '../../db/database-types.ts';
import { insertOutboxDocument } from '../../db/outbox-queries.ts';
import { listPaymentTypes } from '../../db/payment-queries.ts';
import { takeNumber } from '../../db/sale-document-writes.ts';
import type { CashDocument } from '../connectors/cash-document.ts';

/** What a cash document says beyond its session and its number. */
type Said = Pick<
  CashDocument,
  'documentId' | 'action' | 'operatorCode' | 'financialReasonId' | 'note' | 'amounts' | 'denominations'
>;

/** The next number of a cash document, e.g. `E01M00000012`: shown to people, the ERP's key is the document's id. */
export function takeCashNumber(tx: WriteTx, stationCode: string): string {
  return `${stationCode}M${String(takeNumber(tx, 'cash')).padStart(8, '0')}`;
}

/** Cash as the ERP names it; empty where it registers no type that is cash. */
export function cashAmount(db: ReadDb, amountCents: number): CashDocument['amounts'] {
  const cash = listPaymentTypes(db).find(({ kind }) => kind === 'cash');
  return cash === undefined ? [] : [{ paymentTypeId: cash.paymentTypeId, acquirerId: null, amountCents }];
}

/** Puts what happened to the drawer in the queue, in the transaction of what it tells. It waits for no other document. */
export function queueCashDocument(
  tx: WriteTx,
  said: Said & { readonly number: string },
  {
    session,
    stationCode,
    nowMs,
    tick,
  }: {
    readonly session: Pick<CashSessionRecord, 'turn' | 'openedBy' | 'businessDay'>;
    readonly stationCode: string;
    readonly nowMs: number;
    readonly tick: number;
  },
): void {
  const document: CashDocument = {
    kind: 'cash',
    ...said,
    stationCode,
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
      tick,
    },
    parents: [],
  });
}
