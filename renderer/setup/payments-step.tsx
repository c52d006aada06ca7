import { PaymentKind } from '../../contract/sale-views.ts';
import type { PaymentMappingView } from '../../contract/setup-views.ts';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { Reading } from './reading.tsx';
import { StepForm } from './step-form.tsx';
import { loginOf, type StepProps } from './wizard-draft.ts';

const KINDS = PaymentKind.options;

/** What each payment type of the ERP is taken for; those whose words say nothing come first. */
export function PaymentsStep({
  draft,
  change,
  refusal,
  isEnrolling,
  onBack,
  onNext,
}: StepProps & { readonly isEnrolling: boolean }) {
  const t = useTexts();
  const { state, output, ...read } = useQuery('setup.previewPaymentTypes', loginOf(draft));

  function choose({ paymentTypeId, guessedKind }: PaymentMappingView, kind: PaymentKind): void {
    const { [paymentTypeId]: _, ...others } = draft.paymentKinds;
    change({ paymentKinds: kind === guessedKind ? others : { ...others, [paymentTypeId]: kind } });
  }

  return (
    <StepForm
      title={t.setup.paymentsTitle}
      lead={t.setup.paymentsLead}
      refusal={refusal}
      next={isEnrolling ? t.setup.working : t.setup.enrol}
      isReady={state !== 'reading'}
      isBusy={isEnrolling}
      onBack={onBack}
      onNext={onNext}
    >
      {state === 'reading' && <Reading />}
      {'error' in read && <RefusalNote refusal={read.error} />}
      {state === 'read' && (
        <table className="wizard-table">
          <thead>
            <tr>
              <th scope="col">{t.setup.paymentType}</th>
              <th scope="col">{t.setup.paymentKind}</th>
            </tr>
          </thead>
          <tbody>
            {unknownFirst(output).map((type, index) => (
              <tr key={type.paymentTypeId}>
                <td>
                  {type.description}
                  <small>
                    {type.guessedKind === 'other' ? t.setup.kindUnknown(type.code) : t.setup.kindGuessed(type.code)}
                  </small>
                </td>
                <td>
                  <span className="field">
                    <select
                      aria-label={t.setup.kindOf(type.description)}
                      value={draft.paymentKinds[type.paymentTypeId] ?? type.guessedKind}
                      autoFocus={index === 0}
                      onChange={(event) => choose(type, PaymentKind.parse(event.currentTarget.value))}
                    >
                      {KINDS.map((kind) => (
                        <option key={kind} value={kind}>
                          {t.setup.kindName(kind)}
                        </option>
                      ))}
                    </select>
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </StepForm>
  );
}

function unknownFirst(types: readonly PaymentMappingView[]): readonly PaymentMappingView[] {
  const isUnknown = ({ guessedKind }: PaymentMappingView): boolean => guessedKind === 'other';
  return [...types.filter(isUnknown), ...types.filter((type) => !isUnknown(type))];
}
