import type { Language } from '../format.ts';
import type { RefusalArea, RefusalCodeOf, RefusalOf } from '../refusals.ts';

/** The texts of every refusal of some areas, in every language: a code without its texts does not compile. */
export type TextsOf<Area extends RefusalArea> = Readonly<
  Record<
    Language,
    {
      readonly [Code in RefusalCodeOf<Area>]: (
        facts: RefusalOf<Code>,
        timeZone: string,
      ) => readonly [title: string, nextStep: string];
    }
  >
>;
