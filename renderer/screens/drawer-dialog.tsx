import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import { useApproval } from '../components/approval.tsx';
import { Dialog } from '../components/dialog.tsx';
import { useFeedback } from '../components/feedback.tsx';
import { ReasonForm } from '../components/reason-form.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';

/** Opens the drawer without a sale: why, and a superior's PIN where the permission asks for one. */
export function DrawerDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const station = useStation();
  const withApproval = useApproval();
  const { praise, warn } = useFeedback();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function open(reason: string): Promise<void> {
    setBusy(true);
    const reply = await withApproval('open_drawer', (approvalId) =>
      station.call('drawer.open', { reason, approvalId }),
    );
    setBusy(false);
    if (!reply.ok) {
      warn();
      return setRefusal(reply.error);
    }
    praise(t.printing.drawerOpened);
    onClose();
  }

  return (
    <Dialog title={t.printing.openDrawer} onClose={onClose}>
      <p className="lead">{t.printing.drawerText}</p>
      <ReasonForm
        usual={t.printing.drawerReasons}
        submitLabel={t.printing.openDrawer}
        isBusy={isBusy}
        onReason={(reason) => void open(reason)}
      />
      <RefusalNote refusal={refusal} />
    </Dialog>
  );
}
