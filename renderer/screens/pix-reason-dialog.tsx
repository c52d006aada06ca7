import { formatCents } from '../../contract/format.ts';
import type { PixChargeView } from '../../contract/pix-views.ts';
import { Dialog } from '../components/dialog.tsx';
import { ReasonForm } from '../components/reason-form.tsx';
import { useTexts } from '../i18n/preferences.tsx';

/** Money that did not come, or went back: who says so writes why. */
export function PixReasonDialog({
  row,
  outcome,
  onClose,
  onReason,
}: {
  readonly row: PixChargeView;
  readonly outcome: 'not_found' | 'returned';
  readonly onClose: () => void;
  readonly onReason: (reason: string) => void;
}) {
  const t = useTexts();
  const amount = formatCents(row.amountCents);
  const isMissing = outcome === 'not_found';
  return (
    <Dialog title={isMissing ? t.pix.notFoundTitle : t.pix.returnedTitle} onClose={onClose}>
      <p>{isMissing ? t.pix.notFoundText(amount) : t.pix.returnedText(amount)}</p>
      <ReasonForm
        usual={isMissing ? t.pix.notFoundReasons : t.pix.returnedReasons}
        submitLabel={isMissing ? t.pix.notFound : t.pix.returned}
        isBusy={false}
        onReason={onReason}
      />
    </Dialog>
  );
}
