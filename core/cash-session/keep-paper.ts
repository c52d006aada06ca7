import type { PaperView } from '../../contract/sale-views.ts';
import type { WriteTx } from '../../db/database-types.ts';
import { insertPaper } from '../../db/sale-document-writes.ts';
import type { Random } from '../random.ts';
import { CASH_PAPER_VERSION } from '../receipt/cash-paper-rules.ts';

/** Papers that go with cash in a hand. */
const MOVES_CASH: ReadonlySet<PaperView['kind']> = new Set(['session_opening', 'supply', 'withdrawal']);

/** Writes a paper of the drawer with its document, before anything is printed. */
export function keepCashPaper(
  tx: WriteTx,
  paper: Pick<PaperView, 'documentId' | 'kind' | 'lines'>,
  { random, nowMs }: { readonly random: Random; readonly nowMs: number },
): void {
  insertPaper(
    tx,
    {
      paperId: random.newId(),
      documentId: paper.documentId,
      kind: paper.kind,
      templateVersion: CASH_PAPER_VERSION,
      lines: JSON.stringify(paper.lines),
      createdAtMs: nowMs,
    },
    { opensDrawer: MOVES_CASH.has(paper.kind) },
  );
}
