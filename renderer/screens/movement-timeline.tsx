import type { MovementStepView } from '../../contract/movement-views.ts';
import { DeliveryMark } from '../components/delivery-mark.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import type { Texts } from '../i18n/texts.ts';
import { useStationState } from '../station-context.tsx';
import { useBranchClock } from '../use-branch-clock.ts';

/** All that became of a movement, as far as it is kept. */
export function MovementTimeline({ steps }: { readonly steps: readonly MovementStepView[] }) {
  const t = useTexts();
  const clock = useBranchClock();
  return (
    <ol className="timeline" aria-label={t.movements.timeline} data-testid="timeline">
      {steps.map((step, index) => (
        // A step has no name of its own and the list only grows at its end.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={index} data-step={step.kind}>
          <span className="timeline-when">{step.at === null ? '' : clock.instant(step.at)}</span>
          <span>
            <StepText step={step} />
            {step.by !== null && <span className="muted"> · {step.by}</span>}
            {step.approvedBy !== null && step.approvedBy !== step.by && (
              <span className="muted"> · {t.cash.approvedBy(step.approvedBy)}</span>
            )}
            {step.kind === 'attempted' && step.text !== null && <blockquote>{t.app.said(step.text)}</blockquote>}
          </span>
        </li>
      ))}
    </ol>
  );
}

function StepText({ step }: { readonly step: MovementStepView }) {
  const t = useTexts();
  const nextInMs = useStationState((state) => state.sync?.nextAttemptInMs ?? null);
  if (step.kind !== 'state' || step.state === null) return <>{describeStep(t, step)}</>;
  const isWaiting = step.state === 'pending' || step.state === 'sending' || step.state === 'unknown';
  return (
    <>
      <DeliveryMark state={step.state} />
      {isWaiting && (
        <span className="muted timeline-note">
          {t.movements.waiting}
          {nextInMs !== null && ` ${t.sync.next(Math.ceil(nextInMs / 1000))}.`}
        </span>
      )}
    </>
  );
}

function describeStep(t: Texts, { kind, of, text, attempts, number, isEqual }: MovementStepView): string {
  switch (kind) {
    case 'recorded':
      return text === null ? t.movements.recorded(of) : `${t.movements.recorded(of)}: ${text}`;
    case 'attempted':
      return t.sync.attempts(attempts ?? 0);
    case 'detached':
      return withReason(t.movements.detached, text);
    case 'resent':
      return t.movements.resent;
    case 'rechecked':
      return isEqual === true ? t.movements.recheckedEqual : t.movements.recheckedNot;
    case 'confirmed':
      return number === null ? t.movements.confirmed : t.movements.confirmedAs(number);
    case 'compared':
      return isEqual === true ? t.movements.comparedEqual : t.movements.comparedNot;
    case 'discarded':
      return withReason(t.movements.discarded, text);
    case 'annulled':
      return t.movements.annulled;
    case 'state':
      return '';
  }
}

function withReason(words: string, reason: string | null): string {
  return reason === null ? words : `${words}: ${reason}`;
}
