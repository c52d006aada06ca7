import { useState } from 'react';
import { formatCents, formatQuantity } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { PriceCheckView } from '../../contract/station-views.ts';
import { Dialog } from '../components/dialog.tsx';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';
import { useTill } from './till-state.tsx';
import { useBranchClock } from '../use-branch-clock.ts';

/** Price and stock of a piece without selling it: scans come here while it is open. */
export function PriceDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const station = useStation();
  const till = useTill();
  const [typed, setTyped] = useState('');
  const [found, setFound] = useState<PriceCheckView | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function check(barcode: string): Promise<void> {
    if (barcode.trim() === '') return;
    setTyped('');
    const reply = await station.call('catalog.findByBarcode', { barcode: barcode.trim() });
    setFound(reply.ok ? reply.output : null);
    setRefusal(reply.ok ? null : reply.error);
  }

  return (
    <Dialog title={t.dialogs.priceTitle} onClose={onClose} onScan={(code) => void check(code)}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void check(typed);
        }}
      >
        <Field
          label={t.till.barcode}
          hint={t.dialogs.priceText}
          data-autofocus
          data-testid="price-code"
          value={typed}
          onText={setTyped}
        />
        <RefusalNote refusal={refusal} />
        {found !== null && <Found product={found} />}
        {found !== null && (
          <button
            type="button"
            className="button"
            onClick={() => {
              onClose();
              void till.addItem(found.barcode);
            }}
          >
            {t.dialogs.sell}
          </button>
        )}
      </form>
    </Dialog>
  );
}

function Found({ product }: { readonly product: PriceCheckView }) {
  const t = useTexts();
  const clock = useBranchClock();
  const details = [product.reference, product.color, product.print, product.size].filter((part) => part !== '');
  return (
    <div className="price-found" data-testid="price-found">
      <p className="price-name">{product.description}</p>
      <p className="muted">{details.join(' · ')}</p>
      <p className="price-amount">
        {product.priceCents === null ? t.dialogs.priceNone : formatCents(product.priceCents)}
      </p>
      <p className="muted">
        {product.stockMilli === null || product.stockAt === null
          ? t.dialogs.stockUnknown
          : t.dialogs.stock(formatQuantity(product.stockMilli), clock.instant(product.stockAt))}
      </p>
    </div>
  );
}
