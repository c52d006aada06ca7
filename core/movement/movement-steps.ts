import type { MovementStepView } from '../../contract/movement-views.ts';
import type { ReconciliationView } from '../../contract/sync-views.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { listDocumentActs, type MovementRecord } from '../../db/movement-queries.ts';
import { findOperator } from '../../db/operator-queries.ts';
import { findReconciliation } from '../../db/reconciliation-queries.ts';
import { kindOfMovement } from './movement-row.ts';

const NOTHING = {
  at: null,
  by: null,
  approvedBy: null,
  text: null,
  state: null,
  attempts: null,
  number: null,
  isEqual: null,
} as const;

/** What became of one document, in the order in which it happened; what has no time of its own stands at its end. */
export function listMovementSteps(db: ReadDb, record: MovementRecord): MovementStepView[] {
  const of = kindOfMovement(record);
  const step = (part: Partial<MovementStepView> & Pick<MovementStepView, 'kind'>): MovementStepView => ({
    of,
    ...NOTHING,
    ...part,
  });
  const acts = listDocumentActs(db, record.documentId).map((act) => {
    const detail = JSON.parse(act.detail) as { readonly reason?: string | null; readonly found?: string };
    return step({
      kind: KIND_OF_ACT[act.action] ?? 'rechecked',
      at: toInstant(act.atMs),
      by: nameOf(db, act.operatorCode),
      approvedBy: nameOf(db, act.approvedBy),
      text: detail.reason ?? null,
      isEqual: act.action === 'document_recheck' ? detail.found === 'confirmed' : null,
    });
  });
  const { errorAtMs, attempts, state } = record;
  const past = [
    ...acts,
    ...(attempts > 0
      ? [
          step({
            kind: 'attempted',
            at: errorAtMs === null ? null : toInstant(errorAtMs),
            text: state === 'confirmed' ? null : record.errorText,
            attempts,
          }),
        ]
      : []),
    ...(state === 'confirmed' && record.confirmedAtMs !== null
      ? [step({ kind: 'confirmed', at: toInstant(record.confirmedAtMs), number: record.remoteRef })]
      : []),
  ];
  return [
    step({
      kind: 'recorded',
      at: toInstant(record.createdAtMs),
      by: record.soldBy ?? record.undoneByOperator ?? record.cashBy,
      approvedBy: nameOf(db, record.undoneApprovedBy ?? record.movedApprovedBy),
      text: record.undoneReason ?? record.movedReason,
    }),
    ...past.toSorted((one, other) => timeOf(one, record) - timeOf(other, record)),
    ...listComparison(db, record).map(step),
    ...(state === 'annulled' ? [step({ kind: 'annulled' })] : []),
    ...(ENDED.has(state) ? [] : [step({ kind: 'state', state })]),
  ];
}

const KIND_OF_ACT: Readonly<Record<string, MovementStepView['kind']>> = {
  document_resend: 'resent',
  document_recheck: 'rechecked',
  document_discard: 'discarded',
  customer_detach: 'detached',
};

/** States that a step of their own tells. */
const ENDED: ReadonlySet<MovementRecord['state']> = new Set(['confirmed', 'annulled', 'discarded']);

/** Whether the ERP's own list of the day had it; only what was confirmed before is compared. */
function listComparison(
  db: ReadDb,
  { kind, state, confirmedAtMs, businessDay, number }: MovementRecord,
): (Partial<MovementStepView> & Pick<MovementStepView, 'kind'>)[] {
  if (kind !== 'sale' || state !== 'confirmed' || confirmedAtMs === null) return [];
  const found = findReconciliation(db, businessDay);
  if (found === null) return [];
  // The station's own bytes: rows are trusted.
  const { readAt, differences } = JSON.parse(found) as ReconciliationView;
  if (Date.parse(readAt) < confirmedAtMs) return [];
  return [{ kind: 'compared', at: readAt, isEqual: differences.every((difference) => difference.number !== number) }];
}

/** Attempts without a trouble of their own have no time: they ended with what came of them. */
function timeOf({ at }: MovementStepView, { confirmedAtMs }: MovementRecord): number {
  return at === null ? (confirmedAtMs ?? 0) : Date.parse(at);
}

function nameOf(db: ReadDb, operatorCode: string | null): string | null {
  return operatorCode === null ? null : (findOperator(db, operatorCode)?.name ?? operatorCode);
}

function toInstant(atMs: number): string {
  return new Date(atMs).toISOString();
}
