import { BRAZILIAN_TIME_ZONES, type BrazilianTimeZone } from '../../contract/time-zones.ts';
import { Field } from '../components/field.tsx';
import { SelectField } from '../components/select-field.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { StepForm } from './step-form.tsx';
import type { StepProps } from './wizard-draft.ts';

/** Places that read the same in every language. */
const PLACES: Readonly<Record<BrazilianTimeZone, string>> = {
  'America/Noronha': 'Fernando de Noronha',
  'America/Sao_Paulo': 'Brasília · São Paulo',
  'America/Campo_Grande': 'Campo Grande',
  'America/Cuiaba': 'Cuiabá',
  'America/Manaus': 'Manaus',
  'America/Porto_Velho': 'Porto Velho',
  'America/Boa_Vista': 'Boa Vista',
  'America/Rio_Branco': 'Rio Branco',
};

/** What every document of the ERP demands and its registers usually answer: each field may stay empty. */
export function DefaultsStep({ draft, change, refusal, onBack, onNext }: StepProps) {
  const t = useTexts();
  return (
    <StepForm
      title={t.setup.defaultsTitle}
      lead={t.setup.defaultsLead}
      refusal={refusal}
      next={t.setup.next}
      isReady
      onBack={onBack}
      onNext={onNext}
    >
      <div className="field-pair">
        <Field
          label={t.setup.customerCode}
          hint={t.setup.customerCodeHint}
          value={draft.customerCode}
          maxLength={20}
          autoFocus
          onText={(customerCode) => change({ customerCode })}
        />
        <Field
          label={t.setup.salespersonCode}
          hint={t.setup.salespersonCodeHint}
          value={draft.salespersonCode}
          maxLength={7}
          onText={(salespersonCode) => change({ salespersonCode })}
        />
      </div>
      <div className="field-pair">
        <Field
          label={t.setup.saleEvent}
          hint={t.setup.eventHint}
          value={draft.saleEvent}
          maxLength={15}
          onText={(saleEvent) => change({ saleEvent })}
        />
        <Field
          label={t.setup.returnEvent}
          hint={t.setup.eventHint}
          value={draft.returnEvent}
          maxLength={15}
          onText={(returnEvent) => change({ returnEvent })}
        />
      </div>
      <SelectField
        label={t.setup.timeZone}
        value={draft.timeZone}
        options={[
          { value: '', label: t.setup.timeZoneOfState },
          ...BRAZILIAN_TIME_ZONES.map((zone) => ({ value: zone, label: PLACES[zone] })),
        ]}
        onValue={(timeZone) => change({ timeZone })}
      />
    </StepForm>
  );
}
