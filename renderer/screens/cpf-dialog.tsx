import { useState } from 'react';
import { formatCpf } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { SaleView } from '../../contract/sale-views.ts';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';

/** The customer's CPF for the receipt: never required, never a registration. */
export function CpfDialog({ sale, onClose }: { readonly sale: SaleView; readonly onClose: () => void }) {
  const t = useTexts();
  const station = useStation();
  const [typed, setTyped] = useState(sale.cpf === null ? '' : formatCpf(sale.cpf));
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function apply(text: string): Promise<void> {
    const digits = text.replaceAll(/\D/g, '');
    const reply = await station.sell('sale.setCpf', { cpf: digits === '' ? null : digits });
    if (reply.ok) onClose();
    else setRefusal(reply.error);
  }

  return (
    <Dialog title={t.dialogs.cpfTitle} onClose={onClose} size="sm">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void apply(typed);
        }}
      >
        <Field
          label={t.dialogs.cpf}
          size="large"
          inputMode="numeric"
          data-autofocus
          data-testid="cpf"
          value={typed}
          onText={(text) => setTyped(formatCpf(text.replaceAll(/[^\d.-]/g, '').slice(0, 14)))}
        />
        <RefusalNote refusal={refusal} />
        <div className="row">
          {sale.cpf !== null && (
            <button type="button" className="button" onClick={() => void apply('')}>
              {t.dialogs.cpfRemove}
            </button>
          )}
          <button type="submit" className="button primary large grow">
            {t.app.confirm}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
