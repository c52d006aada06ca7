/** One link of the audit chain before it is hashed. */
export type AuditLink = {
  readonly sequence: number;
  readonly atMs: number;
  readonly operatorCode: string | null;
  readonly approvedBy: string | null;
  readonly action: string;
  readonly subjectId: string | null;
  readonly detail: string;
  readonly previousHash: string;
};

/** The bytes a link's hash covers: every column, in this order, as JSON. Changing this breaks every chain. */
export function auditBytes(link: AuditLink): string {
  return JSON.stringify([
    link.sequence,
    link.atMs,
    link.operatorCode,
    link.approvedBy,
    link.action,
    link.subjectId,
    link.detail,
    link.previousHash,
  ]);
}
