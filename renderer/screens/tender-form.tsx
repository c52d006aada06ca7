import { useRef, useState } from 'react';
import { formatAmount, formatCents, parseCents } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { PaymentTypeView } from '../../contract/station-views.ts';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useFeedback } from '../components/feedback.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation } from '../station-context.tsx';
import { quickAmounts } from './quick-amounts.ts';
import { useTill } from './till-state.tsx';

/** One payment: an empty amount is all that is due, the arrows walk through likely notes, Enter takes it. */
export function TenderForm({
  type,
  dueCents,
  onDone,
}: {
  readonly type: PaymentTypeView;
  readonly dueCents: number;
  readonly onDone: () => void;
}) {
  const t = useTexts();
  const station = useStation();
  const { praise } = useFeedback();
  const { notePix } = useTill();
  const [typed, setTyped] = useState('');
  const [installments, setInstallments] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const quick = type.allowsChange ? [dueCents, ...quickAmounts(dueCents)] : [];
  const asksInstallments = type.kind === 'credit_card' && type.maximumInstallments > 1;

  const walk = (step: number) => () => {
    const now = typed === '' ? 0 : quick.indexOf(parseCents(typed) ?? 0);
    const next = quick[Math.max(0, Math.min(now + step, quick.length - 1))];
    if (next !== undefined) setTyped(formatAmount(next));
  };
  useKeys('screen', quick.length > 0 ? { ArrowDown: walk(1), ArrowUp: walk(-1) } : {});

  async function add(amountCents: number): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    if (type.kind === 'pix') notePix();
    const count = installments === '' ? 1 : Number(installments);
    const reply = await station.sell('sale.addTender', {
      paymentTypeId: type.paymentTypeId,
      amountCents,
      installments: count,
    });
    setBusy(false);
    if (!reply.ok) return setRefusal(reply.error);
    praise();
    onDone();
  }

  function submit(): void {
    const amountCents = typed.trim() === '' ? dueCents : parseCents(typed);
    setWrong(amountCents === null || amountCents === 0);
    if (amountCents === null || amountCents === 0) return;
    const count = form.current?.querySelector<HTMLInputElement>('[data-testid=installments]') ?? null;
    // The first Enter confirms the amount and asks in how many instalments; the second takes the payment.
    if (count !== null && document.activeElement !== count && installments === '') return count.focus();
    void add(amountCents);
  }

  return (
    <form
      className="tender-form"
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2 className="payment-question">{type.description}</h2>
      <div className="field-pair">
        <Field
          label={type.allowsChange ? t.payment.received : t.payment.amount}
          size="large"
          inputMode="decimal"
          autoFocus
          placeholder={formatAmount(dueCents)}
          data-testid="amount"
          value={typed}
          onText={(text) => {
            setTyped(text);
            setWrong(false);
          }}
          error={isWrong ? t.payment.amountWrong : null}
        />
        {asksInstallments && (
          <Field
            label={t.payment.installments}
            size="large"
            inputMode="numeric"
            placeholder="1"
            data-testid="installments"
            value={installments}
            onText={(text) => setInstallments(text.replaceAll(/\D/g, '').slice(0, 2))}
          />
        )}
      </div>
      {quick.length > 0 && (
        <div className="chips" role="group" aria-label={t.payment.received}>
          {quick.map((cents, index) => (
            <button key={cents} type="button" className="chip" tabIndex={-1} onClick={() => void add(cents)}>
              {index === 0 ? t.payment.exact : formatCents(cents)}
            </button>
          ))}
        </div>
      )}
      <RefusalNote refusal={refusal} />
      <div className="row">
        <button type="button" className="button" onClick={onDone}>
          {t.app.back}
        </button>
        <button type="submit" className="button primary large grow" disabled={isBusy}>
          {t.payment.add}
        </button>
      </div>
    </form>
  );
}
