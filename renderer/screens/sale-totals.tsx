import type { CSSProperties } from 'react';
import { formatCents, formatCpf, formatQuantity } from '../../contract/format.ts';
import { keyShortcut } from '../../contract/keys.ts';
import type { SaleView } from '../../contract/sale-views.ts';
import { KeyCap } from '../components/key-cap.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useStationState } from '../station-context.tsx';
import { useTill } from './till-state.tsx';

/** The figures of the sale, large enough to be read by the customer, and the way to payment. */
export function SaleTotals({
  sale,
  onPay,
  onSalesperson,
  onCpf,
  onCustomer,
}: {
  readonly sale: SaleView | null;
  readonly onPay: (() => void) | undefined;
  readonly onSalesperson: () => void;
  readonly onCpf: () => void;
  readonly onCustomer: () => void;
}) {
  const t = useTexts();
  const { keys } = useFunctionKeys();
  const isEmpty = sale === null || sale.lines.length === 0;
  return (
    <aside className="totals">
      <div className="total-head">
        <h1 className="total-label">{t.till.total}</h1>
        <span data-testid="pieces">{t.till.pieces(formatQuantity(sale?.piecesMilli ?? 0))}</span>
      </div>
      <Amount cents={sale?.totalCents ?? 0} testId="total" />
      <dl className="facts">
        {sale !== null && sale.totalCents !== sale.grossCents && (
          <Fact label={t.till.subtotal} value={formatCents(sale.grossCents)} />
        )}
        {sale !== null && sale.itemDiscountCents > 0 && (
          <Fact label={t.till.itemDiscount} value={formatCents(-sale.itemDiscountCents)} />
        )}
        {sale !== null && sale.saleDiscountCents > 0 && (
          <Fact label={t.till.saleDiscount} value={formatCents(-sale.saleDiscountCents)} />
        )}
        {sale !== null && sale.tenderedCents > 0 && (
          <>
            <Fact label={t.payment.paid} value={formatCents(sale.tenderedCents)} />
            <Fact label={t.payment.due} value={formatCents(sale.dueCents)} />
          </>
        )}
      </dl>
      <div className="total-who">
        <SalespersonRow sale={sale} onOpen={onSalesperson} />
        <button type="button" className="who-row" disabled={isEmpty} onClick={onCpf}>
          <KeyCap keys={keys.cpf} />
          <span className="who-label">{t.till.cpf}</span>
          <span className="who-value">{sale?.cpf == null ? t.till.none : formatCpf(sale.cpf)}</span>
        </button>
        <button type="button" className="who-row" disabled={isEmpty} onClick={onCustomer}>
          <KeyCap keys={keys.customer} />
          <span className="who-label">{t.till.customer}</span>
          <span className="who-value" data-testid="customer">
            {sale?.customer == null ? t.till.none : (sale.customer.name ?? t.till.customerErased)}
          </span>
        </button>
      </div>
      <button
        type="button"
        className="button primary pay"
        disabled={onPay === undefined}
        aria-keyshortcuts={keyShortcut(keys.pay)}
        data-testid="pay"
        onClick={onPay}
      >
        <span>{t.till.pay}</span>
        <span className="pay-keys">
          <KeyCap keys={keys.pay} />
          <KeyCap keys="+" />
        </span>
        {isEmpty && <span className="key-button-reason">{t.till.noItems}</span>}
      </button>
    </aside>
  );
}

/** An amount in very large figures; the currency stays small so that the digits have the room. */
export function Amount({ cents, testId }: { readonly cents: number; readonly testId: string }) {
  const text = formatCents(cents);
  const [currency = '', digits = ''] = text.split('\u00A0');
  return (
    <p className="amount" data-testid={testId} aria-label={text}>
      <span className="amount-currency">{currency}</span>
      <span className="amount-digits" style={{ '--digits': digits.length } as CSSProperties}>
        {digits}
      </span>
    </p>
  );
}

function SalespersonRow({ sale, onOpen }: { readonly sale: SaleView | null; readonly onOpen: () => void }) {
  const t = useTexts();
  const { nextSalesperson } = useTill();
  const { keys } = useFunctionKeys();
  const isRequired = useStationState((state) => state.view?.policies.salespersonRequired ?? false);
  const ofSale = sale?.salesperson ?? null;
  const ofLines = [...new Set(sale?.lines.map((line) => line.salesperson?.name ?? '') ?? [])].filter(
    (name) => name !== '',
  );
  const name = ofSale?.name ?? (ofLines.length > 0 ? ofLines.join(', ') : nextSalesperson?.name);
  const isMissing = name === undefined && isRequired;
  return (
    <button type="button" className="who-row" onClick={onOpen}>
      <KeyCap keys={keys.salesperson} />
      <span className="who-label">{t.till.salesperson}</span>
      <span className={isMissing ? 'who-value missing' : 'who-value'} data-testid="salesperson">
        {name ?? (isMissing ? t.till.salespersonMissing : t.till.none)}
      </span>
    </button>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}
