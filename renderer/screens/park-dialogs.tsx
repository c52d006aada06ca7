import { useState } from 'react';
import { formatCents, formatQuantity } from '../../contract/format.ts';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useTill } from './till-state.tsx';
import { useBranchClock } from '../use-branch-clock.ts';

/** Puts the sale aside for the next customer. */
export function ParkDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const { run } = useTill();
  const [note, setNote] = useState('');

  async function park(): Promise<void> {
    const reply = await run('sale.park', { note });
    if (reply.ok) onClose();
  }

  return (
    <Dialog title={t.dialogs.parkTitle} onClose={onClose} size="sm">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void park();
        }}
      >
        <Field label={t.dialogs.parkNote} maxLength={80} data-autofocus value={note} onText={setNote} />
        <button type="submit" className="button primary large">
          {t.dialogs.park}
        </button>
      </form>
    </Dialog>
  );
}

/** The sales that were put aside, to take one up again. */
export function RecallDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const { run } = useTill();
  const parked = useQuery('sale.parked', {});
  const clock = useBranchClock();

  async function recall(saleId: string): Promise<void> {
    const reply = await run('sale.recall', {}, saleId);
    if (reply.ok) onClose();
  }

  return (
    <Dialog title={t.dialogs.recallTitle} isReading={parked.state === 'reading'} onClose={onClose}>
      <RefusalNote refusal={parked.state === 'refused' ? parked.error : null} />
      {parked.output?.length === 0 && <p className="muted">{t.dialogs.recallEmpty}</p>}
      <ul className="picks">
        {(parked.output ?? []).map((sale, index) => (
          <li key={sale.saleId}>
            <button
              type="button"
              className="pick parked"
              // The list comes after the dialog: the first sale takes the focus when it is there.
              autoFocus={index === 0}
              onClick={() => void recall(sale.saleId)}
            >
              <span className="pick-code">{clock.time(sale.startedAt)}</span>
              <span>{sale.note === '' ? sale.operator.name : sale.note}</span>
              <span className="muted">{t.till.pieces(formatQuantity(sale.piecesMilli))}</span>
              <span className="number">{formatCents(sale.totalCents)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
