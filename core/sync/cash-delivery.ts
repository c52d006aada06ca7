import { listDueCash, requeueCash, type DueCash } from '../../db/cash-outbox-queries.ts';
import type { Database } from '../../db/database-types.ts';
import { forgetMissingRegister, noteMissingRegister } from '../../db/missing-register-queries.ts';
import { CASH_METHOD } from '../../db/outbox-queries.ts';
import { applyOutcome, markSending, undoSending } from '../../db/outbox-writes.ts';
import type { Clock } from '../clock.ts';
import type { CashDocument } from '../connectors/cash-document.ts';
import type { Connector, DocumentOutcome, RemoteFailure } from '../connectors/connector.ts';
import type { Log } from '../log.ts';
import type { Link } from './link.ts';
import { createRefusalCount } from './refusal-count.ts';
import type { Scheduler } from './scheduler.ts';
import type { Task } from './tasks.ts';

/** Documents in one call: the ERP's default for batch writes. */
const BATCH_SIZE = 50;
/** How far back cash documents are told again to an ERP that went back in time. */
const TOLD_AGAIN_MS = 30 * 86_400_000;

/** What one run of the delivery came to. */
type CashResult = { readonly sent: number; readonly confirmed: number; readonly failure: RemoteFailure | null };

/**
 * Brings what happened to the drawer to the ERP, beside the sales and not before them: its method is assumed, and a
 * server without it must hold nothing else up. Each document is kept there once, by its id.
 *
 *   pending, unknown --one transaction--> sending --connector--> confirmed | rejected
 *        ^                                   |  '--> unknown: no answer; told again
 *        '--the method is not there: as it was, and not counted as waiting; asked for again once an hour
 */
export function createCashDelivery({
  connector,
  db,
  clock,
  log,
  link,
  schedule,
  mayDeliver,
  onChange,
}: {
  readonly connector: Connector;
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly link: Link;
  readonly schedule: Scheduler<Task>;
  /** Sending goes on, and the ERP's heads were compared in this run: nothing of a copied disk is sent. */
  readonly mayDeliver: () => boolean;
  readonly onChange: () => void;
}): {
  readonly slice: () => Promise<void>;
  /** All that is due, without the schedule. */
  readonly sendNow: () => Promise<{ readonly sent: number; readonly confirmed: number }>;
  /** The ERP went back in time: what it may have lost is told again. */
  readonly tellAgain: () => void;
  readonly inFlight: () => Promise<unknown> | null;
} {
  const refusals = createRefusalCount(clock);
  /** What a batch took and could not write the end of (a full disk): told again, as after a kill. */
  const stranded = new Set<string>();
  let running: Promise<CashResult> | null = null;

  async function slice(): Promise<void> {
    const result = await deliver();
    if (result.confirmed === 0 || result.failure !== null) schedule.done('cash');
  }

  function deliver(): Promise<CashResult> {
    running ??= deliverBatch().finally(() => {
      running = null;
    });
    return running;
  }

  async function deliverBatch(): Promise<CashResult> {
    if (!mayDeliver()) return NOTHING;
    recover();
    const due = listDueCash(db.read, BATCH_SIZE);
    if (due.length === 0) return NOTHING;
    const taken = db.write((tx) => due.filter((row) => markSending(tx, row.documentId)));
    for (const row of taken) stranded.add(row.documentId);
    onChange();
    // The station's own bytes: rows are trusted.
    const documents = taken.map(({ payload }) => JSON.parse(payload) as CashDocument);
    const { outcomes, failure } = await connector.pushCash(documents);
    const confirmed = keepOutcomes(taken, outcomes, failure);
    stranded.clear();
    if (failure === null) link.noteAnswer('cash');
    else link.noteFailure('cash', failure);
    for (const { documentId, result, text } of outcomes) {
      if (result === 'rejected') log.error('document needs a person', { documentId, result, text });
    }
    log.info('cash documents sent', { taken: taken.length, confirmed, failure: failure?.class });
    onChange();
    return { sent: taken.length, confirmed, failure };
  }

  function recover(): void {
    if (stranded.size === 0) return;
    db.write((tx) => {
      for (const documentId of stranded) applyOutcome(tx, { ...NO_END, documentId });
    });
    log.warn('cash documents to tell again', { documents: stranded.size });
    stranded.clear();
  }

  /** Writes what became of a batch, and whether the server has the method at all; answers how many arrived. */
  function keepOutcomes(
    taken: readonly DueCash[],
    outcomes: readonly DocumentOutcome[],
    failure: RemoteFailure | null,
  ): number {
    return db.write((tx) => {
      let confirmed = 0;
      for (const row of taken) {
        const found = outcomes.find(({ documentId }) => documentId === row.documentId);
        const outcome = found ?? { ...LOST, documentId: row.documentId };
        if (outcome.result === 'untried') {
          undoSending(tx, row.documentId, row.state);
          continue;
        }
        const state = toState(outcome);
        const isError = state !== 'confirmed' && outcome.text !== null;
        applyOutcome(tx, {
          documentId: row.documentId,
          state,
          errorClass: isError ? (outcome.errorClass ?? outcome.result) : null,
          errorText: isError ? outcome.text : null,
          errorAtMs: isError ? clock.nowMs() : null,
          remoteRef: outcome.remoteRef,
          confirmedAtMs: state === 'confirmed' ? clock.nowMs() : null,
        });
        if (state === 'confirmed') confirmed += 1;
      }
      if (failure?.class === 'method') {
        const detail = `${failure.method}: ${failure.text}`;
        noteMissingRegister(tx, { register: CASH_METHOD, detail, sinceMs: clock.nowMs() });
      } else if (failure === null) forgetMissingRegister(tx, CASH_METHOD);
      return confirmed;
    });
  }

  /** A refusal that may pass is counted, so that nothing is tried for ever in silence. */
  function toState({ result, documentId, errorClass }: DocumentOutcome): 'confirmed' | 'rejected' | 'unknown' {
    if (result === 'confirmed' || result === 'rejected') {
      refusals.forget(documentId);
      return result;
    }
    return errorClass === 'refused' && refusals.isEnough(documentId) ? 'rejected' : 'unknown';
  }

  return {
    slice,
    sendNow: async () => {
      let sent = 0;
      let confirmed = 0;
      for (;;) {
        const result = await deliver();
        sent += result.sent;
        confirmed += result.confirmed;
        if (result.confirmed === 0 || result.failure !== null) return { sent, confirmed };
      }
    },
    tellAgain: () => {
      const documents = db.write((tx) => requeueCash(tx, clock.nowMs() - TOLD_AGAIN_MS));
      if (documents === 0) return;
      log.warn('cash documents told again', { documents });
      schedule.runSoon('cash');
    },
    inFlight: () => running,
  };
}

const NOTHING: CashResult = { sent: 0, confirmed: 0, failure: null };

const NO_END = {
  state: 'unknown',
  errorClass: null,
  errorText: null,
  errorAtMs: null,
  remoteRef: null,
  confirmedAtMs: null,
} as const;

const LOST = { result: 'unknown', text: null, errorClass: 'transient', remoteRef: null } as const;
