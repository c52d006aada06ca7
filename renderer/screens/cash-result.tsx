import { useState } from 'react';
import type { CashClosingView, SessionClosingView } from '../../contract/cash-views.ts';
import { formatAmount, parseCents } from '../../contract/format.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { useFeedback } from '../components/feedback.tsx';
import { Field } from '../components/field.tsx';
import { KeyButton } from '../components/key-button.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation } from '../station-context.tsx';
import { CountTable } from './count-table.tsx';

/** What the confirmed count came to: count once more, or say what stays in the drawer and close. */
export function CashResult({
  view,
  onRecount,
  onBack,
  onClosed,
}: {
  readonly view: CashClosingView;
  readonly onRecount: () => void;
  readonly onBack: () => void;
  readonly onClosed: (closing: SessionClosingView) => void;
}) {
  const t = useTexts();
  const station = useStation();
  const { warn } = useFeedback();
  const { keys, bind } = useFunctionKeys();
  const [typed, setTyped] = useState(formatAmount(view.suggestedFloatCents));
  const [isWrong, setWrong] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);

  async function close(): Promise<void> {
    const floatLeftCents = parseCents(typed);
    setWrong(floatLeftCents === null);
    if (floatLeftCents === null || isBusy) return;
    setBusy(true);
    const reply = await station.call('cashSession.close', { commandId: crypto.randomUUID(), floatLeftCents });
    setBusy(false);
    if (reply.ok) return onClosed(reply.output);
    warn();
    setRefusal(reply.error);
  }

  useKeys(
    'screen',
    { Escape: onBack, ...bind({ recount: view.canRecount ? onRecount : undefined, closeSession: () => void close() }) },
    { onScan: warn },
  );

  return (
    <div className="count" data-testid="count-result">
      <header className="count-head">
        <h1>{t.cash.resultTitle}</h1>
      </header>
      <div className="count-result-body">
        <CountTable counts={view.counts} />
        <form
          className="stack count-float"
          onSubmit={(event) => {
            event.preventDefault();
            void close();
          }}
        >
          <Field
            label={t.cash.floatStays}
            hint={t.cash.floatStaysHint}
            error={isWrong ? t.cash.amountWrong : null}
            size="large"
            inputMode="decimal"
            autoFocus
            onFocus={(event) => event.currentTarget.select()}
            data-testid="float-left"
            value={typed}
            onText={(text) => {
              setTyped(text);
              setWrong(false);
            }}
          />
          <RefusalNote refusal={refusal} />
        </form>
      </div>
      <footer className="count-foot">
        <KeyButton
          action={{
            keys: keys.recount,
            label: t.cash.recount,
            act: onRecount,
            deniedBecause: view.canRecount ? null : t.cash.recountUsed,
          }}
        />
        <span className="grow" />
        <KeyButton
          action={{ keys: keys.closeSession, label: t.cash.close, act: () => void close(), tone: 'primary' }}
        />
      </footer>
    </div>
  );
}
