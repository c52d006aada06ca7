import type { CashPaperView } from '../../contract/cash-views.ts';
import type { PaperView } from '../../contract/sale-views.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { listCashPapers } from '../../db/cash-drawer-queries.ts';
import { listPapers } from '../../db/sale-queries.ts';
import { getOwnStore } from '../setup/read-policies.ts';
import type { PaperStore } from './sale-paper-rules.ts';

/** Who sold, as the papers say it. */
export function getPaperStore(db: ReadDb): PaperStore {
  return getOwnStore(db).store;
}

/** The papers of a document as they were written with it. */
export function listPaperViews(db: ReadDb, documentId: string): PaperView[] {
  return listPapers(db, documentId).map(toPaperView);
}

/** The newest papers of the drawer, each with when it was written. */
export function listCashPaperViews(db: ReadDb, limit: number): CashPaperView[] {
  return listCashPapers(db, limit).map((paper) => ({
    createdAt: new Date(paper.createdAtMs).toISOString(),
    paper: toPaperView(paper),
  }));
}

/** The first paper of a document that must have one. */
export function getPaperView(db: ReadDb, documentId: string): PaperView {
  const [paper] = listPaperViews(db, documentId);
  if (paper === undefined) throw new Error(`document ${documentId} has no paper`);
  return paper;
}

function toPaperView(paper: ReturnType<typeof listPapers>[number]): PaperView {
  return {
    paperId: paper.paperId,
    documentId: paper.documentId,
    kind: paper.kind,
    templateVersion: paper.templateVersion,
    lines: JSON.parse(paper.lines) as PaperView['lines'],
  };
}
