import type { Language } from '../contract/format.ts';
import { refusalText } from '../contract/refusal-texts/refusal-text.ts';
import { refusals, type Refusal } from '../contract/refusals.ts';

/** Why no core runs, in words for the person before the screen. */
export type Words = { readonly reason: string; readonly nextStep: string; readonly shortCode: string };

/** What a core says when it will not start, e.g. that its data is in use. */
export function describeRefusal(error: unknown, language: Language): Words {
  if (!isRefusal(error)) return describeCrash(null, null, language);
  return toWords(error, language);
}

/** A core that ended without saying why: all that is known is how. */
export function describeCrash(code: number | null, signal: string | null, language: Language): Words {
  return toWords({ code: 'core_crashed', how: signal ?? `exit ${code ?? '?'}` }, language);
}

/** A window that cannot be opened again, for a box of the system's own: there is no page to say it. */
export function describeDeadWindow(language: Language): Words {
  return toWords({ code: 'window_dead' }, language);
}

function toWords(refusal: Refusal, language: Language): Words {
  const text = refusalText(refusal, language);
  return { reason: text.title, nextStep: text.nextStep, shortCode: text.shortCode };
}

function isRefusal(error: unknown): error is Refusal {
  if (typeof error !== 'object' || error === null || !('code' in error)) return false;
  const known = Object.entries(refusals).find(([code]) => code === error.code);
  return known?.[1].facts.safeParse(error).success === true;
}
