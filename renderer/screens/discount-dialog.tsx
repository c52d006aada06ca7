import { SegmentedControl } from '@mantine/core';
import { useRef, useState } from 'react';
import { formatCents, formatPercent } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { DiscountInput } from '../../contract/sale-views.ts';
import type { SaleLineView, SaleView } from '../../contract/sale-views.ts';
import { useApproval } from '../components/approval.tsx';
import { Dialog } from '../components/dialog.tsx';
import { useFeedback } from '../components/feedback.tsx';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import type { Texts } from '../i18n/texts.ts';
import { useStation } from '../station-context.tsx';
import { readDiscount, type DiscountKind } from './discount-entry.ts';

type Scope = 'item' | 'sale';

/** The same as the core asks for. */
const MIN_REASON_LENGTH = 3;

/** A discount on the marked item or the whole sale. Above the operator's limit a superior is asked for on the spot. */
export function DiscountDialog({
  sale,
  line,
  onClose,
}: {
  readonly sale: SaleView;
  readonly line: SaleLineView | null;
  readonly onClose: () => void;
}) {
  const t = useTexts();
  const station = useStation();
  const withApproval = useApproval();
  const { praise } = useFeedback();
  const [scope, setScope] = useState<Scope>(line === null ? 'sale' : 'item');
  const [kind, setKind] = useState<DiscountKind>('percent');
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [isWrong, setWrong] = useState(false);
  const [lacksReason, setLacksReason] = useState(false);
  const reasonField = useRef<HTMLInputElement>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const discount = readDiscount(typed, kind);
  const canRemove = scope === 'item' ? (line?.itemDiscountCents ?? 0) > 0 : sale.saleDiscountCents > 0;

  function chooseReason(words: string): void {
    setReason(words);
    setLacksReason(false);
  }

  async function apply(input: DiscountInput | null): Promise<void> {
    setWrong(input === null);
    setRefusal(null);
    if (input === null) return;
    const words = reason.trim().length >= MIN_REASON_LENGTH ? reason.trim() : null;
    if (words === null && input.kind !== 'none') {
      setLacksReason(true);
      reasonField.current?.focus();
      return;
    }
    const reply = await withApproval('discount', (approvalId) =>
      scope === 'item' && line !== null
        ? station.sell('sale.discountItem', { lineId: line.lineId, discount: input, reason: words, approvalId })
        : station.sell('sale.discount', { discount: input, reason: words, approvalId }),
    );
    if (!reply.ok) return setRefusal(reply.error);
    praise();
    onClose();
  }

  return (
    <Dialog title={t.dialogs.discountTitle} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void apply(readDiscount(typed, kind));
        }}
      >
        <SegmentedControl
          fullWidth
          size="md"
          transitionDuration={0}
          aria-label={t.dialogs.discountScope}
          value={scope}
          data={[
            { value: 'item', label: t.dialogs.discountItem, disabled: line === null },
            { value: 'sale', label: t.dialogs.discountSale },
          ]}
          onChange={setScope}
        />
        <p className="lead">
          {scope === 'item' && line !== null
            ? `${line.description} · ${formatCents(line.grossCents)}`
            : `${t.till.total} ${formatCents(sale.totalCents)}`}
        </p>
        <Field
          label={t.dialogs.discountText}
          size="large"
          placeholder={t.dialogs.discountHint}
          data-autofocus
          data-testid="discount"
          value={typed}
          onText={(text) => {
            setTyped(text);
            setWrong(false);
          }}
          error={isWrong ? t.dialogs.discountWrong : null}
          hint={discount === null ? '\u00A0' : discountWords(t, discount)}
        />
        <SegmentedControl
          fullWidth
          size="md"
          transitionDuration={0}
          aria-label={t.dialogs.discountKind}
          value={discount !== null && discount.kind !== 'none' ? discount.kind : kind}
          data={[
            { value: 'percent', label: t.dialogs.discountPercent },
            { value: 'value', label: t.dialogs.discountValue },
            { value: 'total', label: t.dialogs.discountTotal },
          ]}
          onChange={setKind}
        />
        <Field
          ref={reasonField}
          label={t.dialogs.reason}
          maxLength={200}
          data-testid="discount-reason"
          value={reason}
          onText={chooseReason}
          error={lacksReason ? t.dialogs.discountReasonMissing : null}
        />
        <div className="chips">
          {t.dialogs.discountReasons.map((words) => (
            <button key={words} type="button" className="chip" onClick={() => chooseReason(words)}>
              {words}
            </button>
          ))}
        </div>
        <RefusalNote refusal={refusal} />
        <div className="row">
          {canRemove && (
            <button type="button" className="button" onClick={() => void apply({ kind: 'none' })}>
              {t.dialogs.discountRemove}
            </button>
          )}
          <button type="submit" className="button primary large grow">
            {t.dialogs.apply}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function discountWords(t: Texts, discount: DiscountInput): string {
  switch (discount.kind) {
    case 'none':
      return t.dialogs.discountRemove;
    case 'percent':
      return t.dialogs.discountAsPercent(formatPercent(discount.rateBp));
    case 'value':
      return t.dialogs.discountAsValue(formatCents(discount.amountCents));
    default:
      return t.dialogs.discountAsTotal(formatCents(discount.totalCents));
  }
}
