import { useState } from 'react';
import { formatCents, formatQuantity } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { SaleView } from '../../contract/sale-views.ts';
import { useApproval } from '../components/approval.tsx';
import { Dialog } from '../components/dialog.tsx';
import { ReasonForm } from '../components/reason-form.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';

/** Gives up the sale: says what is lost and asks why. */
export function AbandonDialog({ sale, onClose }: { readonly sale: SaleView; readonly onClose: () => void }) {
  const t = useTexts();
  const station = useStation();
  const withApproval = useApproval();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function abandon(reason: string): Promise<void> {
    setBusy(true);
    const reply = await withApproval('abandon_sale', (approvalId) =>
      station.sell('sale.abandon', { reason, approvalId }, sale.saleId),
    );
    setBusy(false);
    if (reply.ok) onClose();
    else setRefusal(reply.error);
  }

  return (
    <Dialog title={t.dialogs.abandonTitle} onClose={onClose}>
      <p className="lead">
        {t.dialogs.abandonText(t.till.pieces(formatQuantity(sale.piecesMilli)), formatCents(sale.totalCents))}
      </p>
      <ReasonForm
        usual={t.dialogs.abandonReasons}
        submitLabel={t.dialogs.abandon}
        isBusy={isBusy}
        onReason={(reason) => void abandon(reason)}
      />
      <RefusalNote refusal={refusal} />
    </Dialog>
  );
}
