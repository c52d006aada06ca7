import { useRef, useState } from 'react';
import type { CashMovementView, FinancialReasonView } from '../../contract/cash-views.ts';
import { parseCents } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { useApproval } from '../components/approval.tsx';
import { Dialog } from '../components/dialog.tsx';
import { useFeedback } from '../components/feedback.tsx';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { SelectField } from '../components/select-field.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';

/** Cash into the drawer or out of it: how much, why, and a superior's PIN where the permission asks for one. */
export function CashMovementDialog({
  kind,
  reasons,
  onClose,
  onEntered,
}: {
  readonly kind: CashMovementView['kind'];
  readonly reasons: readonly FinancialReasonView[];
  readonly onClose: () => void;
  readonly onEntered: (movement: CashMovementView) => void;
}) {
  const t = useTexts();
  const station = useStation();
  const withApproval = useApproval();
  const { praise, warn } = useFeedback();
  const fitting = reasons.filter(({ direction }) => direction === (kind === 'supply' ? 'in' : 'out'));
  const [typed, setTyped] = useState('');
  const [reasonId, setReasonId] = useState(String(fitting[0]?.financialReasonId ?? ''));
  const [note, setNote] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const amount = useRef<HTMLInputElement>(null);
  // One id for one intention: a second Enter, or a reply that was lost, moves the cash once.
  const [commandId] = useState(() => crypto.randomUUID());

  async function enter(): Promise<void> {
    const amountCents = parseCents(typed);
    setRefusal(null);
    if (amountCents === null || amountCents === 0) {
      setWrong(true);
      amount.current?.focus();
      return;
    }
    setBusy(true);
    const permission = kind === 'supply' ? 'cash_supply' : 'cash_withdrawal';
    const financialReasonId = Number(reasonId);
    const reply = await withApproval(permission, (approvalId) =>
      station.call('cashSession.move', { commandId, kind, financialReasonId, amountCents, note, approvalId }),
    );
    setBusy(false);
    if (!reply.ok) {
      warn();
      return setRefusal(reply.error);
    }
    // The receipt says the rest.
    praise();
    onEntered(reply.output);
  }

  return (
    <Dialog
      title={kind === 'supply' ? t.cash.supplyTitle : t.cash.withdrawalTitle}
      onClose={onClose}
      // A scan is no amount, and nothing is sold from here.
      onScan={warn}
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) void enter();
        }}
      >
        <Field
          ref={amount}
          label={t.cash.amount}
          error={isWrong ? t.cash.amountWrong : null}
          size="large"
          inputMode="decimal"
          data-autofocus
          data-testid="cash-amount"
          value={typed}
          onText={(text) => {
            setTyped(text);
            setWrong(false);
          }}
        />
        <SelectField
          label={t.cash.reason}
          value={reasonId}
          options={fitting.map(({ financialReasonId, code, description }) => ({
            value: String(financialReasonId),
            label: `${code} · ${description}`,
          }))}
          onValue={setReasonId}
        />
        <Field label={t.cash.note} maxLength={200} value={note} onText={setNote} data-testid="cash-note" />
        <RefusalNote refusal={refusal} />
        <button type="submit" className="button primary large" disabled={isBusy}>
          {t.cash.enter(kind)}
        </button>
      </form>
    </Dialog>
  );
}
