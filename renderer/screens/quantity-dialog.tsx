import { useState } from 'react';
import { formatQuantity } from '../../contract/format.ts';
import type { SaleLineView } from '../../contract/sale-views.ts';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { parseQuantity } from './till-entry.ts';
import { useTill } from './till-state.tsx';

/** Changes how many pieces a line sells. */
export function QuantityDialog({ line, onClose }: { readonly line: SaleLineView; readonly onClose: () => void }) {
  const t = useTexts();
  const { run } = useTill();
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);

  async function apply(): Promise<void> {
    const quantityMilli = parseQuantity(typed);
    setWrong(quantityMilli === null);
    if (quantityMilli === null) return;
    const reply = await run('sale.setQuantity', { lineId: line.lineId, quantityMilli });
    if (reply.ok) onClose();
  }

  return (
    <Dialog title={t.dialogs.quantityTitle} onClose={onClose} size="sm">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void apply();
        }}
      >
        <p className="lead">{line.description}</p>
        <Field
          label={t.dialogs.quantity}
          size="large"
          inputMode="decimal"
          placeholder={formatQuantity(line.quantityMilli)}
          data-autofocus
          value={typed}
          onText={setTyped}
          error={isWrong ? t.dialogs.quantityWrong : null}
        />
        <button type="submit" className="button primary large">
          {t.dialogs.apply}
        </button>
      </form>
    </Dialog>
  );
}
