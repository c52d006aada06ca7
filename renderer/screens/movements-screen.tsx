import { useCallback, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { keyShortcut } from '../../contract/keys.ts';
import { KeyCap } from '../components/key-cap.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStationState } from '../station-context.tsx';
import { JumpDialog } from './jump-dialog.tsx';
import { MovementDetail } from './movement-detail.tsx';
import { MovementFilterBar, NO_FILTER, toFilter, type FilterEntry } from './movement-filter-bar.tsx';
import { MovementRows, type Mark } from './movement-rows.tsx';
import { useMovementAt, useMovements } from './use-movements.ts';

const TOP: Mark = { place: 0, align: 'auto', ofTotal: null };
const PAGE_STEP = 10;

/** Where the keys go: the list has them all, a field keeps those that it needs itself. */
type Focus = 'list' | 'text' | 'select';
const FOCUS_OF: Readonly<Record<string, Focus>> = { INPUT: 'text', SELECT: 'select' };

/** Everything this station recorded with where it is on its way to the ERP. Arrows move, F3 filters, F4 jumps. */
export function MovementsScreen({
  state = null,
  scanned = null,
  onBack,
  onPix,
  canCancel,
}: {
  /** The state that is looked for at first. */
  readonly state?: FilterEntry['state'];
  /** The sale whose paper was scanned, and its place in the whole list. */
  readonly scanned?: { readonly number: string; readonly place: number } | null;
  readonly onBack: () => void;
  readonly onPix: () => void;
  readonly canCancel: boolean;
}) {
  const t = useTexts();
  const { keys, bind } = useFunctionKeys();
  const today = useStationState((station) => station.view?.today) ?? '';
  const [entry, setEntry] = useState<FilterEntry>({ ...NO_FILTER, state });
  const [mark, setMark] = useState<Mark>(
    scanned === null ? TOP : { place: scanned.place, align: 'start', ofTotal: null },
  );
  const [isJumping, setJumping] = useState(false);
  const [focus, setFocus] = useState<Focus>('list');
  const pix = useQuery('pix.pending', {});
  const list = useMovements(toFilter(entry, today));
  const total = useStore(list.known, (known) => known.total);
  const refusal = useStore(list.known, (known) => known.refusal);
  const find = useRef<HTMLInputElement>(null);
  const screen = useRef<HTMLDivElement>(null);
  const isFiltered = JSON.stringify(entry) !== JSON.stringify(NO_FILTER);
  const last = Math.max(0, (total ?? 0) - 1);
  // What is recorded meanwhile comes in above: the marked row stays the same one.
  const added = isFiltered || mark.ofTotal === null ? 0 : (total ?? 0) - mark.ofTotal;
  const place = Math.max(0, Math.min(mark.place + added, last));
  const marked = useMovementAt(list, place);

  const narrow = (next: FilterEntry): void => {
    setEntry(next);
    setMark({ ...TOP });
  };
  const toRows = (): void => screen.current?.querySelector<HTMLElement>('[role=listbox]')?.focus();
  const markAt = useCallback(
    (next: number): void => setMark({ place: Math.max(0, Math.min(next, last)), align: 'auto', ofTotal: total }),
    [last, total],
  );
  const goTo = (next: number) => (): void => markAt(next);
  // A key of the marked movement waits until its row is there.
  const isReading = refusal === null && (total === null || (total > 0 && marked === undefined));
  const isInSelect = focus === 'select';
  const isInField = focus !== 'list';
  useKeys(
    'screen',
    {
      Escape: () => {
        if (!isFiltered) return onBack();
        narrow(NO_FILTER);
        toRows();
      },
      ...bind({ pix: onPix, goTo: () => setJumping(true) }),
      [keys.findMovement]: () => {
        find.current?.focus();
        find.current?.select();
      },
      ArrowDown: isInSelect ? undefined : goTo(place + 1),
      ArrowUp: isInSelect ? undefined : goTo(place - 1),
      PageDown: isInSelect ? undefined : goTo(place + PAGE_STEP),
      PageUp: isInSelect ? undefined : goTo(place - PAGE_STEP),
      Home: isInField ? undefined : goTo(0),
      End: isInField ? undefined : goTo(last),
    },
    { isReading },
  );

  return (
    <div
      className="sales"
      data-testid="movements"
      ref={screen}
      // What is focused in a dialog is told here too, as dialogs belong to the screen.
      onFocus={({ target, currentTarget }) => {
        if (currentTarget.contains(target)) setFocus(FOCUS_OF[target.tagName] ?? 'list');
      }}
      onBlur={() => setFocus('list')}
    >
      <section className="sales-list movements-list">
        <header className="screen-head">
          <button type="button" className="button quiet" onClick={onBack}>
            {t.app.back}
          </button>
          <div className="movements-title">
            <h1>{t.movements.title}</h1>
            <span className="muted" role="status" data-testid="movements-count">
              {total === null ? '' : isFiltered ? t.movements.found(total) : t.movements.count(total)}
            </span>
          </div>
          <span className="screen-head-space" />
          <button
            type="button"
            className="button"
            aria-keyshortcuts={keyShortcut(keys.pix)}
            data-testid="open-pix"
            onClick={onPix}
          >
            <KeyCap keys={keys.pix} />
            {t.pix.open(pix.output?.count ?? 0)}
          </button>
        </header>
        <MovementFilterBar
          ref={find}
          entry={entry}
          today={today}
          onEntry={narrow}
          onEnter={toRows}
          onJump={() => setJumping(true)}
        />
        {scanned !== null && marked?.number === scanned.number && (
          <p className="note attention" role="status" data-testid="scanned-sale">
            {t.scan.exchangeLater}
          </p>
        )}
        <RefusalNote refusal={refusal} />
        {total === 0 && <p className="lines-empty">{isFiltered ? t.movements.nothingFits : t.movements.empty}</p>}
        <MovementRows list={list} mark={mark} place={place} today={today} onMark={markAt} />
      </section>
      {marked === undefined ? (
        <aside className="sale-detail" />
      ) : (
        <MovementDetail
          key={marked.delivery.documentId}
          row={marked}
          canCancel={canCancel}
          hasKeys={!isInField}
          onChanged={list.reread}
        />
      )}
      {isJumping && (
        <JumpDialog
          today={today}
          onClose={() => setJumping(false)}
          onJump={(next) => {
            setJumping(false);
            setEntry(NO_FILTER);
            setMark({ place: next, align: 'start', ofTotal: null });
          }}
        />
      )}
    </div>
  );
}
