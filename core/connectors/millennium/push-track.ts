import type { DocumentOutcome, OutgoingDocument } from '../connector.ts';
import { findDifference, findOtherCustomer } from './compare-order.ts';
import { orderStatus } from './millennium-methods.ts';
import type { FoundOrder } from './order-reader.ts';

/** What is left to do for a document once the ERP was looked at. */
export type NextStep = 'include' | 'status' | 'done';

/** One document on its way through one push: where it stands, and what will be said of it. */
export type PushTrack = {
  readonly outgoing: OutgoingDocument;
  readonly number: string;
  step: NextStep | 'look-up';
  /** Something of it left the station in this call. */
  touched: boolean;
  /** The ERP said that it took the sale. */
  included: boolean;
  /** The ERP said that it changed the order's state in this call. */
  changed: boolean;
  /** Where the last change of the order stands among all that the ERP made. */
  revision: number | null;
  /** The server's last words on its state. */
  refusal: string | null;
  remoteRef: string | null;
  outcome: DocumentOutcome | null;
};

/** A document at the start of a push: one that was tried before is looked up before anything is sent. */
export function startTrack(outgoing: OutgoingDocument): PushTrack {
  const { document, triedBefore } = outgoing;
  const first = document.kind === 'sale' ? 'include' : 'status';
  return {
    outgoing,
    number: document.number,
    step: triedBefore ? 'look-up' : first,
    touched: false,
    included: false,
    changed: false,
    revision: null,
    refusal: null,
    remoteRef: null,
    outcome: null,
  };
}

/** Ends a track with what became of its document. */
export function settle(
  track: PushTrack,
  result: DocumentOutcome['result'],
  text: string | null = null,
  errorClass: DocumentOutcome['errorClass'] = text === null ? null : 'refused',
): void {
  const { documentId } = track.outgoing.document;
  track.step = 'done';
  track.outcome = { documentId, result, text, errorClass, remoteRef: track.remoteRef };
}

/**
 * Decides what the order that the ERP holds under our number means.
 *
 *   none                     sale: include        cancellation: waiting (its sale is delivered again)
 *   one that cannot be read  unknown, counted as a refusal
 *   another document's       collision            (a restored or cloned disk)
 *   other figures            diverged             (parked for a person, never overwritten)
 *   cancelled (5)            sale: confirmed if a cancellation of ours exists, else diverged; cancellation: confirmed
 *   delivered (3, 4)         sale: confirmed      cancellation: status 5
 *   below 3                  sale: status 3, but never once 5 was tried; cancellation: status 5
 */
export function judge(track: PushTrack, found: FoundOrder | null): void {
  const { document, sale: original, cancellationExists, cancellationTried } = track.outgoing;
  if (found === null) {
    if (document.kind === 'sale') track.step = 'include';
    else settle(track, 'waiting', 'the sale is not at the server');
    return;
  }
  if (!found.ok) {
    settle(track, 'unknown', found.failure.text);
    return;
  }
  const order = found.value;
  track.remoteRef = order.remoteRef;
  track.revision = order.transId;
  const sale = document.kind === 'sale' ? document : original;
  if (sale === null) throw new Error(`cancellation ${document.documentId} without its sale`);
  const ours = sale.documentId.toLowerCase();
  if (order.documentId !== ours) {
    if (order.documentId === '') settle(track, 'diverged', 'the order there carries no document of ours');
    else settle(track, 'collision', `${order.number} is another document there: ${order.documentId}`);
    return;
  }
  // Of a sale that arrived already the office may have joined two customers since: its cancellation does not ask.
  const difference =
    findDifference(sale, order) ?? (document.kind === 'sale' ? findOtherCustomer(document, order) : null);
  const isCancelled = order.status === orderStatus.cancelled;
  if (difference !== null) settle(track, 'diverged', difference);
  else if (document.kind === 'cancellation') {
    if (isCancelled) settle(track, 'confirmed');
    else track.step = 'status';
  } else if (isCancelled) {
    if (cancellationExists) settle(track, 'confirmed');
    else settle(track, 'diverged', 'the order was cancelled at the server');
  } else if (order.status >= orderStatus.delivered) settle(track, 'confirmed');
  // A late 3 may revive a cancelled sale: the cancellation, which is on its way, ends this one.
  else if (cancellationTried) settle(track, 'sent');
  else track.step = 'status';
}
