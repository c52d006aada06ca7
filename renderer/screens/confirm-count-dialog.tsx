import { useState } from 'react';
import { sumDenominations } from '../../contract/cash-sums.ts';
import type { CountPlace } from '../../contract/cash-views.ts';
import { formatCents } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { useApproval } from '../components/approval.tsx';
import { Dialog } from '../components/dialog.tsx';
import { useFeedback } from '../components/feedback.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';
import { placeKey, readAmount, readDenominations, type CountEntry } from './count-entry.ts';

/** The last look at a count: after it nothing is sold in this session, and the difference is told. */
export function ConfirmCountDialog({
  entry,
  places,
  onClose,
  onCounted,
}: {
  readonly entry: CountEntry;
  readonly places: readonly CountPlace[];
  readonly onClose: () => void;
  readonly onCounted: () => void;
}) {
  const t = useTexts();
  const station = useStation();
  const withApproval = useApproval();
  const { warn } = useFeedback();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [commandId] = useState(() => crypto.randomUUID());
  const denominations = readDenominations(entry);
  const amounts = places.flatMap((place) => {
    const countedCents = readAmount(entry[placeKey(place)]) ?? 0;
    return countedCents === 0 ? [] : [{ ...place, countedCents }];
  });
  const isEmpty = denominations.length === 0 && amounts.length === 0;

  async function confirm(): Promise<void> {
    setBusy(true);
    setRefusal(null);
    const reply = await withApproval('close_session', (approvalId) =>
      station.call('cashSession.count', {
        commandId,
        denominations,
        amounts: amounts.map(({ paymentTypeId, acquirerId, countedCents }) => ({
          paymentTypeId,
          acquirerId,
          countedCents,
        })),
        approvalId,
      }),
    );
    setBusy(false);
    if (reply.ok) return onCounted();
    warn();
    setRefusal(reply.error);
  }

  return (
    <Dialog title={t.cash.confirmTitle} onClose={onClose} onScan={warn}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void confirm();
        }}
      >
        {isEmpty && <p className="note attention">{t.cash.emptyCount}</p>}
        <dl className="facts large">
          <div>
            <dt>{t.cash.cashTotal}</dt>
            <dd>{formatCents(sumDenominations(denominations))}</dd>
          </div>
          {amounts.map((amount) => (
            <div key={placeKey(amount)}>
              <dt>{amount.description}</dt>
              <dd>{formatCents(amount.countedCents)}</dd>
            </div>
          ))}
        </dl>
        <p className="muted">{t.cash.confirmText}</p>
        <RefusalNote refusal={refusal} />
        <div className="row">
          <button type="button" className="button" onClick={onClose}>
            {t.app.back}
          </button>
          <button type="submit" className="button primary large grow" data-autofocus disabled={isBusy}>
            {t.cash.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
