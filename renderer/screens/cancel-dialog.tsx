import { useState } from 'react';
import { formatCents } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { SaleRowView } from '../../contract/sale-views.ts';
import { useApproval } from '../components/approval.tsx';
import { Dialog } from '../components/dialog.tsx';
import { useFeedback } from '../components/feedback.tsx';
import { ReasonForm } from '../components/reason-form.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';

/** Cancels a finished sale, sent or not: says what goes back and asks why. */
export function CancelDialog({
  row,
  onClose,
  onCancelled,
}: {
  readonly row: SaleRowView;
  readonly onClose: () => void;
  readonly onCancelled: () => void;
}) {
  const t = useTexts();
  const station = useStation();
  const withApproval = useApproval();
  const { praise } = useFeedback();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function cancel(reason: string): Promise<void> {
    setBusy(true);
    const reply = await withApproval('cancel_sale', (approvalId) =>
      station.call('sale.cancel', { commandId: crypto.randomUUID(), saleId: row.saleId, reason, approvalId }),
    );
    setBusy(false);
    if (!reply.ok) return setRefusal(reply.error);
    praise(t.sales.cancelOk(row.number));
    onCancelled();
    onClose();
  }

  return (
    <Dialog title={t.sales.cancelTitle(row.number)} onClose={onClose}>
      <p className="lead">{t.sales.cancelText(formatCents(row.totalCents))}</p>
      <ReasonForm
        usual={t.sales.cancelReasons}
        submitLabel={t.sales.cancel}
        isBusy={isBusy}
        onReason={(reason) => void cancel(reason)}
      />
      <RefusalNote refusal={refusal} />
    </Dialog>
  );
}
