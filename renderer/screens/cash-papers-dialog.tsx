import { useState } from 'react';
import type { CashPaperView } from '../../contract/cash-views.ts';
import type { PaperView } from '../../contract/sale-views.ts';
import { Dialog } from '../components/dialog.tsx';
import { Paper } from '../components/paper.tsx';
import { PaperActions } from '../components/paper-actions.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useBranchClock } from '../use-branch-clock.ts';

/** The papers of the drawer, of this session and of those before: to read, to print again, to save. Arrows move. */
export function CashPapersDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const clock = useBranchClock();
  const list = useQuery('cashSession.papers', {});
  const [selectedId, setSelected] = useState<string | null>(null);
  const rows = list.output ?? [];
  const index = Math.max(
    0,
    rows.findIndex(({ paper }) => paper.paperId === selectedId),
  );
  const selected = rows[index] ?? null;
  const move = (step: number) => () => {
    const row = rows[Math.max(0, Math.min(index + step, rows.length - 1))];
    if (row === undefined) return;
    setSelected(row.paper.paperId);
    document.querySelector(`#paper-${row.paper.paperId}`)?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <Dialog
      title={t.cash.papersTitle}
      onClose={onClose}
      size="wide"
      isReading={list.state === 'reading'}
      keys={
        list.state === 'reading'
          ? {}
          : {
              ArrowDown: move(1),
              ArrowUp: move(-1),
              PageDown: move(10),
              PageUp: move(-10),
              Home: move(-rows.length),
              End: move(rows.length),
            }
      }
    >
      <RefusalNote refusal={list.state === 'refused' ? list.error : null} />
      {list.state === 'read' && rows.length === 0 && <p className="muted">{t.cash.papersNone}</p>}
      <div className="cash-papers" data-testid="cash-papers">
        <div
          className="cash-papers-list"
          role="listbox"
          tabIndex={0}
          data-autofocus
          aria-label={t.cash.papersTitle}
          aria-activedescendant={selected === null ? undefined : `paper-${selected.paper.paperId}`}
        >
          {rows.map((row) => (
            <div
              key={row.paper.paperId}
              id={`paper-${row.paper.paperId}`}
              role="option"
              aria-selected={row === selected}
              className={row === selected ? 'pick marked' : 'pick'}
              data-kind={row.paper.kind}
              onClick={() => setSelected(row.paper.paperId)}
            >
              <span>{t.cash.paperOf(row.paper.kind)}</span>
              <span className="pick-code">{clock.instant(row.createdAt)}</span>
            </div>
          ))}
        </div>
        {selected !== null && <PaperColumn row={selected} />}
      </div>
    </Dialog>
  );
}

function PaperColumn({ row }: { readonly row: CashPaperView }) {
  return (
    <section className="cash-papers-one">
      <PaperActions paper={row.paper} name={paperFileName(row.paper.kind, row.createdAt)} level="dialog" />
      <div className="cash-papers-paper">
        <Paper paper={row.paper} />
      </div>
    </section>
  );
}

const FILE_WORDS: Partial<Readonly<Record<PaperView['kind'], string>>> = {
  session_opening: 'Abertura de caixa',
  supply: 'Suprimento',
  withdrawal: 'Sangria',
  session_partial: 'Resumo parcial',
  session_closing: 'Fechamento de caixa',
};

/** `Sangria 2026-11-22 143205`: two of one day are two files. The paper is Portuguese, and so is its file's name. */
export function paperFileName(kind: PaperView['kind'], createdAt: string): string {
  const [day = '', time = ''] = createdAt.split('T');
  return `${FILE_WORDS[kind] ?? 'Comprovante'} ${day} ${time.slice(0, 8).replaceAll(':', '')}`;
}
