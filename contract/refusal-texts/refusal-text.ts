import { coreWords } from '../core-words.ts';
import { DEFAULT_TIME_ZONE, type Language } from '../format.ts';
import { shortCode, type Refusal, type RefusalArea } from '../refusals.ts';
import { customerTexts } from './customer-texts.ts';
import { machineTexts } from './machine-texts.ts';
import { peopleTexts } from './people-texts.ts';
import { printingTexts } from './printing-texts.ts';
import { saleTexts } from './sale-texts.ts';
import { setupTexts } from './setup-texts.ts';
import type { TextsOf } from './refusal-text-types.ts';

/** A refusal in words: what happened with its facts, what to do next, and the code to say over the phone. */
export type RefusalText = { readonly title: string; readonly nextStep: string; readonly shortCode: string };

const texts: TextsOf<RefusalArea> = {
  'pt-BR': {
    ...saleTexts['pt-BR'],
    ...customerTexts['pt-BR'],
    ...peopleTexts['pt-BR'],
    ...setupTexts['pt-BR'],
    ...machineTexts['pt-BR'],
    ...printingTexts['pt-BR'],
  },
  en: {
    ...saleTexts.en,
    ...customerTexts.en,
    ...peopleTexts.en,
    ...setupTexts.en,
    ...machineTexts.en,
    ...printingTexts.en,
  },
};

/** The words for `refusal` in `language`, its hours in the zone of the branch, for the window and the command line alike. */
export function refusalText(refusal: Refusal, language: Language, timeZone: string = DEFAULT_TIME_ZONE): RefusalText {
  // Each entry takes exactly the refusal of its own key, which the compiler cannot follow through the lookup.
  const write = texts[language][refusal.code] as (facts: Refusal, timeZone: string) => readonly [string, string];
  const [title, nextStep] = write(refusal, timeZone);
  return { title: coreWords(title, language), nextStep, shortCode: shortCode(refusal.code) };
}
