import { hash as digest } from 'node:crypto';
import { findAuditHead, insertAuditRow, listAuditTail } from '../../db/audit-queries.ts';
import type { ReadDb, WriteTx } from '../../db/database-types.ts';
import { auditBytes } from './audit-rules.ts';

/** What happened, by whom: one link of the chain. `detail` names ids and amounts, never personal data. */
export type AuditEntry = {
  readonly atMs: number;
  readonly operatorCode: string | null;
  readonly approvedBy?: string | null;
  readonly action: string;
  readonly subjectId: string | null;
  readonly detail?: Readonly<Record<string, unknown>>;
};

/**
 * Appends a link to the audit chain in the transaction of what it tells. Its sequence is also the station's own order
 * of events (`tick`), which no clock can change; four characters of its hash are printed on papers.
 */
export function appendAudit(tx: WriteTx, entry: AuditEntry): { readonly sequence: number; readonly hash: string } {
  const head = findAuditHead(tx);
  const link = {
    sequence: head.sequence + 1,
    atMs: entry.atMs,
    operatorCode: entry.operatorCode,
    approvedBy: entry.approvedBy ?? null,
    action: entry.action,
    subjectId: entry.subjectId,
    detail: JSON.stringify(entry.detail ?? {}),
    previousHash: head.hash,
  };
  const hash = sha256(auditBytes(link));
  insertAuditRow(tx, { ...link, hash });
  return { sequence: link.sequence, hash };
}

/** Checks the last `limit` links of the chain. Returns the sequence of the first broken one, or null. */
export function findBrokenLink(db: ReadDb, limit: number): number | null {
  let previous: string | null = null;
  for (const { hash, ...link } of listAuditTail(db, limit)) {
    if (sha256(auditBytes(link)) !== hash) return link.sequence;
    if (previous !== null && link.previousHash !== previous) return link.sequence;
    previous = hash;
  }
  return null;
}

function sha256(text: string): string {
  return digest('sha256', text);
}
