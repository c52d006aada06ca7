import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import type { ReplacedStationView } from '../../contract/setup-views.ts';
import { Icon } from '../components/icon.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { usePreferences, useTexts } from '../i18n/preferences.tsx';
import { texts } from '../i18n/texts.ts';
import { SetupWizard } from '../setup/setup-wizard.tsx';
import { useStation } from '../station-context.tsx';
import { replaceView } from '../station-store.ts';

const LANGUAGES = ['pt-BR', 'en'] as const;

/** The first run: a demo store with one key, or the way to the server of a real one. */
export function StartScreen({ onReplaced }: { readonly onReplaced: (replaced: ReplacedStationView) => void }) {
  const t = useTexts();
  const { language, setLanguage } = usePreferences();
  const [isSettingUp, setSettingUp] = useState(false);

  if (isSettingUp) return <SetupWizard onLeave={() => setSettingUp(false)} onReplaced={onReplaced} />;
  return (
    <div className="start">
      <fieldset className="start-language">
        <legend className="visually-hidden">{t.app.language}</legend>
        {LANGUAGES.map((name) => (
          <label key={name} lang={name} className="choice">
            <input type="radio" name="language" checked={language === name} onChange={() => setLanguage(name)} />
            {texts[name].app.languageName}
          </label>
        ))}
      </fieldset>
      <div className="start-intro">
        <h1>{t.setup.title}</h1>
        <p>{t.setup.lead}</p>
      </div>
      <div className="start-choices">
        <Demo />
        <section className="start-store">
          <Icon name="server" />
          <h2>{t.setup.store}</h2>
          <p>{t.setup.storeText}</p>
          <button type="button" className="button large" onClick={() => setSettingUp(true)}>
            {t.setup.storeStart}
          </button>
        </section>
      </div>
    </div>
  );
}

function Demo() {
  const t = useTexts();
  const station = useStation();
  const [isOpening, setOpening] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function openDemo(): Promise<void> {
    setOpening(true);
    setRefusal(null);
    const reply = await station.call('setup.openDemo', {});
    setOpening(false);
    if (reply.ok) replaceView(station.store, reply.output);
    else setRefusal(reply.error);
  }

  return (
    <section className="start-demo">
      <Icon name="store" />
      <h2>{t.setup.demo}</h2>
      <p>{t.setup.demoText}</p>
      <button
        type="button"
        className="button primary large"
        autoFocus
        disabled={isOpening}
        data-testid="open-demo"
        onClick={() => void openDemo()}
      >
        {isOpening ? t.setup.preparing : t.setup.demoStart}
      </button>
      <RefusalNote refusal={refusal} />
    </section>
  );
}
