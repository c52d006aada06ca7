import type { Language } from '../../contract/format.ts';
import { en } from './en.ts';
import { enCash } from './en-cash.ts';
import { enTill } from './en-till.ts';
import { ptBR } from './pt-br.ts';
import { ptBRCash } from './pt-br-cash.ts';
import { ptBRTill } from './pt-br-till.ts';

/** All texts of the window. Portuguese gives the shape, so that a text missing in English does not compile. */
export type Texts = typeof ptBR & typeof ptBRCash & typeof ptBRTill;

export const texts: Readonly<Record<Language, Texts>> = {
  'pt-BR': { ...ptBR, ...ptBRCash, ...ptBRTill },
  en: { ...en, ...enCash, ...enTill },
};
