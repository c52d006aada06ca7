import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import { useStation } from '../station-context.tsx';
import { replaceView } from '../station-store.ts';
import { DefaultsStep } from './defaults-step.tsx';
import { PaymentsStep } from './payments-step.tsx';
import { PricesStep } from './prices-step.tsx';
import { ServerStep } from './server-step.tsx';
import { StationStep } from './station-step.tsx';
import {
  EMPTY_DRAFT,
  stepOfRefusal,
  toEnrolment,
  WIZARD_STEPS,
  type StepProps,
  type WizardStep,
} from './wizard-draft.ts';
import { WizardFrame } from './wizard-frame.tsx';

/**
 * From the server's address to an enrolled station. Nothing is kept before the last page; what the ERP refuses then is
 * said on the page where it can be put right, with everything that was typed.
 */
export function SetupWizard({ onLeave }: { readonly onLeave: () => void }) {
  const station = useStation();
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [step, setStep] = useState<WizardStep>('server');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isEnrolling, setEnrolling] = useState(false);
  const index = WIZARD_STEPS.indexOf(step);

  function go(to: WizardStep | undefined): void {
    setRefusal(null);
    if (to === undefined) onLeave();
    else setStep(to);
  }

  async function enrol(): Promise<void> {
    if (isEnrolling) return;
    setEnrolling(true);
    setRefusal(null);
    const reply = await station.call('setup.enrol', toEnrolment(draft));
    setEnrolling(false);
    if (reply.ok) return replaceView(station.store, reply.output);
    setStep(stepOfRefusal(reply.error));
    setRefusal(reply.error);
  }

  const props: StepProps = {
    draft,
    change: (part) => {
      setRefusal(null);
      setDraft((before) => ({ ...before, ...part }));
    },
    refusal,
    onBack: () => go(WIZARD_STEPS[index - 1]),
    onNext: () => go(WIZARD_STEPS[index + 1] ?? step),
  };
  return (
    <WizardFrame step={step}>
      {step === 'server' && <ServerStep {...props} />}
      {step === 'station' && <StationStep {...props} />}
      {step === 'defaults' && <DefaultsStep {...props} />}
      {step === 'prices' && <PricesStep {...props} />}
      {step === 'payments' && <PaymentsStep {...props} isEnrolling={isEnrolling} onNext={() => void enrol()} />}
    </WizardFrame>
  );
}
