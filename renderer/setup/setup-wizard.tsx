import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import type { ReplacedStationView } from '../../contract/setup-views.ts';
import { useStation } from '../station-context.tsx';
import { replaceView } from '../station-store.ts';
import { DefaultsStep } from './defaults-step.tsx';
import { PaymentsStep } from './payments-step.tsx';
import { PricesStep } from './prices-step.tsx';
import { ReplaceStep } from './replace-step.tsx';
import { ServerStep } from './server-step.tsx';
import { StationStep } from './station-step.tsx';
import {
  EMPTY_DRAFT,
  stepOfRefusal,
  listSteps,
  toEnrolment,
  toReplacement,
  type StepProps,
  type WizardStep,
} from './wizard-draft.ts';
import { WizardFrame } from './wizard-frame.tsx';

/**
 * From the server's address to an enrolled station. Nothing is kept before the last page; what the ERP refuses then is
 * said on the page where it can be put right, with everything that was typed.
 */
export function SetupWizard({
  onLeave,
  onReplaced,
}: {
  readonly onLeave: () => void;
  /** This machine took a dead one's place: its last words outlive the wizard. */
  readonly onReplaced: (replaced: ReplacedStationView) => void;
}) {
  const station = useStation();
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const [step, setStep] = useState<WizardStep>('server');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isEnrolling, setEnrolling] = useState(false);
  const steps = listSteps(draft.isReplacing);
  const index = steps.indexOf(step);

  function go(to: WizardStep | undefined): void {
    setRefusal(null);
    if (to === undefined) onLeave();
    else setStep(to);
  }

  async function enrol(): Promise<void> {
    if (isEnrolling) return;
    setEnrolling(true);
    setRefusal(null);
    const refused = draft.isReplacing ? await replace() : await enrolNew();
    setEnrolling(false);
    if (refused === null) return;
    setStep(stepOfRefusal(refused, draft));
    setRefusal(refused);
  }

  async function enrolNew(): Promise<Refusal | null> {
    const reply = await station.call('setup.enrol', toEnrolment(draft));
    if (!reply.ok) return reply.error;
    replaceView(station.store, reply.output);
    return null;
  }

  async function replace(): Promise<Refusal | null> {
    const reply = await station.call('setup.replace', toReplacement(draft));
    if (!reply.ok) return reply.error;
    onReplaced(reply.output.replaced);
    replaceView(station.store, reply.output.station);
    return null;
  }

  const props: StepProps = {
    draft,
    change: (part) => {
      setRefusal(null);
      setDraft((before) => ({ ...before, ...part }));
    },
    refusal,
    onBack: () => go(steps[index - 1]),
    onNext: () => go(steps[index + 1] ?? step),
  };
  return (
    <WizardFrame step={step} isReplacing={draft.isReplacing}>
      {step === 'server' && <ServerStep {...props} />}
      {step === 'station' && <StationStep {...props} />}
      {step === 'replace' && <ReplaceStep {...props} />}
      {step === 'defaults' && <DefaultsStep {...props} />}
      {step === 'prices' && <PricesStep {...props} />}
      {step === 'payments' && <PaymentsStep {...props} isEnrolling={isEnrolling} onNext={() => void enrol()} />}
    </WizardFrame>
  );
}
