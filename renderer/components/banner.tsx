import { refusalText } from '../../contract/refusal-texts/refusal-text.ts';
import { usePreferences, useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useFeedback } from './feedback.tsx';
import { Icon } from './icon.tsx';
import { useBranchClock } from '../use-branch-clock.ts';

/**
 * The message over everything: what happened, what to do, the code to say over the phone.
 *
 * It goes with the next action or Esc. Enter does not dismiss it: a scanner sends one after each code.
 */
export function Banner() {
  const { message, clear } = useFeedback();
  const t = useTexts();
  const { language } = usePreferences();
  const { timeZone } = useBranchClock();
  useKeys('banner', { Escape: message === null ? undefined : () => clear() });
  if (message === null) return <div className="banner-place" aria-live="assertive" />;
  if (message.kind !== 'refusal') {
    return (
      <div className="banner-place" aria-live="assertive">
        <div className={`banner ${message.kind}`} role="status" data-testid="banner">
          <Icon name={message.kind === 'good' ? 'check' : 'question'} />
          <p className="banner-title">{message.title}</p>
          <Dismiss label={t.app.close} clear={clear} />
        </div>
      </div>
    );
  }
  const text = refusalText(message.refusal, language, timeZone);
  return (
    <div className="banner-place" aria-live="assertive">
      <div className="banner error" role="alert" data-testid="banner" data-code={text.shortCode}>
        <Icon name="alert" />
        <p className="banner-title">{text.title}</p>
        <p className="banner-next">{text.nextStep}</p>
        <code className="banner-code">{text.shortCode}</code>
        <Dismiss label={t.app.close} clear={clear} />
      </div>
    </div>
  );
}

/** Out of the Tab order: Enter on it would be Enter that dismisses an error. Esc is its key. */
function Dismiss({ label, clear }: { readonly label: string; readonly clear: () => void }) {
  return (
    <button type="button" className="icon-button" tabIndex={-1} aria-label={label} onClick={() => clear()}>
      <Icon name="close" />
    </button>
  );
}
