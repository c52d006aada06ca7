import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { sumDenominations } from '../../contract/cash-sums.ts';
import { DENOMINATIONS_CENTS, type CountPlace } from '../../contract/cash-views.ts';
import { formatCents } from '../../contract/format.ts';
import { useFeedback } from '../components/feedback.tsx';
import { KeyButton } from '../components/key-button.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useHeldOpen } from '../keyboard/idle-lock.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { ConfirmCountDialog } from './confirm-count-dialog.tsx';
import {
  denominationKey,
  isReadable,
  placeKey,
  readAmount,
  readDenominations,
  readQuantity,
  type CountEntry,
} from './count-entry.ts';

/** Two reais: what is below is a coin. */
const SMALLEST_NOTE_CENTS = 200;

/**
 * The blind count by keyboard alone: a quantity, Enter, the next note; the sums follow while typing. Nothing of what is
 * expected is here, as the core does not tell it.
 */
export function CashCount({
  places,
  isRecount,
  entry,
  onEntry,
  onBack,
  onCounted,
}: {
  readonly places: readonly CountPlace[];
  readonly isRecount: boolean;
  readonly entry: CountEntry;
  readonly onEntry: (entry: CountEntry) => void;
  readonly onBack: () => void;
  readonly onCounted: () => void;
}) {
  const t = useTexts();
  const { warn } = useFeedback();
  useHeldOpen();
  const { keys, bind } = useFunctionKeys();
  const [isConfirming, setConfirming] = useState(false);
  const grid = useRef<HTMLDivElement>(null);
  const others = places.filter(({ kind }) => kind !== 'cash');
  const canConfirm = isReadable(entry, places);
  const confirm = () => canConfirm && setConfirming(true);
  // A scanner in the hand of who counts must neither fill a quantity nor sell anything.
  useKeys('screen', { Escape: onBack, ...bind({ closeSession: confirm }) }, { onScan: warn });

  const set = (key: string) => (text: string) => onEntry({ ...entry, [key]: text });

  function move(event: KeyboardEvent<HTMLDivElement>): void {
    const step = event.key === 'Enter' || event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    const fields = [...(grid.current?.querySelectorAll('input') ?? [])];
    const at = fields.findIndex((field) => field === event.target);
    if (at === -1) return;
    event.preventDefault();
    const next = fields[at + step];
    if (next !== undefined) {
      next.focus();
      next.select();
    } else if (step === 1 && event.key === 'Enter') confirm();
  }

  return (
    <div className="count" data-testid="count">
      <header className="count-head">
        <h1>{isRecount ? t.cash.recountTitle : t.cash.countTitle}</h1>
        <p className="lead">{t.cash.countLead}</p>
      </header>
      <div className="count-grid" ref={grid} onKeyDown={move}>
        {[
          { title: t.cash.notes, values: DENOMINATIONS_CENTS.filter((cents) => cents >= SMALLEST_NOTE_CENTS) },
          { title: t.cash.coins, values: DENOMINATIONS_CENTS.filter((cents) => cents < SMALLEST_NOTE_CENTS) },
        ].map(({ title, values }) => (
          <section key={title} aria-label={title}>
            <h2>{title}</h2>
            {values.map((valueCents) => {
              const key = denominationKey(valueCents);
              const quantity = readQuantity(entry[key]);
              return (
                <CountRow
                  key={key}
                  label={formatCents(valueCents)}
                  fieldLabel={t.cash.quantityOf(formatCents(valueCents))}
                  text={entry[key] ?? ''}
                  error={quantity === null ? t.cash.quantityWrong : null}
                  result={quantity === null || quantity === 0 ? '' : formatCents(quantity * valueCents)}
                  isFirst={valueCents === DENOMINATIONS_CENTS[0]}
                  onText={set(key)}
                />
              );
            })}
          </section>
        ))}
        <section aria-label={t.cash.others}>
          <h2>{t.cash.others}</h2>
          {others.length === 0 && <p className="muted">{t.cash.othersNone}</p>}
          {others.map((place) => {
            const key = placeKey(place);
            const cents = readAmount(entry[key]);
            return (
              <CountRow
                key={key}
                label={place.description}
                fieldLabel={place.description}
                text={entry[key] ?? ''}
                error={cents === null ? t.cash.amountWrong : null}
                result=""
                onText={set(key)}
              />
            );
          })}
        </section>
      </div>
      <footer className="count-foot">
        <KeyButton action={{ keys: 'Esc', label: t.app.back, act: onBack }} />
        <p className="count-total">
          <span>{t.cash.cashTotal}</span>
          <output data-testid="cash-total">{formatCents(sumDenominations(readDenominations(entry)))}</output>
        </p>
        <KeyButton
          action={{
            keys: keys.closeSession,
            label: t.cash.confirmCount,
            act: confirm,
            deniedBecause: canConfirm ? null : t.cash.fixFirst,
            tone: 'primary',
          }}
        />
      </footer>
      {isConfirming && (
        <ConfirmCountDialog entry={entry} places={others} onClose={() => setConfirming(false)} onCounted={onCounted} />
      )}
    </div>
  );
}

function CountRow({
  label,
  fieldLabel,
  text,
  error,
  result,
  isFirst = false,
  onText,
}: {
  readonly label: string;
  readonly fieldLabel: string;
  readonly text: string;
  readonly error: string | null;
  readonly result: string;
  readonly isFirst?: boolean;
  readonly onText: (text: string) => void;
}) {
  const id = useId();
  return (
    <div className="count-row">
      <label htmlFor={id} className="count-label">
        {label}
      </label>
      <input
        id={id}
        aria-label={fieldLabel}
        className="count-input"
        inputMode="decimal"
        autoComplete="off"
        autoFocus={isFirst}
        value={text}
        aria-invalid={error !== null}
        aria-describedby={error === null ? undefined : `${id}-note`}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      {error === null ? (
        <span className="number count-result">{result}</span>
      ) : (
        <span id={`${id}-note`} className="field-error count-result">
          {error}
        </span>
      )}
    </div>
  );
}
