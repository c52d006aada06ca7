import type { RefusalOf } from '../../contract/refusals.ts';
import { refuse } from '../../contract/result.ts';
import type { WriteTx } from '../../db/database-types.ts';
import { answerPix, insertPixCharge, returnPixOfTender } from '../../db/pix-writes.ts';
import type { SaleTenderRecord } from '../../db/sale-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Till } from '../sale/at-the-till.ts';
import { buildBrCode } from './br-code-rules.ts';
import type { PixMerchant } from './pix-merchant.ts';
import { toTxid } from './txid-rules.ts';

/** Writes what the QR of a new tender will say: on disk before anybody can pay it. */
export function insertPix(
  tx: WriteTx,
  tender: { readonly tenderId: string; readonly saleId: string; readonly amountCents: number },
  { operator, session }: Till,
  merchant: PixMerchant,
  nowMs: number,
): void {
  const { tenderId, saleId, amountCents } = tender;
  const txid = toTxid(merchant.stationCode, session.businessDay, tenderId);
  // Some statements show the description and not the txid.
  const payload = buildBrCode({ ...merchant, amountCents, txid, description: `Ref ${txid}` });
  const { operatorCode } = operator;
  insertPixCharge(tx, { tenderId, txid, saleId, payload, amountCents, shownAtMs: nowMs, shownBy: operatorCode });
  auditPix(tx, 'pix_show', { saleId, txid, amountCents }, operatorCode, nowMs);
}

/** The operator saw the credit in the bank's app. */
export function confirmPix(tx: WriteTx, tender: SaleTenderRecord, operatorCode: string, nowMs: number): void {
  answerPix(tx, { tenderId: tender.tenderId, state: 'to_check', atMs: nowMs, by: operatorCode });
  auditPix(tx, 'pix_confirm', factsOf(tender), operatorCode, nowMs);
}

/** The tender is taken back: given up while it waits, else its money has to go back to the customer. */
export function takePixBack(tx: WriteTx, tender: SaleTenderRecord, operatorCode: string, nowMs: number): void {
  if (tender.pixTxid === null) return;
  const isWaiting = tender.pixState === 'waiting';
  if (isWaiting) answerPix(tx, { tenderId: tender.tenderId, state: 'given_up', atMs: nowMs, by: operatorCode });
  else returnPixOfTender(tx, tender.tenderId);
  auditPix(tx, isWaiting ? 'pix_give_up' : 'pix_take_back', factsOf(tender), operatorCode, nowMs);
}

/** Why a sale cannot go on: a QR is open and nobody has said what became of it. */
export function findUnansweredPix(
  tenders: readonly SaleTenderRecord[],
): { readonly ok: false; readonly error: RefusalOf<'pix_unanswered'> } | null {
  const waiting = tenders.find(({ pixState }) => pixState === 'waiting');
  return waiting === undefined
    ? null
    : refuse({ code: 'pix_unanswered', txid: waiting.pixTxid ?? '', amountCents: waiting.amountCents });
}

type Facts = { readonly saleId: string; readonly txid: string | null; readonly amountCents: number };

function factsOf({ saleId, pixTxid, amountCents }: SaleTenderRecord): Facts {
  return { saleId, txid: pixTxid, amountCents };
}

function auditPix(tx: WriteTx, action: string, { saleId, ...detail }: Facts, operatorCode: string, atMs: number): void {
  appendAudit(tx, { atMs, operatorCode, action, subjectId: saleId, detail });
}
