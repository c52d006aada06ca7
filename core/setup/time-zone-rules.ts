import { DEFAULT_TIME_ZONE } from '../../contract/format.ts';
import type { BrazilianTimeZone } from '../../contract/time-zones.ts';

const ZONES: Readonly<Record<string, BrazilianTimeZone>> = {
  AC: 'America/Rio_Branco',
  AM: 'America/Manaus',
  MS: 'America/Campo_Grande',
  MT: 'America/Cuiaba',
  RO: 'America/Porto_Velho',
  RR: 'America/Boa_Vista',
};

/**
 * The zone most of a Brazilian state lives in, by its two letters; Brasília time for the others and for none. Fernando
 * de Noronha and the west of Amazonas differ from their state: there a person names the zone.
 */
export function timeZoneOfState(state: string): string {
  return ZONES[state.trim().toUpperCase()] ?? DEFAULT_TIME_ZONE;
}
