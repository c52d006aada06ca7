import type { Refusal } from '../../contract/refusals.ts';
import { refusalText } from '../../contract/refusal-texts/refusal-text.ts';
import { usePreferences } from '../i18n/preferences.tsx';
import { Icon } from './icon.tsx';
import { useBranchClock } from '../use-branch-clock.ts';

/** A refusal in the place it belongs to: under the form that was refused. */
export function RefusalNote({ refusal }: { readonly refusal: Refusal | null }) {
  const { language } = usePreferences();
  const { timeZone } = useBranchClock();
  if (refusal === null) return <div className="refusal-place" role="alert" />;
  const text = refusalText(refusal, language, timeZone);
  return (
    <div className="refusal-place" role="alert">
      <div className="refusal-note" data-testid="refusal" data-code={text.shortCode}>
        <Icon name="alert" />
        <div>
          <p className="refusal-title">{text.title}</p>
          <p className="refusal-next">
            {text.nextStep} <code>{text.shortCode}</code>
          </p>
        </div>
      </div>
    </div>
  );
}
