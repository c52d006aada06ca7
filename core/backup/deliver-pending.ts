import type { Clock } from '../clock.ts';
import type { CashDocument } from '../connectors/cash-document.ts';
import type { Connector, DocumentOutcome, OutgoingDocument, RemoteFailure } from '../connectors/connector.ts';
import type { OutgoingCustomer } from '../connectors/customer-document.ts';
import type { Pending } from './pending-file.ts';

/** Documents in one push; the default of the replicator. */
const BATCH = 50;
/** Times the whole of what is left is gone through; then a person looks at what the server said. */
const MAX_ROUNDS = 5;
/** Between rounds: a record in use is free again, a server that restarts is back. */
const PAUSE_MS = 2_000;

/** What became of one document: as the connector said it, or `waiting` for another one that did not arrive. */
export type Delivered = {
  readonly kind: 'sale' | 'cancellation' | 'customer' | 'cash';
  readonly number: string;
  readonly amountCents: number;
  readonly result: DocumentOutcome['result'];
  readonly text: string | null;
};

export type Delivery = { readonly documents: readonly Delivered[]; readonly failure: RemoteFailure | null };

type Item = {
  readonly kind: Delivered['kind'];
  readonly number: string;
  readonly documentId: string;
  readonly amountCents: number;
  outcome: Pick<DocumentOutcome, 'result' | 'text' | 'remoteRef'> | null;
};

/**
 * Delivers documents by the connector's own push: each is looked up by its key before anything of it is sent, so that
 * running it twice, or beside the station itself, doubles nothing.
 *
 *   round:  customers --> sales whose customer is there --> cancellations whose sale is there --> sales once more
 *           (a sale with a cancellation is confirmed when both are through)
 *
 * Ends when all have an end, after some rounds, or at once when the server refuses the login or lacks a method.
 */
export async function deliverPending({
  pending,
  connector,
  clock,
}: {
  readonly pending: Pending;
  readonly connector: Pick<Connector, 'push' | 'pushCustomers' | 'pushCash'>;
  readonly clock: Clock;
}): Promise<Delivery> {
  const customers = pending.customers.map((outgoing) => ({ outgoing, ...toCustomerItem(outgoing) }));
  const documents = pending.documents.map((outgoing) => ({ outgoing, ...toItem(outgoing) }));
  const cash = pending.cash.map((document) => ({ document, ...toCashItem(document) }));
  let failure: RemoteFailure | null = null;

  /** One batch after the other; what the server did not answer for stays open. */
  async function send<Entry extends Item>(
    entries: readonly Entry[],
    push: (batch: readonly Entry[]) => ReturnType<Connector['push']>,
  ): Promise<void> {
    const open = entries.filter((entry) => !isEnd(entry));
    for (let from = 0; from < open.length && failure === null; from += BATCH) {
      const batch = open.slice(from, from + BATCH);
      const report = await push(batch);
      failure = report.failure;
      for (const entry of batch) {
        const outcome = report.outcomes.find(({ documentId }) => documentId === entry.documentId);
        if (outcome !== undefined) entry.outcome = outcome;
      }
    }
  }

  /** A server that lacks this one method says nothing of the sales: what is left of the drawer waits on the station. */
  async function deliverCash(): Promise<void> {
    const before = failure;
    await send(cash, (batch) => connector.pushCash(batch.map(({ document }) => document)));
    if (before === null && failure?.class === 'method') failure = null;
  }

  function isSaleThere({ outgoing }: { readonly outgoing: OutgoingDocument }): boolean {
    const sale = documents.find((entry) => entry.kind === 'sale' && entry.number === outgoing.document.number);
    return sale === undefined || sale.outcome?.result === 'sent' || sale.outcome?.result === 'confirmed';
  }

  function isCustomerThere({ outgoing: { document } }: { readonly outgoing: OutgoingDocument }): boolean {
    const entry = customerOf(document);
    return entry === undefined || entry.outcome?.result === 'confirmed';
  }

  function customerOf(document: OutgoingDocument['document']): (typeof customers)[number] | undefined {
    if (document.kind !== 'sale' || document.customer === null) return undefined;
    const { personId } = document.customer;
    return customers.findLast(({ outgoing }) => outgoing.document.personId === personId);
  }

  /** The sale for the customer as the ERP now knows it. */
  function withCustomer(outgoing: OutgoingDocument): OutgoingDocument {
    const remoteRef = customerOf(outgoing.document)?.outcome?.remoteRef ?? null;
    if (remoteRef === null || outgoing.document.kind !== 'sale') return outgoing;
    return { ...outgoing, document: { ...outgoing.document, customerId: Number(remoteRef) } };
  }

  const sales = documents.filter(({ kind }) => kind === 'sale');
  const cancellations = documents.filter(({ kind }) => kind === 'cancellation');
  const push = (batch: readonly { readonly outgoing: OutgoingDocument }[]) =>
    connector.push(batch.map(({ outgoing }) => withCustomer(outgoing)));

  for (let round = 1; ; round += 1) {
    failure = null;
    await send(customers, (batch) => connector.pushCustomers(batch.map(({ outgoing }) => outgoing)));
    await send(sales.filter(isCustomerThere), push);
    await send(cancellations.filter(isSaleThere), push);
    await send(
      sales.filter((sale) => sale.outgoing.cancellationTried && isCustomerThere(sale)),
      push,
    );
    await deliverCash();
    const isOver = [...customers, ...documents, ...cash].every(isEnd) || isFinal(failure);
    if (isOver || round === MAX_ROUNDS) break;
    await clock.sleep(PAUSE_MS);
  }
  const untold = failure === null ? 'waiting' : 'untried';
  return { documents: [...customers, ...documents, ...cash].map((entry) => toDelivered(entry, untold)), failure };
}

function isEnd({ outcome }: Item): boolean {
  const result = outcome?.result;
  return result === 'confirmed' || result === 'rejected' || result === 'diverged' || result === 'collision';
}

/** Asking again says the same until a person does something. */
function isFinal(failure: RemoteFailure | null): boolean {
  return failure !== null && (failure.class === 'password' || failure.class === 'method');
}

function toItem({ document }: OutgoingDocument): Item {
  const { kind, number, documentId } = document;
  return {
    kind,
    number,
    documentId,
    amountCents: document.kind === 'sale' ? document.totalCents : 0,
    outcome: null,
  };
}

function toCashItem({ documentId, number }: CashDocument): Item {
  return { kind: 'cash', number, documentId, amountCents: 0, outcome: null };
}

function toCustomerItem({ document: { documentId, number } }: OutgoingCustomer): Item {
  return { kind: 'customer', number, documentId, amountCents: 0, outcome: null };
}

function toDelivered({ kind, number, amountCents, outcome }: Item, untold: 'waiting' | 'untried'): Delivered {
  return { kind, number, amountCents, result: outcome?.result ?? untold, text: outcome?.text ?? null };
}
