import { useState } from 'react';
import { formatCents } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { useApproval } from '../components/approval.tsx';
import { Dialog } from '../components/dialog.tsx';
import { useFeedback } from '../components/feedback.tsx';
import { ReasonForm } from '../components/reason-form.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';

/** Cancels a finished sale, sent or not: says what goes back and asks why. */
export function CancelDialog({
  sale,
  onClose,
  onCancelled,
}: {
  readonly sale: { readonly saleId: string; readonly number: string; readonly totalCents: number };
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
      station.call('sale.cancel', { commandId: crypto.randomUUID(), saleId: sale.saleId, reason, approvalId }),
    );
    setBusy(false);
    if (!reply.ok) return setRefusal(reply.error);
    praise(t.sales.cancelOk(sale.number));
    onCancelled();
    onClose();
  }

  return (
    <Dialog title={t.sales.cancelTitle(sale.number)} onClose={onClose}>
      <p className="lead">{t.sales.cancelText(formatCents(sale.totalCents))}</p>
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
