import { useMemo } from 'react';
import { DEFAULT_TIME_ZONE, formatInstant, formatTime } from '../contract/format.ts';
import { usePreferences } from './i18n/preferences.tsx';
import { useStationState } from './station-context.tsx';

/** How instants read on the clock of the branch, in the language of the person. */
export type BranchClock = {
  readonly timeZone: string;
  readonly instant: (at: string) => string;
  readonly time: (at: string) => string;
};

/** The same object until the language or the zone changes. */
export function useBranchClock(): BranchClock {
  const { language } = usePreferences();
  const timeZone = useStationState((state) => state.view?.station?.timeZone ?? DEFAULT_TIME_ZONE);
  return useMemo(
    () => ({
      timeZone,
      instant: (at) => formatInstant(at, language, timeZone),
      time: (at) => formatTime(at, timeZone),
    }),
    [language, timeZone],
  );
}
