import type { Database, WriteTx } from '../../db/database-types.ts';
import { listLastConfirmed, requeueLost, type ConfirmedDocument } from '../../db/outbox-repair.ts';
import { findMark, saveAlert, saveMark, type SyncMarks } from '../../db/sync-mark-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { Connector, DocumentOutcome } from '../connectors/connector.ts';
import { doubtRecentCustomers } from '../customer/doubt-customer.ts';
import type { Log } from '../log.ts';
import type { Random } from '../random.ts';
import type { Link } from './link.ts';
import { toOutgoing } from './outgoing.ts';
import type { Scheduler } from './scheduler.ts';
import type { Task } from './tasks.ts';

/** Documents looked up in one call cycle: one page of the ERP's list serves them. */
const BATCH_SIZE = 50;
/**
 * Batches without a loss, one after the other, after which older documents count as safe: a backup cuts by time. Only
 * of what was confirmed while the ERP was known to be whole: what came after its restoration is there in any case.
 */
const CLEAN_BATCHES = 2;
/**
 * How long after a look for a sign the next look for the same sign comes. One that a server always gives (it counts less
 * than it has) finds nothing, and each look that finds nothing doubles the wait. No sign is lost: it waits for its look.
 */
const LOOK_EVERY_MS = { certain: 0, likely: 60_000, perhaps: 600_000 } as const;
const LONGEST_WAIT_MS = 86_400_000;

/** How sure it is that the ERP lost something; `likely`: nobody knows whether it went back in time. */
export type LossSign = keyof typeof LOOK_EVERY_MS;

/**
 * The ERP may have been restored from a backup: confirmed documents are looked up again, the last confirmed first.
 *
 *   sign --> [ 50 confirmed, newest first ] --look up--> there: nothing  |  not there, or not in its state: pending again
 *                  ^                                       |
 *                  '---- until two batches are whole <-----'--> over: audited, people are told what was lost
 *                                                               nothing lost: what cannot be looked up is told again
 *
 * Customers of the last 30 days are looked up first of all, as an id may be somebody else's there now, and their sales
 * wait for that. What is pending again is looked up once more before it is sent, so that nothing is doubled. The place is on disk: a
 * kill costs one batch.
 */
export type Verification = {
  /** At `knownGoodMs` the ERP was whole: nothing that was confirmed before counts as a proof that nothing is lost. */
  readonly begin: (sign: LossSign, knownGoodMs: number) => void;
  readonly slice: () => Promise<void>;
};

export function createVerification({
  connector,
  db,
  clock,
  random,
  log,
  link,
  schedule,
  onLost,
  onCertain,
  onWhole,
}: {
  readonly connector: Connector;
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly link: Link;
  readonly schedule: Scheduler<Task>;
  /** Documents wait to be sent again. */
  readonly onLost: () => void;
  /** The ERP did go back in time: what was read of it may be gone, too. */
  readonly onCertain: () => void;
  /** Nothing that can be looked up is missing; what cannot may be all the same. */
  readonly onWhole: () => void;
}): Verification {
  /** Of each sign that was ever looked into: when the last look began or begins, and how many found nothing. */
  const looks = new Map<LossSign, { atMs: number; inVain: number }>();
  /** How often a look began: an answer that was asked for before the last one moves no place. */
  let begun = 0;
  /** The signs that the open look is for. */
  const causes = new Set<LossSign>();
  if (findMark(db.read, 'verification')?.isOpen === true) {
    // What it is for died with the core: signs that come now are likely the same, and do not begin it anew.
    causes.add('likely').add('perhaps');
    schedule.runSoon('verify');
  }

  function begin(sign: LossSign, knownGoodMs: number): void {
    const open = findMark(db.read, 'verification');
    const waitMs = waitOf(sign);
    if (sign === 'certain') tellCertain(knownGoodMs);
    // The same sign again while its look is still to come tells nothing new.
    else if (open?.isOpen === true && causes.has(sign)) return db.write((tx) => forgetRevision(tx));
    else if (sign === 'likely') doubtCustomers(knownGoodMs);
    const inVain = looks.get(sign)?.inVain ?? 0;
    looks.set(sign, { atMs: clock.monotonicMs() + waitMs, inVain });
    causes.add(sign);
    begun += 1;
    db.write((tx) => {
      forgetRevision(tx);
      saveMark(tx, 'verification', {
        isOpen: true,
        // A second sign while the first is looked into: whole was it before the first.
        knownGoodMs: open?.isOpen === true ? Math.min(open.knownGoodMs, knownGoodMs) : knownGoodMs,
        beforeMs: Number.MAX_SAFE_INTEGER,
        beforeId: '',
        cleanBatches: 0,
        checked: 0,
        lost: 0,
        isTold: sign === 'certain',
      });
    });
    schedule.runIn('verify', waitMs);
    if (sign !== 'certain') schedule.runIn('reread', waitMs);
  }

  function waitOf(sign: LossSign): number {
    const last = looks.get(sign);
    if (last === undefined) return 0;
    const everyMs = Math.min(LOOK_EVERY_MS[sign] * 2 ** Math.min(last.inVain, 20), LONGEST_WAIT_MS);
    return Math.max(0, last.atMs + everyMs - clock.monotonicMs());
  }

  function tellCertain(knownGoodMs: number): void {
    log.error('erp went back in time', { connector: connector.name });
    const text = 'O ERP voltou no tempo (backup restaurado?). O que ele perdeu é conferido e enviado de novo.';
    db.write((tx) => {
      saveAlert(tx, { kind: 'erp_restored', text, atMs: clock.nowMs() });
      forgetRevision(tx);
    });
    doubtCustomers(knownGoodMs);
    onCertain();
  }

  /** It may count its changes anew: what it counted before would be a second sign of the same. */
  function forgetRevision(tx: WriteTx): void {
    saveMark(tx, 'server_revision', { highest: 0, atMs: clock.nowMs() });
  }

  function doubtCustomers(knownGoodMs: number): void {
    const customers = db.write((tx) =>
      doubtRecentCustomers(tx, { connector: connector.name, knownGoodMs, nowMs: clock.nowMs(), random }),
    );
    if (customers === 0) return;
    log.warn('customers looked up again', { customers });
    onLost();
  }

  async function slice(): Promise<void> {
    const kept = findMark(db.read, 'verification');
    if (kept?.isOpen !== true) return schedule.done('verify');
    const place = tellLoss(kept);
    const { beforeMs, beforeId } = place;
    const batch = listLastConfirmed(db.read, { beforeMs, beforeId, limit: BATCH_SIZE });
    if (batch.length === 0) return finish(place);
    const begunBefore = begun;
    const answer = await connector.inspect(batch.map((row) => toOutgoing(db.read, connector.name, row)));
    if (!answer.ok) {
      if (answer.failure.class === 'refused') {
        // The look stays open, and no later sign would begin another. Sales may be missing there until it goes on; one
        // that is refused for good is asked ever more seldom by its breaker.
        schedule.done('verify');
        schedule.runIn('verify', LOOK_EVERY_MS.likely);
      }
      return link.noteFailure('verify', answer.failure);
    }
    link.noteAnswer('verify');
    const found = keepFound(place, batch, answer.value, begunBefore);
    if (found.lost > place.lost) onLost();
    const next = tellLoss(found);
    if (begun !== begunBefore) return;
    if (next.cleanBatches >= CLEAN_BATCHES || batch.length < BATCH_SIZE) finish(next);
  }

  /** By what is on disk: a core that was killed after it found a loss tells it after its next start. */
  function tellLoss(place: SyncMarks['verification']): SyncMarks['verification'] {
    if (place.lost === 0 || place.isTold) return place;
    const told = { ...place, isTold: true };
    tellCertain(place.knownGoodMs);
    db.write((tx) => saveMark(tx, 'verification', told));
    return told;
  }

  function keepFound(
    place: SyncMarks['verification'],
    batch: readonly ConfirmedDocument[],
    outcomes: readonly DocumentOutcome[],
    begunBefore: number,
  ): SyncMarks['verification'] {
    return db.write((tx) => {
      let lost = 0;
      for (const { documentId, result, text } of outcomes) {
        if (result === 'waiting' || result === 'sent') lost += requeueLost(tx, documentId);
        else if (result !== 'confirmed') log.error('confirmed document differs', { documentId, result, text });
      }
      const last = batch.at(-1);
      const tells = batch.every(({ confirmedAtMs }) => confirmedAtMs < place.knownGoodMs);
      const moved = {
        ...place,
        beforeMs: last?.confirmedAtMs ?? 0,
        beforeId: last?.documentId ?? '',
        cleanBatches: lost > 0 || !tells ? 0 : place.cleanBatches + 1,
        checked: place.checked + batch.length,
      };
      // Begun anew while these were looked up: what they lost counts, and the look stays at its beginning.
      const from = begun === begunBefore ? moved : (findMark(tx, 'verification') ?? moved);
      const next = { ...from, lost: from.lost + lost };
      saveMark(tx, 'verification', next);
      return next;
    });
  }

  function finish(place: SyncMarks['verification']): void {
    const { checked, lost } = place;
    for (const sign of causes) {
      const { atMs, inVain } = looks.get(sign) ?? { atMs: clock.monotonicMs(), inVain: 0 };
      looks.set(sign, { atMs, inVain: lost === 0 ? inVain + 1 : 0 });
    }
    causes.clear();
    // Before the look counts as over: a kill in between repeats it.
    if (lost === 0 && !place.isTold) onWhole();
    db.write((tx) => {
      saveMark(tx, 'verification', { ...place, isOpen: false });
      if (lost === 0) return;
      const atMs = clock.nowMs();
      const detail = { checked, lost };
      appendAudit(tx, { atMs, operatorCode: null, action: 'erp_restored', subjectId: null, detail });
      const documents = lost === 1 ? '1 documento foi posto' : `${lost} documentos foram postos`;
      const text = `O ERP voltou no tempo (backup restaurado?): ${documents} de novo na fila, sem repetir o que está lá.`;
      saveAlert(tx, { kind: 'erp_restored', text, atMs });
    });
    log.info('confirmed documents looked up again', { checked, lost });
    schedule.done('verify');
  }

  return { begin, slice };
}
