import type { ReactNode } from 'react';
import { Icon } from '../components/icon.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { WIZARD_STEPS, type RailStep } from './wizard-draft.ts';

const RAIL = [...WIZARD_STEPS, 'load', 'ready'] as const;

/** The first run as a whole beside the page it is at. */
export function WizardFrame({ step, children }: { readonly step: RailStep; readonly children: ReactNode }) {
  const t = useTexts();
  const at = RAIL.indexOf(step);
  return (
    <div className="wizard" data-testid={`wizard-${step}`}>
      <nav className="wizard-rail" aria-label={t.setup.steps}>
        <ol>
          {RAIL.map((name, index) => (
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
