import type { Database } from '../../db/database-types.ts';
import { findOldestUnsent, noteElsewhere } from '../../db/elsewhere-queries.ts';
import { findMark, saveMark } from '../../db/sync-mark-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import { businessDaysBetween } from '../business-day-rules.ts';
import type { Clock } from '../clock.ts';
import type { Connector, Remote, RemoteSale } from '../connectors/connector.ts';
import { findOwnBranch, findOwnStation, readTimeZone } from '../setup/read-policies.ts';
import type { Link } from './link.ts';
import type { Scheduler } from './scheduler.ts';
import type { Task } from './tasks.ts';

/** Each day is one call to the ERP. */
const MAX_DAYS = 31;

/**
 * The heads of the ERP told that this disk is older than what this station did: a sale that stood open or suspended on it
 * may have been completed since, and is at the ERP under its id. Looked for day by day, also while the sending is
 * stopped; nothing is sent until it is known, as the same sale completed here again has another number, by which the ERP
 * would take it for a new one.
 */
export function createCompletedElsewhere({
  connector,
  db,
  clock,
  link,
  schedule,
  onKnown,
}: {
  readonly connector: Pick<Connector, 'readDay'>;
  readonly db: Database;
  readonly clock: Clock;
  readonly link: Link;
  readonly schedule: Scheduler<Task>;
  /** What was held may be sent, and people may have to be told. */
  readonly onKnown: () => void;
}): { readonly slice: () => Promise<void> } {
  async function slice(): Promise<void> {
    const owed = findMark(db.read, 'older_disk');
    if (owed === null || owed.isAnswered) return schedule.done('elsewhere');
    const there = await readSalesThere();
    if (!there.ok) {
      if (there.failure.class === 'refused') schedule.done('elsewhere');
      return link.noteFailure('elsewhere', there.failure);
    }
    link.noteAnswer('elsewhere');
    // Told anew while the days were read: looked for anew.
    if (findMark(db.read, 'older_disk')?.toldAtMs !== owed.toldAtMs) return;
    db.write((tx) => {
      const atMs = clock.nowMs();
      for (const { documentId: saleId, number } of there.value) {
        if (!noteElsewhere(tx, { saleId, number, text: elsewhereWords(number), atMs })) continue;
        const detail = { number };
        appendAudit(tx, { atMs, operatorCode: null, action: 'sale_completed_elsewhere', subjectId: saleId, detail });
      }
      saveMark(tx, 'older_disk', { ...owed, isAnswered: true });
    });
    schedule.done('elsewhere');
    onKnown();
  }

  /** The sales of this station at the ERP since the oldest that is unfinished or unsent here was begun. */
  async function readSalesThere(): Promise<Remote<readonly RemoteSale[]>> {
    const sinceMs = findOldestUnsent(db.read);
    if (sinceMs === null) return { ok: true, value: [] };
    const station = findOwnStation(db.read);
    const branch = findOwnBranch(db.read);
    if (station === null || branch === null) throw new Error('what was sold elsewhere needs an enrolled station');
    const { showcaseId, stationCode } = station;
    const there: RemoteSale[] = [];
    for (const businessDay of businessDaysBetween(sinceMs, clock.nowMs(), {
      timeZone: readTimeZone(db.read),
      most: MAX_DAYS,
    })) {
      const reply = await connector.readDay({ businessDay, showcaseId, branchCode: branch.branchCode, stationCode });
      if (!reply.ok) return reply;
      there.push(...reply.value);
    }
    return { ok: true, value: there };
  }

  return { slice };
}

/** Why a sale that was completed here is not sent. */
export function elsewhereWords(number: string): string {
  return `O ERP já tem esta venda com o número ${number}, finalizada antes de o disco voltar a uma cópia: descarte esta.`;
}
