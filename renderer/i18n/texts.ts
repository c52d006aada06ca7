import type { Language } from '../../contract/format.ts';
import { en } from './en.ts';
import { enCash } from './en-cash.ts';
import { enMovements } from './en-movements.ts';
import { enPix } from './en-pix.ts';
import { enPrinting } from './en-printing.ts';
import { enSetup } from './en-setup.ts';
import { enTill } from './en-till.ts';
import { ptBR } from './pt-br.ts';
import { ptBRCash } from './pt-br-cash.ts';
import { ptBRMovements } from './pt-br-movements.ts';
import { ptBRPix } from './pt-br-pix.ts';
import { ptBRPrinting } from './pt-br-printing.ts';
import { ptBRSetup } from './pt-br-setup.ts';
import { ptBRTill } from './pt-br-till.ts';

/** All texts of the window. Portuguese gives the shape, so that a text missing in English does not compile. */
export type Texts = typeof ptBR &
  typeof ptBRCash &
  typeof ptBRMovements &
  typeof ptBRPix &
  typeof ptBRPrinting &
  typeof ptBRSetup &
  typeof ptBRTill;

export const texts: Readonly<Record<Language, Texts>> = {
  'pt-BR': { ...ptBR, ...ptBRCash, ...ptBRMovements, ...ptBRPix, ...ptBRPrinting, ...ptBRSetup, ...ptBRTill },
  en: { ...en, ...enCash, ...enMovements, ...enPix, ...enPrinting, ...enSetup, ...enTill },
};
