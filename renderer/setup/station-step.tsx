import { useState } from 'react';
import type { StationChoiceView } from '../../contract/setup-views.ts';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { Reading } from './reading.tsx';
import { StepForm } from './step-form.tsx';
import { loginOf, type StepProps } from './wizard-draft.ts';

/** A list this short is read faster than it is searched. */
const SHORT_LIST = 8;

/** Which of the ERP's stations this machine is. Where they cannot be read, the code is typed. */
export function StationStep({ draft, change, refusal, onBack, onNext }: StepProps) {
  const t = useTexts();
  const { state, output, ...read } = useQuery('setup.stations', loginOf(draft));
  const hasList = output !== undefined && output.length > 0;
  return (
    <StepForm
      title={t.setup.stationTitle}
      lead={t.setup.stationLead}
      refusal={refusal}
      next={t.setup.next}
      isReady={draft.stationCode.length === 3}
      whyNot={t.setup.stationMissing}
      onBack={onBack}
      onNext={onNext}
    >
      {state === 'reading' && <Reading />}
      {hasList && (
        <StationList
          stations={output}
          chosen={draft.stationCode}
          onChoose={(stationCode) => change({ stationCode, priceColumn: null })}
        />
      )}
      {'error' in read && <RefusalNote refusal={read.error} />}
      {state !== 'reading' && !hasList && (
        <Field
          label={t.setup.stationCode}
          hint={state === 'read' ? t.setup.noStations : t.setup.stationCodeHint}
          value={draft.stationCode}
          autoFocus
          onText={(text) => change({ stationCode: toStationCode(text), priceColumn: null })}
        />
      )}
      {/* Not before the list is here, which takes the focus when it comes. */}
      {state !== 'reading' && (
        <label className="choice replace-choice">
          <input
            type="checkbox"
            checked={draft.isReplacing}
            onChange={(event) => change({ isReplacing: event.currentTarget.checked })}
          />
          <span>{t.setup.replaceChoice}</span>
          <small>{t.setup.replaceChoiceText}</small>
        </label>
      )}
    </StepForm>
  );
}

function StationList({
  stations,
  chosen,
  onChoose,
}: {
  readonly stations: readonly StationChoiceView[];
  readonly chosen: string;
  readonly onChoose: (stationCode: string) => void;
}) {
  const t = useTexts();
  const [words, setWords] = useState('');
  const isLong = stations.length > SHORT_LIST;
  const shown = stations.filter((station) => fits(station, words));
  const first = shown.find(isUsable)?.stationCode;

  function find(text: string): void {
    setWords(text);
    const [only, ...others] = stations.filter((station) => fits(station, text) && isUsable(station));
    if (only !== undefined && others.length === 0) onChoose(only.stationCode);
  }

  return (
    <>
      {isLong && <Field label={t.setup.findStation} value={words} autoFocus onText={find} />}
      <fieldset className="picks">
        <legend className="visually-hidden">{t.setup.stationTitle}</legend>
        {shown.map((station) => {
          const { stationCode, description, branchName, missing } = station;
          return (
            <label key={stationCode} className="pick-row">
              <input
                type="radio"
                name="station"
                value={stationCode}
                checked={chosen === stationCode}
                disabled={!isUsable(station)}
                autoFocus={!isLong && (chosen === '' ? stationCode === first : chosen === stationCode)}
                onChange={() => onChoose(stationCode)}
              />
              <strong>{stationCode}</strong>
              <span>{description}</span>
              <span className="pick-more">{branchName}</span>
              {missing.length > 0 && <small>{t.setup.stationLacks(missing)}</small>}
            </label>
          );
        })}
        {shown.length === 0 && <p className="muted">{t.setup.noneFits}</p>}
      </fieldset>
    </>
  );
}

/** Events may be chosen on the next page; what else is missing only the ERP can add. */
function isUsable({ missing }: StationChoiceView): boolean {
  return missing.every((field) => field.startsWith('evento_'));
}

function fits({ stationCode, description, branchName }: StationChoiceView, words: string): boolean {
  const text = `${stationCode} ${description} ${branchName}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Three signs as the ERP writes them, whatever was typed between. */
export function toStationCode(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .slice(0, 3);
}
