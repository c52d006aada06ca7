import { useState, type ReactNode } from 'react';
import { formatCents, formatQuantity } from '../../contract/format.ts';
import type { GradeCellView, ProductGradeView } from '../../contract/product-views.ts';
import { Dialog } from '../components/dialog.tsx';
import { useFeedback } from '../components/feedback.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { isAway } from '../components/sync-words.ts';
import { stockWords } from '../components/stock-words.ts';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useStationState } from '../station-context.tsx';
import { useBranchClock } from '../use-branch-clock.ts';
import { cellAt, findStart, moveInGrade, type GradePlace } from './grade-moves.ts';
import type { ProductFrame } from './product-dialog.tsx';
import { ProductGrade } from './product-grade.tsx';
import { useTill } from './till-state.tsx';

const ONE_PIECE_MILLI = 1000;

type PageProps = {
  readonly frame: ProductFrame;
  readonly productId: number;
  /** The SKU to begin at. */
  readonly sku: string | null;
  readonly onBack: () => void;
};

/** The grade of one product as it is now: stock and prices follow while it is open. */
export function ProductGradePage(props: PageProps) {
  const t = useTexts();
  // The catalogue comes in without telling: it is read again when replication did something.
  const pulledAt = useStationState((state) => state.sync?.lastPullAt ?? null);
  const { productId } = props;
  const reply = useQuery('product.grade', { productId }, pulledAt);
  if (reply.state === 'read') return <OpenGrade {...props} grade={reply.output} />;
  const { title, onClose, onScan } = props.frame;
  return (
    <Dialog title={title} onClose={onClose} onScan={onScan} keys={{ Escape: props.onBack }} size="wide">
      <div className="product-search">
        <div className="product-results">
          <RefusalNote refusal={reply.state === 'refused' ? reply.error : null} />
        </div>
        <button type="button" className="button" data-autofocus onClick={props.onBack}>
          <KeyCap keys="Esc" /> {t.search.back}
        </button>
      </div>
    </Dialog>
  );
}

function OpenGrade({
  grade,
  frame: { mode, ...frame },
  sku,
  onBack,
}: PageProps & { readonly grade: ProductGradeView }) {
  const t = useTexts();
  const till = useTill();
  const { warn } = useFeedback();
  const [chosen, setChosen] = useState<GradePlace | null>(null);
  // A SKU that left while the grade was open leaves the mark behind.
  const marked = chosen !== null && cellAt(grade, chosen) !== null ? chosen : findStart(grade, sku);
  const cell = cellAt(grade, marked);
  const quantityMilli = till.multiplierMilli ?? ONE_PIECE_MILLI;
  const move = (step: { row?: number; size?: number }) => () => setChosen(moveInGrade(grade, marked, step));

  function sell(): void {
    if (cell === null || cell.notForSale !== null) return warn();
    frame.onClose();
    void till.addItem(cell.barcode, { sku: cell.sku, quantityMilli });
  }

  const keys = {
    Escape: onBack,
    ArrowUp: move({ row: -1 }),
    ArrowDown: move({ row: 1 }),
    ArrowLeft: move({ size: -1 }),
    ArrowRight: move({ size: 1 }),
    Enter: mode === 'sell' ? sell : undefined,
  };

  const details = [grade.reference, grade.productCode, grade.brand, grade.collection].filter((part) => part !== '');
  return (
    <Dialog {...frame} keys={keys} size="wide">
      <div className="product-search">
        <div className="grade-head">
          <div>
            <h2>{grade.description}</h2>
            <p className="muted">{details.join(' · ')}</p>
          </div>
          <button type="button" className="button quiet" onClick={onBack}>
            <KeyCap keys="Esc" /> {t.search.back}
          </button>
        </div>
        {grade.rows.length === 0 ? (
          <div className="product-results">
            <div className="product-nothing">
              <p>{t.search.noSku}</p>
            </div>
          </div>
        ) : (
          <ProductGrade grade={grade} marked={marked} onMark={setChosen} />
        )}
        {cell !== null && (
          <MarkedSku
            grade={grade}
            place={marked}
            cell={cell}
            action={
              <button
                type="button"
                className={mode === 'sell' ? 'button primary' : 'button'}
                disabled={cell.notForSale !== null}
                onClick={sell}
              >
                {mode === 'sell' && <KeyCap keys="Enter" />}{' '}
                {quantityMilli === ONE_PIECE_MILLI ? t.dialogs.sell : t.search.sellMany(formatQuantity(quantityMilli))}
              </button>
            }
          />
        )}
        <GradeAge stockAt={grade.stockAt} />
      </div>
    </Dialog>
  );
}

/** The SKU that the keys act on, in full words: this is what is read out to the customer. */
function MarkedSku({
  grade,
  place,
  cell,
  action,
}: {
  readonly grade: ProductGradeView;
  readonly place: GradePlace;
  readonly cell: GradeCellView;
  readonly action: ReactNode;
}) {
  const t = useTexts();
  const row = grade.rows[place.row];
  const name = [row?.color, row?.print, grade.sizes[place.size]].filter((part) => part !== undefined && part !== '');
  const reason = { product_blocked: t.search.notSoldBlocked, price_missing: t.search.notSoldPrice };
  return (
    <section className="grade-marked" aria-live="polite" data-testid="grade-marked">
      <div>
        <p className="grade-marked-name">{name.join(' · ')}</p>
        <p className="muted">
          {stockWords(t, cell.stockMilli)}
          {cell.barcode !== cell.sku && ` · ${cell.barcode}`}
        </p>
        {cell.notForSale !== null && <p className="grade-marked-reason">{reason[cell.notForSale]}</p>}
      </div>
      <p className={cell.priceCents === null ? 'grade-marked-price none' : 'grade-marked-price'}>
        {cell.priceCents === null ? t.dialogs.priceNone : formatCents(cell.priceCents)}
      </p>
      {action}
    </section>
  );
}

function GradeAge({ stockAt }: { readonly stockAt: string | null }) {
  const t = useTexts();
  const clock = useBranchClock();
  const isServerAway = useStationState((state) => isAway(state.sync));
  return (
    <div className="product-foot">
      <span data-testid="grade-age">
        {stockAt === null ? t.search.stockNeverRead : t.search.stockAt(clock.instant(stockAt))}
        {isServerAway && ` ${t.search.stockOld}`}
      </span>
      <span className="product-keys">
        <KeyCap keys="↑ ↓ ← →" /> {t.search.moveGrade}
      </span>
    </div>
  );
}
