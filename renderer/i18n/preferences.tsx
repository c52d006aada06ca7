import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Language } from '../../contract/format.ts';
import { texts, type Texts } from './texts.ts';

/** What a person chose on this machine: it says nothing about the shop and is kept by the window alone. */
export type Preferences = {
  readonly language: Language;
  readonly isSoundOn: boolean;
  readonly setLanguage: (language: Language) => void;
  readonly setSoundOn: (isOn: boolean) => void;
};

const PreferencesContext = createContext<Preferences | null>(null);

export function PreferencesProvider({
  systemLanguage,
  children,
}: {
  readonly systemLanguage: string;
  readonly children: ReactNode;
}) {
  const [language, setLanguage] = useState<Language>(() => readLanguage(systemLanguage));
  const [isSoundOn, setSoundOn] = useState(() => recall('sound') !== 'off');
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const preferences = useMemo<Preferences>(
    () => ({
      language,
      isSoundOn,
      setLanguage: (next) => {
        remember('language', next);
        setLanguage(next);
      },
      setSoundOn: (isOn) => {
        remember('sound', isOn ? 'on' : 'off');
        setSoundOn(isOn);
      },
    }),
    [language, isSoundOn],
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
