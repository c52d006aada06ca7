import { useId, useState } from 'react';
import { formatCents } from '../../contract/format.ts';
import { keyShortcut } from '../../contract/keys.ts';
import type { SaleView, TenderView } from '../../contract/sale-views.ts';
import { KeyCap } from '../components/key-cap.tsx';
import { QrCode } from '../components/qr-code.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useTill } from './till-state.tsx';

type PixTender = TenderView & { readonly pix: NonNullable<TenderView['pix']> };

/** The tender whose QR is open, or null: there is one at most. */
export function findOpenPix(sale: SaleView): PixTender | null {
  for (const tender of sale.tenders) {
    if (tender.pix?.state === 'waiting') return { ...tender, pix: tender.pix };
  }
  return null;
}

/**
 * An open QR: what the customer scans, what to say, and the two answers of whoever looked into the shop's bank.
 *
 * The answers are function keys: a digit would be pressed by a scanner whose code begins with it.
 */
export function PixPanel({
  tender,
  isFoundAgain,
}: {
  readonly tender: PixTender;
  /** Nobody has this QR in mind: the program stopped, or somebody else took the till. */
  readonly isFoundAgain: boolean;
}) {
  const t = useTexts();
  const { run } = useTill();
  const { keys, bind } = useFunctionKeys();
  const id = useId();
  const [isBusy, setBusy] = useState(false);
  const { tenderId, amountCents, pix } = tender;

  async function answer(method: 'sale.confirmPix' | 'sale.removeTender'): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    await run(method, { tenderId });
    setBusy(false);
  }
  const receive = () => void answer('sale.confirmPix');
  const giveUp = () => void answer('sale.removeTender');
  useKeys('screen', bind({ pixFound: receive, pixNotFound: giveUp }));

  return (
    <section className="pix-panel" aria-labelledby={id} data-testid="pix-panel">
      <header>
        <h1 className="eyebrow" id={id}>
          {isFoundAgain ? t.pix.foundAgain : t.pix.waiting}
        </h1>
        <p className="pix-amount" data-testid="pix-amount">
          {formatCents(amountCents)}
        </p>
      </header>
      <div className="pix-shown">
        <QrCode text={pix.payload} label={t.pix.qr(formatCents(amountCents))} />
        <div className="field">
          <label htmlFor={`${id}-text`}>{t.pix.copyPaste}</label>
          <textarea
            id={`${id}-text`}
            readOnly
            value={pix.payload}
            aria-describedby={`${id}-hint`}
            data-testid="pix-text"
            onFocus={(event) => event.currentTarget.select()}
          />
          <p id={`${id}-hint`} className="field-hint">
            {t.pix.copyPasteHint}
          </p>
        </div>
      </div>
      <div className="pix-words">
        {isFoundAgain ? (
          <p className="note attention" role="status">
            {t.pix.foundAgainText}
          </p>
        ) : (
          <>
            <h2 className="minor">{t.pix.say}</h2>
            <p className="pix-say">{t.pix.sayText}</p>
          </>
        )}
        <h2 className="minor">{t.pix.look}</h2>
        <p>{t.pix.lookText}</p>
        <p className="pix-txid">
          <span className="muted">{t.pix.txid}</span> <strong>{pix.txid}</strong>
        </p>
        <div className="pix-answers">
          <button
            type="button"
            className="button primary large"
            disabled={isBusy}
            aria-keyshortcuts={keyShortcut(keys.pixFound)}
            data-testid="pix-received"
            onClick={receive}
          >
            <KeyCap keys={keys.pixFound} />
            {t.pix.received}
          </button>
          <button
            type="button"
            className="button"
            disabled={isBusy}
            aria-keyshortcuts={keyShortcut(keys.pixNotFound)}
            data-testid="pix-not-received"
            onClick={giveUp}
          >
            <KeyCap keys={keys.pixNotFound} />
            {t.pix.notReceived}
          </button>
          <p className="muted">{t.pix.notReceivedText}</p>
        </div>
      </div>
    </section>
  );
}
