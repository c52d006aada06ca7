import { useState } from 'react';
import { formatCents } from '../../contract/format.ts';
import type { PixChargeView } from '../../contract/pix-views.ts';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStationState } from '../station-context.tsx';
import { useBranchClock } from '../use-branch-clock.ts';
import { PixDetail } from './pix-detail.tsx';

type Filter = 'open' | 'all';

/** What nobody has found in the bank's statement yet, and what goes back to customers; for whoever reads the statement. */
export function PixScreen({ onBack }: { readonly onBack: () => void }) {
  const t = useTexts();
  const [filter, setFilter] = useState<Filter>('open');
  const list = useQuery('pix.list', { filter });
  const [selectedTxid, setSelected] = useState<string | null>(null);
  const rows = list.output?.rows ?? [];
  const index = Math.max(
    0,
    rows.findIndex(({ txid }) => txid === selectedTxid),
  );
  const selected = rows[index] ?? null;
  const move = (step: number) => () => {
    const row = rows[Math.max(0, Math.min(index + step, rows.length - 1))];
    if (row === undefined) return;
    setSelected(row.txid);
    document.querySelector(`#pix-${row.txid}`)?.scrollIntoView({ block: 'nearest' });
  };
  const show = (next: Filter) => () => {
    setFilter(next);
    setSelected(null);
  };
  useKeys('screen', {
    Escape: onBack,
    ArrowDown: move(1),
    ArrowUp: move(-1),
    PageDown: move(10),
    PageUp: move(-10),
    ArrowLeft: show('open'),
    ArrowRight: show('all'),
  });
  const pending = list.output?.pending;

  return (
    <div className="sales" data-testid="pix-screen">
      <section className="sales-list pix-list">
        <header className="screen-head">
          <button type="button" className="button quiet" onClick={onBack}>
            {t.app.back}
          </button>
          <h1>{t.pix.title}</h1>
        </header>
        <div className="pix-head">
          <div className="chips" role="group" aria-label={t.pix.filter}>
            {(['open', 'all'] as const).map((name) => (
              <button
                key={name}
                type="button"
                className="chip pix-filter"
                aria-pressed={filter === name}
                data-testid={`pix-filter-${name}`}
                onClick={show(name)}
              >
                {name === 'open' ? t.pix.filterOpen : t.pix.filterAll}
              </button>
            ))}
          </div>
          {pending !== undefined && (
            <p className="pix-sums" data-testid="pix-sums">
              {t.pix.toCheck(pending.toCheck.count, formatCents(pending.toCheck.cents))}
              {pending.toReturn.count > 0 &&
                ` · ${t.pix.toReturn(pending.toReturn.count, formatCents(pending.toReturn.cents))}`}
            </p>
          )}
          <p className="muted">{t.pix.howTo}</p>
        </div>
        <RefusalNote refusal={list.state === 'refused' ? list.error : null} />
        {list.state === 'read' && rows.length === 0 ? (
          <p className="lines-empty">{filter === 'open' ? t.pix.empty : t.pix.emptyAll}</p>
        ) : (
          <div
            className="sales-scroller"
            role="listbox"
            tabIndex={0}
            autoFocus
            aria-label={t.pix.list}
            aria-activedescendant={selected === null ? undefined : `pix-${selected.txid}`}
          >
            <div className="sales-row sales-head pix-row" aria-hidden="true">
              <span>{t.pix.shown}</span>
              <span>{t.pix.txid}</span>
              <span className="number">{t.pix.amount}</span>
              <span>{t.pix.situation}</span>
            </div>
            {rows.map((row) => (
              <PixRow key={row.txid} row={row} isSelected={row === selected} onSelect={() => setSelected(row.txid)} />
            ))}
          </div>
        )}
      </section>
      {selected === null ? (
        <aside className="sale-detail" />
      ) : (
        <PixDetail key={selected.txid} row={selected} onChanged={list.reread} />
      )}
    </div>
  );
}

function PixRow({
  row,
  isSelected,
  onSelect,
}: {
  readonly row: PixChargeView;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
}) {
  const t = useTexts();
  const clock = useBranchClock();
  const today = useStationState((state) => state.view?.today);
  // The day of the branch is in the code itself, after the station.
  const isToday = today !== undefined && row.txid.slice(3, 9) === today.slice(2).replaceAll('-', '');
  return (
    <div
      id={`pix-${row.txid}`}
      role="option"
      aria-selected={isSelected}
      className={isSelected ? 'sales-row pix-row marked' : 'sales-row pix-row'}
      data-testid="pix-row"
      data-state={row.state}
      onClick={onSelect}
    >
      <span>{isToday ? clock.time(row.shownAt) : clock.instant(row.shownAt)}</span>
      <span>
        <span className="pix-code">{row.txid}</span>
        <span className="pix-sale">{row.saleNumber === null ? t.pix.noSale : t.pix.sale(row.saleNumber)}</span>
      </span>
      <span className="number">{formatCents(row.amountCents)}</span>
      <span>{t.pix.state(row.state)}</span>
    </div>
  );
}
