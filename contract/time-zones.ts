import { z } from 'zod';

/** The clocks of Brazil from east to west, one zone for each that a branch can stand in. */
export const BRAZILIAN_TIME_ZONES = [
  'America/Noronha',
  'America/Sao_Paulo',
  'America/Campo_Grande',
  'America/Cuiaba',
  'America/Manaus',
  'America/Porto_Velho',
  'America/Boa_Vista',
  'America/Rio_Branco',
] as const;

export type BrazilianTimeZone = (typeof BRAZILIAN_TIME_ZONES)[number];

/** A time zone by its IANA name. An offset such as `-04:00` is none: it knows nothing of summer time. */
export const TimeZone = z.string().refine(isTimeZone, 'an IANA time zone, such as America/Manaus');

function isTimeZone(name: string): boolean {
  return Intl.supportedValuesOf('timeZone').includes(name);
}
