import { useState } from 'react';
import { formatCents } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { SyncErrorView } from '../../contract/station-views.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useStation } from '../station-context.tsx';
import { useApproval } from './approval.tsx';
import { Dialog } from './dialog.tsx';
import { useFeedback } from './feedback.tsx';
import { ReasonForm } from './reason-form.tsx';
import { RefusalNote } from './refusal-note.tsx';

/** Ways to part from something for ever: from a document, or from the customer of a sale. */
export type Parting = 'discard' | 'detach';

/** Says what is lost, asks why, and for the manager where the core wants one. */
export function PartingDialog({
  parting,
  error: { number, totalCents, delivery },
  onClose,
  onDone,
}: {
  readonly parting: Parting;
  readonly error: SyncErrorView;
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const t = useTexts();
  const station = useStation();
  const withApproval = useApproval();
  const { praise } = useFeedback();
  const { label } = useFunctionKeys();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { documentId } = delivery;
  const isDiscard = parting === 'discard';

  async function part(reason: string): Promise<void> {
    setBusy(true);
    const reply = isDiscard
      ? await withApproval('discard_document', (approvalId) =>
          station.call('sync.discard', { documentId, reason, approvalId }),
        )
      : // A sale has the id of its document.
        await station.call('customer.detach', { commandId: crypto.randomUUID(), saleId: documentId, reason });
    setBusy(false);
    if (!reply.ok) return setRefusal(reply.error);
    praise(isDiscard ? t.repair.discarded(number) : t.repair.detached(number));
    onDone();
    onClose();
  }

  return (
    <Dialog
      title={isDiscard ? t.repair.discardTitle(number) : t.repair.detachTitle(number)}
      level="question"
      onClose={onClose}
    >
      <p className="lead">
        {isDiscard ? t.repair.discardText(delivery.kind, formatCents(totalCents)) : t.repair.detachText}
      </p>
      <ReasonForm
        usual={isDiscard ? t.repair.discardReasons : t.repair.detachReasons}
        submitLabel={label(parting)}
        isBusy={isBusy}
        onReason={(reason) => void part(reason)}
      />
      <RefusalNote refusal={refusal} />
    </Dialog>
  );
}
