import { Field } from '../components/field.tsx';
import { SelectField } from '../components/select-field.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { Reading } from './reading.tsx';
import { StepForm } from './step-form.tsx';
import { toStationCode } from './station-step.tsx';
import { isReplacementWhole, loginOf, type Replacement, type StepProps } from './wizard-draft.ts';

/** Which dead machine this one takes the place of, and who answers for it: support, a manager, and why. */
export function ReplaceStep({ draft, change, refusal, onBack, onNext }: StepProps) {
  const t = useTexts();
  const stations = useQuery('setup.stations', loginOf(draft));
  const { replacement } = draft;
  const others = (stations.output ?? []).filter(({ stationCode }) => stationCode !== draft.stationCode);
  const set = (part: Partial<Replacement>): void => change({ replacement: { ...replacement, ...part } });
  return (
    <StepForm
      title={t.setup.replaceTitle}
      lead={t.setup.replaceLead(draft.stationCode)}
      refusal={refusal}
      next={t.setup.next}
      isReady={isReplacementWhole(replacement)}
      whyNot={t.setup.replaceMissing}
      onBack={onBack}
      onNext={onNext}
    >
      {/* The list takes the focus when it comes: nothing is typed before. */}
      {stations.state === 'reading' ? (
        <Reading />
      ) : (
        <>
          {others.length > 0 ? (
            <SelectField
              label={t.setup.replaced}
              value={replacement.replaces}
              autoFocus
              options={[
                { value: '', label: t.setup.chooseReplaced },
                ...others.map(({ stationCode, description, branchName }) => ({
                  value: stationCode,
                  label: [stationCode, description, branchName].filter((words) => words !== '').join(' · '),
                })),
              ]}
              onValue={(replaces) => set({ replaces })}
            />
          ) : (
            <Field
              label={t.setup.replaced}
              hint={t.setup.stationCodeHint}
              value={replacement.replaces}
              autoFocus
              onText={(text) => set({ replaces: toStationCode(text) })}
            />
          )}
          <div className="field-pair">
            <Field
              label={t.setup.supportUser}
              hint={t.setup.supportHint}
              value={replacement.supportUser}
              onText={(supportUser) => set({ supportUser })}
            />
            <Field
              label={t.setup.supportPassword}
              type="password"
              value={replacement.supportPassword}
              onText={(supportPassword) => set({ supportPassword })}
            />
          </div>
          <div className="field-pair">
            <Field
              label={t.setup.managerCode}
              hint={t.setup.managerHint}
              value={replacement.operatorCode}
              maxLength={20}
              onText={(operatorCode) => set({ operatorCode })}
            />
            <Field
              label={t.setup.managerPin}
              type="password"
              inputMode="numeric"
              maxLength={12}
              value={replacement.pin}
              onText={(pin) => set({ pin })}
            />
          </div>
          <Field
            label={t.dialogs.reason}
            hint={t.setup.replaceReasonHint}
            maxLength={200}
            value={replacement.reason}
            onText={(reason) => set({ reason })}
          />
        </>
      )}
    </StepForm>
  );
}
