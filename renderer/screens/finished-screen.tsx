import { useEffect, useRef } from 'react';
import { formatCents } from '../../contract/format.ts';
import { KeyCap } from '../components/key-cap.tsx';
import { Paper } from '../components/paper.tsx';
import { PaperActions } from '../components/paper-actions.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { Amount } from './sale-totals.tsx';
import { useTill, type Finished } from './till-state.tsx';

/** A sale that is done: the change in figures the customer can read too, and the paper. The next scan moves on. */
export function FinishedScreen({ finished }: { readonly finished: Finished }) {
  const t = useTexts();
  const till = useTill();
  const { bind } = useFunctionKeys();
  const { sale, paper } = finished;
  const place = useRef<HTMLDivElement>(null);
  const next = () => till.finish(null);
  useKeys('screen', {
    Enter: next,
    Escape: next,
    ...bind({
      sales: () => {
        next();
        till.go('sales');
      },
    }),
  });
  useEffect(() => place.current?.focus(), []);
  return (
    <div className="finished" data-testid="finished" ref={place} tabIndex={-1}>
      <section className="finished-main">
        <p className="eyebrow">{sale.number === null ? t.payment.done : t.payment.number(sale.number)}</p>
        {sale.changeCents > 0 ? (
          <>
            <h1>{t.payment.change}</h1>
            <Amount cents={sale.changeCents} testId="change" />
          </>
        ) : (
          <h1 data-testid="change">{t.payment.noChange}</h1>
        )}
        <dl className="facts">
          <div>
            <dt>{t.till.total}</dt>
            <dd>{formatCents(sale.totalCents)}</dd>
          </div>
          {sale.tenders.map((tender) => (
            <div key={tender.tenderId}>
              <dt>{tender.description}</dt>
              <dd>{formatCents(tender.amountCents)}</dd>
            </div>
          ))}
        </dl>
        <button type="button" className="button large" data-testid="new-sale" onClick={next}>
          {t.payment.newSale}
          <KeyCap keys="Enter" />
        </button>
        <p className="muted">{t.payment.next}</p>
        <PaperActions paper={paper} name={`Venda ${sale.number ?? ''}`.trim()} />
      </section>
      <aside className="finished-paper" aria-label={t.payment.paper}>
        <Paper paper={paper} />
      </aside>
    </div>
  );
}
