import type { Dialect } from '../dialects/dialect.ts';
import { ErpError } from './erp-error.ts';

type Form = { readonly status: number; readonly text: string };

/** The ways in which servers say that the user's only session, or the last licence, is taken. */
const FORMS: Readonly<Record<Dialect['busy'], Form>> = {
  maximum: { status: 401, text: 'Licença indisponível: ultrapassado o máximo de sessões do usuário' },
  sessions: { status: 401, text: 'Número máximo de sessões atingido pelo usuário' },
  connected: { status: 401, text: 'O usuário já está conectado em outra estação:' },
  429: { status: 429, text: 'Limite de licenças da API atingido pelo usuário' },
  500: { status: 500, text: 'Erro interno: sem licença disponível para o usuário' },
  503: { status: 503, text: 'Serviço de licenças ocupado; usuário' },
};

/** The refusal of a call whose user is at work elsewhere. */
export function busyError(form: Dialect['busy'], user: string): ErpError {
  const { status, text } = FORMS[form];
  return new ErpError(status, `${text} ${user}`);
}
