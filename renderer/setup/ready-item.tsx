import type { ReactNode } from 'react';
import { Icon } from '../components/icon.tsx';
import { useTexts } from '../i18n/preferences.tsx';

/** One line of the card; `unknown`: it could not be looked at, which is neither. `advice`: what to do. */
export type Readiness = {
  readonly name: string;
  readonly state: 'reading' | 'present' | 'missing' | 'unknown';
  readonly detail: string | null;
  readonly advice: string | null;
};

const MARKS = { present: 'check', missing: 'question', unknown: 'alert' } as const;
const CLASSES = { reading: 'reading', present: 'ok', missing: 'warning', unknown: 'warning' } as const;

export function ReadyItem({ item, children }: { readonly item: Readiness; readonly children?: ReactNode }) {
  const t = useTexts();
  const { name, state, detail, advice } = item;
  return (
    <li className={`finding ${CLASSES[state]}`} data-state={state}>
      {state === 'reading' ? <span className="spinner small" /> : <Icon name={MARKS[state]} />}
      <span className="finding-name">{name}</span>
      <span className="finding-detail">{detail}</span>
      <span className="finding-state">{state !== 'reading' && t.ready[state]}</span>
      {advice !== null && <p className="finding-advice">{advice}</p>}
      {children}
    </li>
  );
}
