import { formatCents, formatQuantity } from '../../contract/format.ts';
import type { SaleView, TenderView } from '../../contract/sale-views.ts';
import { useFeedback } from '../components/feedback.tsx';
import { Icon } from '../components/icon.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { findOpenPix } from './pix-panel.tsx';
import { useTill } from './till-state.tsx';

/** What was paid so far, against the total. A payment can be taken back until the sale is finished. */
export function TenderList({ sale }: { readonly sale: SaleView }) {
  const t = useTexts();
  const { run } = useTill();
  const { praise } = useFeedback();
  // What nobody has seen in the bank is not paid.
  const openPix = findOpenPix(sale);

  async function remove({ tenderId, pix }: TenderView): Promise<void> {
    const reply = await run('sale.removeTender', { tenderId });
    if (reply.ok && pix?.state === 'to_check') praise(t.pix.takenBack);
  }

  return (
    <div className="tenders">
      <dl className="facts large">
        <div>
          <dt>
            {t.till.total} · {t.till.pieces(formatQuantity(sale.piecesMilli))}
          </dt>
          <dd>{formatCents(sale.totalCents)}</dd>
        </div>
      </dl>
      <h2 className="minor">{t.payment.tenders}</h2>
      {sale.tenders.length === 0 && <p className="muted">{t.payment.none}</p>}
      <ul>
        {sale.tenders.map((tender) => (
          <li key={tender.tenderId} className="tender" data-testid="tender">
            <span className="grow">
              {tender.description}
              {tender.installments > 1 && <span className="muted">{` ${tender.installments}×`}</span>}
              {tender.pix !== null && (
                <span className="tender-note">
                  {tender.pix.state === 'waiting' ? t.pix.waitingTender : t.pix.seenTender}
                </span>
              )}
            </span>
            <span className="number">{formatCents(tender.amountCents)}</span>
            <button
              type="button"
              className="icon-button"
              aria-label={t.payment.removeTender(tender.description)}
              onClick={() => void remove(tender)}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {sale.tenderedCents > 0 && openPix === null && (
        <dl className="facts">
          <div>
            <dt>{t.payment.paid}</dt>
            <dd>{formatCents(sale.tenderedCents)}</dd>
          </div>
        </dl>
      )}
    </div>
  );
}
