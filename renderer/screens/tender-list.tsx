import { formatCents, formatQuantity } from '../../contract/format.ts';
import type { SaleView } from '../../contract/sale-views.ts';
import { Icon } from '../components/icon.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useTill } from './till-state.tsx';

/** What was paid so far, against the total. A payment can be taken back until the sale is finished. */
export function TenderList({ sale }: { readonly sale: SaleView }) {
  const t = useTexts();
  const { run } = useTill();
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
            </span>
            <span className="number">{formatCents(tender.amountCents)}</span>
            <button
              type="button"
              className="icon-button"
              aria-label={t.payment.removeTender(tender.description)}
              onClick={() => void run('sale.removeTender', { tenderId: tender.tenderId })}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      {sale.tenderedCents > 0 && (
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
