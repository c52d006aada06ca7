import type { Language } from '../contract/format.ts';
import { refusalText } from '../contract/refusal-texts.ts';
import { refusals, type Refusal } from '../contract/refusals.ts';

/** Why no core runs, in words for the person before the screen. */
export type Words = { readonly reason: string; readonly nextStep: string; readonly shortCode: string };

/** What a core says when it will not start, e.g. that its data is in use. */
export function describeRefusal(error: unknown, language: Language): Words {
  if (!isRefusal(error)) return describeCrash(null, null, language);
  const text = refusalText(error, language);
  return { reason: text.title, nextStep: text.nextStep, shortCode: text.shortCode };
}

/** A core that ended without saying why: all that is known is how. */
export function describeCrash(code: number | null, signal: string | null, language: Language): Words {
  const how = signal ?? (code === null ? '?' : `código ${code}`);
  if (language === 'en') {
    return {
      reason: `The station core ended unexpectedly (${signal ?? `code ${code ?? '?'}`})`,
      nextStep: 'What was finished is kept. Try again; if it persists, call support.',
      shortCode: 'M-010',
    };
  }
  return {
    reason: `O núcleo da estação terminou de repente (${how})`,
    nextStep: 'O que foi finalizado está guardado. Tente de novo; se continuar, chame o suporte.',
    shortCode: 'M-010',
  };
}

function isRefusal(error: unknown): error is Refusal {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  const known = Object.entries(refusals).find(([code]) => code === error.code);
  return known?.[1].facts.safeParse(error).success === true;
}
