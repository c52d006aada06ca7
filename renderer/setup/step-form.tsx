import type { ReactNode } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import { KeyCap } from '../components/key-cap.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';

/** One page of the wizard: Enter goes on, Esc goes back, what was refused stands above the buttons. */
export function StepForm({
  title,
  lead,
  refusal,
  next,
  isReady,
  isBusy = false,
  whyNot = null,
  onBack,
  onNext,
  children,
}: {
  readonly title: string;
  readonly lead: string;
  readonly refusal: Refusal | null;
  readonly next: string;
  readonly isReady: boolean;
  /** The server is being asked: the button keeps the focus and does nothing. */
  readonly isBusy?: boolean;
  /** What is still missing before one can go on; said in place. */
  readonly whyNot?: string | null;
  readonly onBack: () => void;
  readonly onNext: () => void;
  readonly children: ReactNode;
}) {
  const t = useTexts();
  useKeys('screen', { Escape: onBack });
  return (
    <form
      className="wizard-form"
      onKeyDown={(event) => {
        // Enter means the same in a list to choose from as in every other field; Space and the arrows open it.
        if (event.key !== 'Enter' || !(event.target instanceof HTMLSelectElement)) return;
        event.preventDefault();
        event.currentTarget.requestSubmit();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isBusy) onNext();
      }}
    >
      <header>
        <h1>{title}</h1>
        <p>{lead}</p>
      </header>
      <div className="stack">{children}</div>
      <footer>
        <RefusalNote refusal={refusal} />
        <div className="wizard-actions">
          <button type="button" className="button large" onClick={onBack}>
            {t.app.back} <KeyCap keys="Esc" />
          </button>
          <span className="wizard-why">{isReady ? null : whyNot}</span>
          <button type="submit" className="button primary large" disabled={!isReady} aria-disabled={isBusy}>
            {next} <KeyCap keys="Enter" />
          </button>
        </div>
      </footer>
    </form>
  );
}
