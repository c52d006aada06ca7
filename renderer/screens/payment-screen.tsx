import { useEffect, useRef, useState } from 'react';
import { formatCents } from '../../contract/format.ts';
import { keyCap, keyShortcut } from '../../contract/keys.ts';
import type { SaleView } from '../../contract/sale-views.ts';
import type { PaymentTypeView } from '../../contract/station-views.ts';
import { KeyCap } from '../components/key-cap.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useHeldOpen } from '../keyboard/idle-lock.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStationState } from '../station-context.tsx';
import { findOpenPix, PixPanel } from './pix-panel.tsx';
import { PaymentTypes } from './payment-types.tsx';
import { Amount } from './sale-totals.tsx';
import { SalespersonDialog } from './salesperson-dialog.tsx';
import { TenderForm } from './tender-form.tsx';
import { TenderList } from './tender-list.tsx';
import { useTill } from './till-state.tsx';

/**
 * Takes the money: a digit chooses how, Enter takes the whole amount, F10 (or Enter once paid) finishes.
 *
 * Exact cash is F9 1 Enter F10; a scan while paying adds to the sale and starts the choice again.
 */
export function PaymentScreen({ sale }: { readonly sale: SaleView }) {
  const t = useTexts();
  const till = useTill();
  useHeldOpen();
  const { keys } = useFunctionKeys();
  const types = till.paymentTypes;
  const salespersonRequired = useStationState((state) => state.view?.policies.salespersonRequired ?? false);
  const [chosen, setChosen] = useState<PaymentTypeView | null>(null);
  const [isAskingSalesperson, setAsking] = useState(false);
  const isFinishing = useRef(false);
  const place = useRef<HTMLDivElement>(null);
  const openPix = findOpenPix(sale);
  const isPaid = sale.dueCents === 0 && openPix === null;
  const whyNot = openPix === null ? t.payment.missing(formatCents(sale.dueCents)) : t.pix.answerFirst;

  async function finish(): Promise<void> {
    // A second F10 while the first is on its way would ask to complete a sale that is complete.
    if (isFinishing.current || openPix !== null) return;
    isFinishing.current = true;
    const reply = await till.run('sale.complete', {});
    isFinishing.current = false;
    if (reply.ok) return till.finish(reply.output);
    if (reply.error.code === 'salesperson_required' && salespersonRequired) setAsking(true);
  }

  useKeys(
    'screen',
    {
      [keys.finish]: () => void finish(),
      Enter: isPaid ? () => void finish() : undefined,
      Escape: () => (chosen === null ? till.go('till') : setChosen(null)),
    },
    { isReading: types.state === 'reading' },
  );
  useEffect(() => {
    if (chosen === null && !isAskingSalesperson) place.current?.focus();
  }, [chosen, isAskingSalesperson]);

  return (
    <div className="payment" data-testid="payment" ref={place} tabIndex={-1}>
      <section className="payment-main">
        {openPix !== null ? (
          <PixPanel key={openPix.tenderId} tender={openPix} isFoundAgain={till.openPix?.isFoundAgain ?? true} />
        ) : (
          <>
            <h1 className="eyebrow">{isPaid ? t.payment.change : t.payment.due}</h1>
            <Amount cents={isPaid ? sale.changeCents : sale.dueCents} testId={isPaid ? 'change' : 'due'} />
            {isPaid && <p className="payment-ready">{t.payment.readyTitle(keyCap(keys.finish))}</p>}
            <RefusalNote refusal={types.state === 'refused' ? types.error : null} />
            {!isPaid && chosen === null && <PaymentTypes types={types.output ?? []} onChoose={setChosen} />}
            {!isPaid && chosen !== null && (
              <TenderForm type={chosen} dueCents={sale.dueCents} onDone={() => setChosen(null)} />
            )}
          </>
        )}
      </section>
      <aside className="payment-side">
        <TenderList sale={sale} />
        <div className="payment-actions">
          <button type="button" className="button" onClick={() => till.go('till')}>
            <KeyCap keys="Esc" />
            {t.payment.backToItems}
          </button>
          <button
            type="button"
            className="button primary pay"
            disabled={!isPaid}
            aria-keyshortcuts={keyShortcut(keys.finish)}
            data-testid="finish"
            onClick={() => void finish()}
          >
            <span>{t.payment.finish}</span>
            <KeyCap keys={keys.finish} />
            {!isPaid && <span className="key-button-reason">{whyNot}</span>}
          </button>
        </div>
      </aside>
      {isAskingSalesperson && (
        <SalespersonDialog sale={sale} onClose={() => setAsking(false)} onChosen={() => void finish()} />
      )}
    </div>
  );
}
