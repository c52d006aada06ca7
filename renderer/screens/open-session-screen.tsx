import { useEffect, useRef, useState } from 'react';
import { formatAmount, formatCents, formatDay, parseCents } from '../../contract/format.ts';
import { keyShortcut } from '../../contract/keys.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { useApproval } from '../components/approval.tsx';
import { Field } from '../components/field.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { usePreferences, useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation, useStationState } from '../station-context.tsx';
import { replaceView } from '../station-store.ts';
import { CashPapersDialog } from './cash-papers-dialog.tsx';

/** No sale without an open cash session: it begins with the float that is in the drawer. */
export function OpenSessionScreen() {
  const t = useTexts();
  const { language } = usePreferences();
  const station = useStation();
  const withApproval = useApproval();
  const today = useStationState((state) => state.view?.today ?? '');
  const suggestion = useQuery('cashSession.suggestFloat', {});
  const [edited, setEdited] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const left = suggestion.output?.floatCents ?? null;
  const typed = edited ?? (left === null ? '' : formatAmount(left));
  const [isWrong, setWrong] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isListing, setListing] = useState(false);
  const { keys, bind } = useFunctionKeys();
  useKeys('screen', bind({ cashPapers: () => setListing(true) }));

  // What is typed replaces the suggestion, as it would an empty field.
  useEffect(() => {
    if (left !== null) field.current?.select();
  }, [left]);

  async function open(): Promise<void> {
    const floatCents = parseCents(typed);
    setWrong(floatCents === null);
    if (floatCents === null) return;
    const reply = await withApproval('open_past_day', (approvalId) =>
      station.call('cashSession.open', { commandId: crypto.randomUUID(), floatCents, approvalId }),
    );
    if (!reply.ok) return setRefusal(reply.error);
    const view = await station.call('station.view', {});
    if (view.ok) replaceView(station.store, view.output);
  }

  return (
    <form
      className="session"
      onSubmit={(event) => {
        event.preventDefault();
        void open();
      }}
    >
      <p className="eyebrow">{formatDay(today, language)}</p>
      <h1>{t.cash.openTitle}</h1>
      <p className="lead">{t.cash.openLead}</p>
      <Field
        label={t.cash.float}
        ref={field}
        hint={left === null ? t.cash.floatHint : t.cash.floatLeft(formatCents(left))}
        error={isWrong ? t.cash.amountWrong : null}
        size="large"
        inputMode="decimal"
        autoFocus
        data-testid="float"
        value={typed}
        onText={(text) => {
          setEdited(text);
          setWrong(false);
        }}
      />
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button primary large">
        {t.cash.open}
      </button>
      <button
        type="button"
        className="button quiet"
        aria-keyshortcuts={keyShortcut(keys.cashPapers)}
        onClick={() => setListing(true)}
      >
        <KeyCap keys={keys.cashPapers} />
        {t.cash.papersTitle}
      </button>
      {isListing && <CashPapersDialog onClose={() => setListing(false)} />}
    </form>
  );
}
