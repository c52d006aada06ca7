import { useState } from 'react';
import { formatCents, formatQuantity } from '../../contract/format.ts';
import type { MovementRowView } from '../../contract/movement-views.ts';
import { keyShortcut } from '../../contract/keys.ts';
import { DocumentRepair } from '../components/document-repair.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { Paper } from '../components/paper.tsx';
import { PaperActions } from '../components/paper-actions.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { MovementTimeline } from './movement-timeline.tsx';

/** One movement: what became of it on its way, what a person can do about it, its papers, and of a sale its cancellation. */
export function MovementDetail({
  row,
  canCancel,
  hasKeys,
  onChanged,
}: {
  readonly row: MovementRowView;
  readonly canCancel: boolean;
  /** Whether nobody types into a field of the screen. */
  readonly hasKeys: boolean;
  readonly onChanged: () => void;
}) {
  const t = useTexts();
  const { keys, bind } = useFunctionKeys();
  const [isCancelling, setCancelling] = useState(false);
  const { documentId, state, attempts } = row.delivery;
  const detail = useQuery('movement.get', { documentId }, `${state} ${attempts} ${row.isCancelled}`);
  const denied = row.isCancelled ? t.movements.alreadyCancelled : canCancel ? null : t.movements.noSession;
  const isSale = row.kind === 'sale' && row.saleId !== null;
  useKeys('screen', bind({ cancelSale: isSale && denied === null && hasKeys ? () => setCancelling(true) : undefined }));
  const { output } = detail;
  const error = output?.error ?? null;
  const papers = output?.papers ?? [];
  return (
    <aside className="sale-detail movement-detail" data-testid="movement-detail" data-number={row.number}>
      <header className="sale-detail-head">
        <div>
          <h2>{row.number}</h2>
          <p className="muted">
            {[
              t.movements.kind(row.kind),
              row.operator,
              row.piecesMilli === null ? null : t.till.pieces(formatQuantity(row.piecesMilli)),
            ]
              .filter((words) => words !== null)
              .join(' · ')}
          </p>
        </div>
        <p className="sale-detail-total">{row.amountCents === null ? '' : formatCents(row.amountCents)}</p>
      </header>
      <div className="movement-story">
        <MovementTimeline steps={output?.steps ?? []} />
        <RefusalNote refusal={detail.state === 'refused' ? detail.error : null} />
        {error !== null && (
          <DocumentRepair
            error={error}
            hasKeys={hasKeys}
            onDone={() => {
              detail.reread();
              onChanged();
            }}
          />
        )}
        {isSale && (
          <div className="sale-detail-actions">
            <button
              type="button"
              className="button careful"
              disabled={denied !== null}
              aria-keyshortcuts={keyShortcut(keys.cancelSale)}
              data-testid="cancel-sale"
              onClick={() => setCancelling(true)}
            >
              <KeyCap keys={keys.cancelSale} />
              {t.sales.cancel}
            </button>
            {denied !== null && <span className="muted">{denied}</span>}
          </div>
        )}
        {papers.length > 0 && (
          <PaperActions paper={papers.at(-1) ?? null} name={`${t.movements.kind(row.kind)} ${row.number}`} />
        )}
      </div>
      <div className="sale-detail-papers">
        {papers.toReversed().map((paper) => (
          <Paper key={paper.paperId} paper={paper} />
        ))}
      </div>
      {isCancelling && row.saleId !== null && (
        <CancelDialog
          sale={{ saleId: row.saleId, number: row.number, totalCents: row.amountCents ?? 0 }}
          onClose={() => setCancelling(false)}
          onCancelled={onChanged}
        />
      )}
    </aside>
  );
}
