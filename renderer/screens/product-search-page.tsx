import type { ProductRowView } from '../../contract/product-views.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { isAway } from '../components/sync-words.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useStationState } from '../station-context.tsx';
import type { ProductFrame } from './product-dialog.tsx';
import { PRODUCT_LIST_ID, ProductList, productOptionId } from './product-list.tsx';
import { useProductSearch } from './use-product-search.ts';

const PAGE_ROWS = 8;

/** The field and what it finds. Arrows mark a row, Enter opens its grade. */
export function ProductSearchPage({
  frame: { mode, ...frame },
  typed,
  onType,
  index,
  onIndex,
  refusal,
  onOpen,
}: {
  readonly frame: ProductFrame;
  readonly typed: string;
  readonly onType: (text: string) => void;
  readonly index: number;
  readonly onIndex: (index: number) => void;
  /** Why a scanned piece could not be shown. */
  readonly refusal: Refusal | null;
  readonly onOpen: (row: ProductRowView) => void;
}) {
  const t = useTexts();
  const search = useProductSearch(typed);
  const { rows } = search;
  const isServerAway = useStationState((state) => isAway(state.sync));
  const marked = rows[index];
  const move = (step: number) => () => onIndex(Math.max(0, Math.min(index + step, rows.length - 1)));
  const keys = { ArrowDown: move(1), ArrowUp: move(-1), PageDown: move(PAGE_ROWS), PageUp: move(-PAGE_ROWS) };

  async function open(): Promise<void> {
    // Whoever types and presses Enter at once means the first one found, not one of the list before.
    const row = search.isAnswered ? rows[index] : (await search.ask())[0];
    if (row !== undefined) onOpen(row);
  }

  return (
    <Dialog {...frame} keys={keys} size="wide">
      <form
        className="product-search"
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <Field
          label={mode === 'sell' ? t.search.field : t.search.checkField}
          data-autofocus
          data-testid="product-find"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={rows.length > 0}
          aria-controls={rows.length > 0 ? PRODUCT_LIST_ID : undefined}
          aria-activedescendant={marked === undefined ? undefined : productOptionId(marked.productId)}
          placeholder={t.search.placeholder}
          maxLength={100}
          value={typed}
          onText={onType}
        />
        <div className="product-results">
          <RefusalNote refusal={refusal ?? search.refusal} />
          {rows.length > 0 ? (
            <ProductList rows={rows} index={index} onOpen={onOpen} onEnd={search.readMore} />
          ) : (
            <Nothing
              typed={typed}
              isHidden={refusal !== null || search.refusal !== null || !search.isAnswered}
              mode={mode}
            />
          )}
        </div>
        <div className="product-foot">
          <span role="status" data-testid="product-count">
            {rows.length > 0 && (search.isMore ? t.search.more(rows.length) : t.search.count(rows.length))}
          </span>
          {isServerAway && <span data-testid="product-away">{t.search.away}</span>}
          {rows.length > 0 && (
            <span className="product-keys">
              <KeyCap keys="↑ ↓" /> <KeyCap keys="Enter" /> {t.search.openGrade}
            </span>
          )}
        </div>
      </form>
    </Dialog>
  );
}

function Nothing({
  typed,
  isHidden,
  mode,
}: {
  readonly typed: string;
  readonly isHidden: boolean;
  readonly mode: 'sell' | 'check';
}) {
  const t = useTexts();
  if (isHidden) return null;
  const text = typed.trim();
  return (
    <div className="product-nothing" data-testid="product-nothing">
      <p>{text === '' ? (mode === 'sell' ? t.search.start : t.search.checkStart) : t.search.nothing(text)}</p>
      <p className="muted">{text === '' ? t.search.startText : t.search.nothingText}</p>
      {text === '' && (
        <ul className="product-examples" aria-label={t.search.examplesTitle}>
          {t.search.examples.map((example) => (
            <li key={example}>{example}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
