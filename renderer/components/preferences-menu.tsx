import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { Language } from '../../contract/format.ts';
import { TEXT_SCALES, usePreferences, useTexts, type TextScale, type ThemeChoice } from '../i18n/preferences.tsx';
import { texts } from '../i18n/texts.ts';
import { Dialog } from './dialog.tsx';
import { useFeedback } from './feedback.tsx';
import { Icon } from './icon.tsx';
import type { SoundLevel } from './tones.ts';

/** Language, theme, text size and sounds of this machine, and the way to its printer. */
export function PreferencesMenu({ onPrinter }: { readonly onPrinter: (() => void) | null }) {
  const t = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="icon-button" aria-label={t.app.preferences} onClick={() => setOpen(true)}>
        <Icon name="sliders" />
      </button>
      {isOpen && <PreferencesDialog onClose={() => setOpen(false)} onPrinter={onPrinter} />}
    </>
  );
}

function PreferencesDialog({
  onClose,
  onPrinter,
}: {
  readonly onClose: () => void;
  readonly onPrinter: (() => void) | null;
}) {
  const t = useTexts();
  const { language, setLanguage, soundLevel, setSoundLevel, theme, setTheme, textScale, setTextScale } =
    usePreferences();
  const { sample } = useFeedback();
  return (
    <Dialog title={t.app.preferences} onClose={onClose}>
      <div className="stack">
        <Choice
          label={t.app.language}
          value={language}
          data={[
            { value: 'pt-BR', label: texts['pt-BR'].app.languageName },
            { value: 'en', label: texts.en.app.languageName },
          ]}
          onChange={(value) => setLanguage(value as Language)}
        />
        <Choice
          label={t.app.theme}
          value={theme}
          data={[
            { value: 'auto', label: t.app.themeAuto },
            { value: 'light', label: t.app.themeLight },
            { value: 'dark', label: t.app.themeDark },
            { value: 'contrast', label: t.app.themeContrast },
          ]}
          onChange={(value) => setTheme(value as ThemeChoice)}
        />
        <Choice
          label={t.app.textSize}
          value={textScale}
          data={TEXT_SCALES.map((scale) => ({ value: scale, label: formatScale(scale) }))}
          onChange={(value) => setTextScale(value as TextScale)}
        />
        <Choice
          label={t.app.sound}
          value={soundLevel}
          data={[
            { value: 'off', label: t.app.soundOff },
            { value: 'low', label: t.app.soundLow },
            { value: 'normal', label: t.app.soundNormal },
            { value: 'high', label: t.app.soundHigh },
          ]}
          onChange={(value) => {
            setSoundLevel(value as SoundLevel);
            sample(value as SoundLevel);
          }}
        />
        {onPrinter !== null && (
          <button
            type="button"
            className="button"
            data-testid="printer-settings"
            onClick={() => {
              onClose();
              onPrinter();
            }}
          >
            {t.printing.settings}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function Choice({
  label,
  ...control
}: {
  readonly label: string;
  readonly value: string;
  readonly data: { value: string; label: string }[];
  readonly onChange: (value: string) => void;
}) {
  return (
    <div className="field normal">
      <span className="field-label">{label}</span>
      <SegmentedControl fullWidth size="md" aria-label={label} transitionDuration={0} {...control} />
    </div>
  );
}

function formatScale(scale: TextScale): string {
  return `${scale} %`;
}
