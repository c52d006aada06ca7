import { findAuditHead, LEAST_HEAD_LENGTH, listAuditAfter } from '../../db/audit-queries.ts';
import type { Database } from '../../db/database-types.ts';
import { findMark, saveMark } from '../../db/sync-mark-queries.ts';
import type { Connector } from '../connectors/connector.ts';
import type { Link } from './link.ts';
import type { Scheduler } from './scheduler.ts';
import type { Task } from './tasks.ts';

/** Rows in one call: the ERP's default for batch writes. */
const BATCH_SIZE = 50;
/** How many rows are told again to an ERP that may have gone back in time: a week of a busy till, a hundred calls. */
const TOLD_AGAIN_ROWS = 5_000;

/**
 * Brings the audit chain to the ERP, in its order, and remembers how far the ERP said it has it. A chain alone does not
 * show that its end was cut off; its head at the ERP does.
 *
 * Nothing is brought while sending is stopped or the ERP's heads were not compared in this run: the head of a copied disk
 * must not replace the one that would give it away. A batch that is repeated changes nothing there: rows have ids.
 */
export function createAuditDelivery({
  connector,
  db,
  link,
  schedule,
  mayDeliver,
}: {
  readonly connector: Connector;
  readonly db: Database;
  readonly link: Link;
  readonly schedule: Scheduler<Task>;
  readonly mayDeliver: () => boolean;
}): {
  readonly slice: () => Promise<void>;
  /** The ERP may have lost rows below its head: a batch that came after its restoration hides them. */
  readonly tellAgain: () => void;
} {
  const findDelivered = (): number => findMark(db.read, 'audit_delivered')?.sequence ?? 0;

  async function slice(): Promise<void> {
    const delivered = findDelivered();
    if (!mayDeliver() || findAuditHead(db.read).sequence <= delivered) return schedule.done('audit');
    const rows = listAuditAfter(db.read, delivered, BATCH_SIZE);
    const last = rows.at(-1);
    if (last === undefined) return schedule.done('audit');
    const reply = await connector.deliverAudit({ rows, head: last.hash });
    if (!reply.ok) {
      if (reply.failure.class === 'refused') schedule.done('audit');
      return link.noteFailure('audit', reply.failure);
    }
    const { head, refusedText } = reply.value;
    const isHead = head.length >= LEAST_HEAD_LENGTH && last.hash.startsWith(head);
    if (refusedText !== null || !isHead) {
      const text = refusedText ?? `the head there is ${head.slice(0, 8)} instead of ${last.hash.slice(0, 8)}`;
      schedule.done('audit');
      return link.noteFailure('audit', { class: 'refused', text, method: 'audit' });
    }
    link.noteAnswer('audit');
    // Put back while this batch was on its way: the rows from there on come first.
    if (findDelivered() !== delivered) return;
    db.write((tx) => saveMark(tx, 'audit_delivered', { sequence: last.sequence, hash: last.hash }));
  }

  return {
    slice,
    tellAgain: () => {
      const sequence = Math.max(0, findDelivered() - TOLD_AGAIN_ROWS);
      const [row] = sequence === 0 ? [] : listAuditAfter(db.read, sequence - 1, 1);
      db.write((tx) => saveMark(tx, 'audit_delivered', { sequence, hash: row?.hash ?? '' }));
      schedule.runSoon('audit');
    },
  };
}
