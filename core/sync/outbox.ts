import type { Database, WriteTx } from '../../db/database-types.ts';
import { hasDueDocument, listDueDocuments, type DueDocument, type OutboxState } from '../../db/outbox-queries.ts';
import { findMark, saveMark } from '../../db/sync-mark-queries.ts';
import { releaseChildren } from '../../db/customer-writes.ts';
import {
  applyOutcome,
  markSending,
  requeueParents,
  saveRemoteId,
  sendingToUnknown,
  undoSending,
} from '../../db/outbox-writes.ts';
import type { Clock } from '../clock.ts';
import type { Connector, DocumentOutcome, PushReport, RemoteFailure, RevisionRange } from '../connectors/connector.ts';
import { doubtCustomerOf } from '../customer/doubt-customer.ts';
import { giveWay, localIdOf, toOutgoingCustomer } from '../customer/outgoing-customer.ts';
import { tellKeptCustomers } from '../customer/tell-kept-customers.ts';
import type { Log } from '../log.ts';
import type { Random } from '../random.ts';
import { toOutgoing } from './outgoing.ts';
import { createRefusalCount } from './refusal-count.ts';
import { writeInSlices } from './write-in-slices.ts';

/** Attempts after which a document goes behind the others: it may be the one that breaks the server. */
const LATE_AFTER = 5;
/** Documents in a batch at least, however bad the link is; fewer when the batches of this station are smaller. */
const MIN_BATCH = 5;

/** What one batch came to. */
export type BatchResult = {
  readonly taken: number;
  /** Documents that the ERP took. */
  readonly sent: number;
  readonly confirmed: number;
  /** Documents that are further than they were: without any, asking again at once would only repeat itself. */
  readonly moved: number;
  readonly collision: string | null;
  /** The ERP's count of changes went back: until then it was whole. Null: it did not. */
  readonly serverWholeUntilMs: number | null;
  readonly failure: RemoteFailure | null;
};

/** The way out: takes what is due, hands it to the connector, and writes down what became of it. */
export type Outbox = {
  /** Whether a document may go now. Not to be asked while a batch is in flight. */
  readonly hasDue: () => boolean;
  readonly sendBatch: () => Promise<BatchResult>;
};

/**
 *   pending, unknown, sent --on the medium--> sending --connector--> confirmed | sent | rejected | diverged
 *        ^                                       |  '--> unknown: no answer; the next batch looks it up first
 *        '--untried, or its parent is not there <'
 *
 * A batch is written some documents at a time, so that a sale need not wait for it. A core that dies here leaves
 * `sending`, which is `unknown` at the next start; so is what a failed write (a full disk) leaves there, before anything
 * else is taken.
 */
export function createOutbox({
  connector,
  db,
  clock,
  random,
  log,
  batchSize,
}: {
  readonly connector: Connector;
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly batchSize: number;
}): Outbox {
  const refusals = createRefusalCount(clock);
  let hasStranded = false;
  // Where calls are lost a small batch still comes to its end: halved after each failure, doubled after each success.
  let size = batchSize;

  /** Takes back what a batch left as `sending` because its end could not be written; none is in flight then. */
  function recover(): void {
    if (!hasStranded) return;
    const unknown = db.write((tx) => sendingToUnknown(tx));
    hasStranded = false;
    log.warn('documents to look up', { unknown });
  }

  async function sendBatch(): Promise<BatchResult> {
    try {
      recover();
      return await sendDue();
    } catch (error) {
      hasStranded = true;
      throw error;
    }
  }

  async function sendDue(): Promise<BatchResult> {
    const due = await takeBatch();
    if (due.length === 0) return NOTHING_DUE;
    const { outcomes, failure, revisions } = await push(due);
    if (failure === null) size = Math.min(batchSize, size * 2);
    else if (failure.class === 'transient') size = Math.max(Math.min(MIN_BATCH, batchSize), Math.floor(size / 2));
    const found = new Map(outcomes.map((outcome) => [outcome.documentId, outcome]));
    const noted: { moved: number; serverWholeUntilMs: number | null } = { moved: 0, serverWholeUntilMs: null };
    await writeInSlices(db, due, (tx, slice, isLast) => {
      for (const row of slice) {
        const outcome = found.get(row.documentId) ?? unknownOutcome(row, failure);
        if (noteOutcome(tx, row, outcome)) noted.moved += 1;
      }
      if (isLast) noted.serverWholeUntilMs = noteRevisions(tx, revisions);
    });
    for (const outcome of outcomes) tell(outcome);
    const confirmed = outcomes.filter(({ result }) => result === 'confirmed').length;
    const sent = confirmed + outcomes.filter(({ result }) => result === 'sent').length;
    const collision = outcomes.find(({ result }) => result === 'collision')?.text ?? null;
    return { taken: due.length, sent, confirmed, collision, failure, ...noted };
  }

  /** Writes down what became of one document; answers whether that is a step further. */
  function noteOutcome(tx: WriteTx, row: DueDocument, outcome: DocumentOutcome): boolean {
    if (outcome.result === 'untried') {
      undoSending(tx, row.documentId, row.state);
      return false;
    }
    if (outcome.result === 'collision') saveMark(tx, 'older_disk', { toldAtMs: clock.nowMs(), isAnswered: false });
    const state = toState(outcome);
    const isError = state !== 'confirmed' && outcome.text !== null;
    // Confirmed, and the ERP has something else: only a customer who is not to be written over.
    const isKept = state === 'confirmed' && outcome.text !== null && row.kind === 'customer';
    const isApplied = applyOutcome(tx, {
      documentId: row.documentId,
      state,
      errorClass: isError ? (outcome.errorClass ?? outcome.result) : null,
      errorText: isError || isKept ? outcome.text : null,
      errorAtMs: isError || isKept ? clock.nowMs() : null,
      remoteRef: outcome.remoteRef,
      confirmedAtMs: state === 'confirmed' ? clock.nowMs() : null,
    });
    if (!isApplied) return false;
    if (isKept) tellKeptCustomers(tx, clock.nowMs());
    // Of a customer the ERP may know who it is and take nothing else: its sales need no more than that.
    if (outcome.remoteRef !== null && (state === 'confirmed' || row.kind === 'customer')) {
      saveRemoteId(tx, {
        connector: connector.name,
        kind: row.kind,
        localId: localIdOf(row),
        remoteId: outcome.remoteRef,
        hash: row.payloadHash,
      });
      if (state !== 'confirmed') releaseChildren(tx, row.documentId);
    }
    // Not a step further: the parents are where they were before, and asking at once would go in a circle.
    if (outcome.result === 'waiting' && state === 'pending') {
      requeueParents(tx, row.documentId);
      doubtCustomerOf(tx, row, { nowMs: clock.nowMs(), random });
    }
    return state !== row.state && isFurther(state);
  }

  /**
   * What the ERP changed now stands before what it changed earlier: it went back in time in between, and its own head of
   * this station may already be past the old one.
   */
  function noteRevisions(tx: WriteTx, revisions: RevisionRange | undefined): number | null {
    if (revisions === undefined) return null;
    const before = findMark(tx, 'server_revision');
    // Forgotten where the look for what was lost is noted: a core that is killed before sees the sign again.
    if (before !== null && revisions.lowest < before.highest) return before.atMs;
    saveMark(tx, 'server_revision', { highest: revisions.highest, atMs: clock.nowMs() });
    return null;
  }

  /** A document that breaks the connector (a bug) must not hold the others up: then each goes alone. */
  async function push(due: readonly DueDocument[]): Promise<PushReport> {
    try {
      return await deliver(due);
    } catch (error) {
      const stack = error instanceof Error ? error.stack : String(error);
      log.error('documents broke the connector', { documents: due.length, documentId: due[0]?.documentId, stack });
      const [only, ...others] = due;
      if (only === undefined || others.length === 0)
        return { outcomes: due.map((row) => brokenOutcome(row)), failure: null };
      const outcomes: DocumentOutcome[] = [];
      for (const row of due) {
        const report = await push([row]);
        outcomes.push(...report.outcomes);
        if (report.failure !== null) return { outcomes, failure: report.failure };
      }
      return { outcomes, failure: null };
    }
  }

  /** Customers first: no order of the same batch waits for one, and a sale that does comes with the next batch. */
  async function deliver(due: readonly DueDocument[]): Promise<PushReport> {
    const customers = due.filter(({ kind }) => kind === 'customer');
    const orders = due.filter(({ kind }) => kind !== 'customer');
    const first =
      customers.length === 0
        ? { outcomes: [], failure: null }
        : await connector.pushCustomers(customers.map((row) => toOutgoingCustomer(db.read, row)));
    if (orders.length === 0) return first;
    if (first.failure !== null)
      return { ...first, outcomes: [...first.outcomes, ...orders.map((row) => untriedOutcome(row))] };
    const second = await connector.push(orders.map((row) => toOutgoing(db.read, connector.name, row)));
    return { ...second, outcomes: [...first.outcomes, ...second.outcomes] };
  }

  /** This disk is older than what the ERP has: a sale may be there under another number, which is asked for first. */
  function isHeld(): boolean {
    return findMark(db.read, 'older_disk')?.isAnswered === false;
  }

  async function takeBatch(): Promise<readonly DueDocument[]> {
    if (isHeld()) return [];
    const taken: DueDocument[] = [];
    await writeInSlices(db, listDueDocuments(db.read, size, LATE_AFTER), (tx, slice) => {
      taken.push(...slice.filter((row) => !giveWay(tx, row) && markSending(tx, row.documentId)));
    });
    return taken;
  }

  /** The state an outcome means. A refusal that may pass is counted, so that nothing is tried for ever in silence. */
  function toState({ result, documentId, errorClass }: DocumentOutcome): OutboxState {
    const isRefused = (result === 'sent' || result === 'unknown') && errorClass === 'refused';
    if (!isRefused && result !== 'waiting') refusals.forget(documentId);
    else if (refusals.isEnough(documentId)) return 'rejected';
    if (result === 'waiting' || result === 'untried') return 'pending';
    return result === 'collision' ? 'diverged' : result;
  }

  function tell(outcome: DocumentOutcome): void {
    const { result, documentId, text } = outcome;
    if (result === 'rejected' || result === 'diverged' || result === 'collision') {
      log.error('document needs a person', { documentId, result, text });
    }
  }

  return {
    hasDue: () => {
      recover();
      return !isHeld() && hasDueDocument(db.read);
    },
    sendBatch,
  };
}

const NOTHING_DUE: BatchResult = {
  taken: 0,
  sent: 0,
  confirmed: 0,
  moved: 0,
  collision: null,
  serverWholeUntilMs: null,
  failure: null,
};

function isFurther(state: OutboxState): boolean {
  return state === 'sent' || state === 'confirmed' || state === 'rejected' || state === 'diverged';
}

function brokenOutcome({ documentId }: DueDocument): DocumentOutcome {
  return { documentId, result: 'unknown', text: 'internal error', errorClass: 'refused', remoteRef: null };
}

function unknownOutcome(row: DueDocument, failure: RemoteFailure | null): DocumentOutcome {
  return {
    documentId: row.documentId,
    result: 'unknown',
    text: failure?.text ?? null,
    errorClass: 'transient',
    remoteRef: null,
  };
}

function untriedOutcome({ documentId }: DueDocument): DocumentOutcome {
  return { documentId, result: 'untried', text: null, errorClass: null, remoteRef: null };
}
