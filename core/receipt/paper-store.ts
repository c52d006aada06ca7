import type { PaperView } from '../../contract/sale-views.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { listPapers } from '../../db/sale-queries.ts';
import { getOwnStore } from '../setup/read-policies.ts';
import type { PaperStore } from './sale-paper-rules.ts';

/** Who sold, as the papers say it. */
export function getPaperStore(db: ReadDb): PaperStore {
  return getOwnStore(db).store;
}

/** The papers of a document as they were written with it. */
export function listPaperViews(db: ReadDb, documentId: string): PaperView[] {
  return listPapers(db, documentId).map((paper) => ({
    paperId: paper.paperId,
    documentId: paper.documentId,
    kind: paper.kind,
    templateVersion: paper.templateVersion,
    lines: JSON.parse(paper.lines) as PaperView['lines'],
  }));
}

/** The first paper of a document that must have one. */
export function getPaperView(db: ReadDb, documentId: string): PaperView {
  const [paper] = listPaperViews(db, documentId);
  if (paper === undefined) throw new Error(`document ${documentId} has no paper`);
  return paper;
}
