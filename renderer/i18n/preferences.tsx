import { useMantineColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Language } from '../../contract/format.ts';
import { SOUND_LEVELS, type SoundLevel } from '../components/tones.ts';
import { texts, type Texts } from './texts.ts';

/** What a person chose on this machine: it says nothing about the shop and is kept by the window alone. */
export type Preferences = {
  readonly language: Language;
  readonly soundLevel: SoundLevel;
  readonly theme: ThemeChoice;
  readonly textScale: TextScale;
  readonly setLanguage: (language: Language) => void;
  readonly setSoundLevel: (level: SoundLevel) => void;
  readonly setTheme: (theme: ThemeChoice) => void;
  readonly setTextScale: (scale: TextScale) => void;
};

/** `auto` follows the machine: its light or dark, and its wish for more contrast. */
export const THEMES = ['auto', 'light', 'dark', 'contrast'] as const;
export type ThemeChoice = (typeof THEMES)[number];
/** Percent of the size that the window's width gives. */
export const TEXT_SCALES = ['100', '115', '130'] as const;
export type TextScale = (typeof TEXT_SCALES)[number];

const PreferencesContext = createContext<Preferences | null>(null);

export function PreferencesProvider({
  systemLanguage,
  children,
}: {
  readonly systemLanguage: string;
  readonly children: ReactNode;
}) {
  const [language, setLanguage] = useState<Language>(() => readLanguage(systemLanguage));
  const [soundLevel, setSoundLevel] = useState(() => choiceOf(recall('sound'), SOUND_LEVELS, 'normal'));
  const [theme, setTheme] = useState(() => choiceOf(recall('theme'), THEMES));
  const [textScale, setTextScale] = useState(() => choiceOf(recall('textScale'), TEXT_SCALES));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  useThemeOnPage(theme);
  useEffect(() => {
    document.documentElement.style.setProperty('--text-scale', String(Number(textScale) / 100));
  }, [textScale]);
  const preferences = useMemo<Preferences>(
    () => ({
      language,
      soundLevel,
      setLanguage: (next) => {
        remember('language', next);
        setLanguage(next);
      },
      setSoundLevel: (next) => {
        remember('sound', next);
        setSoundLevel(next);
      },
      theme,
      setTheme: (next) => {
        remember('theme', next);
        setTheme(next);
      },
      textScale,
      setTextScale: (next) => {
        remember('textScale', next);
        setTextScale(next);
      },
    }),
    [language, soundLevel, theme, textScale],
  );
  return <PreferencesContext value={preferences}>{children}</PreferencesContext>;
}

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (preferences === null) throw new Error('usePreferences outside of PreferencesProvider');
  return preferences;
}

/** The texts in the language of the person. */
export function useTexts(): Texts {
  return texts[usePreferences().language];
}

/** The component library knows light and dark; contrast is a mark on the page that the tokens obey. */
function useThemeOnPage(theme: ThemeChoice): void {
  const { setColorScheme } = useMantineColorScheme();
  const wantsContrast = useMediaQuery('(prefers-contrast: more)');
  const isContrast = theme === 'contrast' || (theme === 'auto' && wantsContrast);
  useEffect(() => {
    setColorScheme(theme === 'contrast' ? 'light' : theme);
    document.documentElement.dataset['contrast'] = isContrast ? 'high' : 'normal';
  }, [theme, isContrast, setColorScheme]);
}

function choiceOf<Choice extends string>(
  kept: string | null,
  choices: readonly [Choice, ...Choice[]],
  otherwise: Choice = choices[0],
): Choice {
  return choices.find((choice) => choice === kept) ?? otherwise;
}

function readLanguage(systemLanguage: string): Language {
  const chosen = recall('language') ?? systemLanguage;
  return chosen === 'en' ? 'en' : 'pt-BR';
}

function recall(name: string): string | null {
  return localStorage.getItem(`station.${name}`);
}

function remember(name: string, value: string): void {
  localStorage.setItem(`station.${name}`, value);
}
