import type { ReactNode } from 'react';
import { Icon } from '../components/icon.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { listSteps, type RailStep } from './wizard-draft.ts';

/** The first run as a whole beside the page it is at. */
export function WizardFrame({
  step,
  isReplacing = false,
  children,
}: {
  readonly step: RailStep;
  readonly isReplacing?: boolean;
  readonly children: ReactNode;
}) {
  const t = useTexts();
  const rail: readonly RailStep[] = [...listSteps(isReplacing), 'load', 'ready'];
  const at = rail.indexOf(step);
  return (
    <div className="wizard" data-testid={`wizard-${step}`}>
      <nav className="wizard-rail" aria-label={t.setup.steps}>
        <ol>
          {rail.map((name, index) => (
            <li
              key={name}
              className={index < at ? 'done' : index === at ? 'current' : 'ahead'}
              aria-current={index === at ? 'step' : undefined}
            >
              <span className="wizard-mark">{index < at ? <Icon name="check" /> : index + 1}</span>
              {t.setup.stepName(name)}
            </li>
          ))}
        </ol>
      </nav>
      <div key={step} className="wizard-page">
        {children}
      </div>
    </div>
  );
}
