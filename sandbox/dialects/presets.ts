import { ErpError } from '../http/erp-error.ts';
import type { JsonObject } from '../http/json.ts';
import { changeDialect, type Dialect } from './dialect.ts';

/** A server that may be met in the field, by name. */
export type Preset = { readonly name: string; readonly summary: string; readonly dialect: JsonObject };

export const PRESETS: readonly Preset[] = [
  preset('plain', 'as the reference says: the default of every option', {}),
  preset('strict-basic', 'Basic only; demands the payment term and the cash register', {
    login: 'basic',
    demandTerm: true,
    demandCashRegister: true,
    postedReads: true,
  }),
  preset('wts-session', 'WTS sessions only, says "já está conectado" to the second one', {
    login: 'session',
    busy: 'connected',
  }),
  preset('old-server', 'older spelling of payment types, /Date()/ always, "1"/"0", the boundary row again', {
    paymentTypes: 'older',
    dates: 'old',
    flags: 'digits',
    cursor: 'inclusive',
    postedReads: true,
    noExchangeLookup: true,
    busy: 'sessions',
  }),
  preset('dirty-json', 'numbers as text, T/F, untidy names, raw control characters, strange balances', {
    numbers: 'text',
    flags: 'letters',
    texts: 'untidy',
    rawControls: true,
    balances: 'odd',
  }),
  preset('all-boolean', 'true/false everywhere, also where the reference says T/F; ISO dates unasked', {
    flags: 'boolean',
    dates: 'iso',
  }),
  preset('shuffled', 'the rows of a page and the records of an answer in any order', {
    pages: 'shuffled',
    acoesShuffled: true,
  }),
  preset('descending', 'newest rows first, so that $top cuts the oldest away; the boundary row again', {
    pages: 'descending',
    cursor: 'inclusive',
  }),
  preset('late-commits', 'rows that become visible after a higher trans_id was read', { lateCommits: true }),
  preset('short-answers', 'batch answers short of a record, shuffled, with acao as text', {
    acoesShort: true,
    acoesShuffled: true,
    acaoText: true,
  }),
  preset('empty-include', 'an empty body after a sale was included', { includeReply: 'empty' }),
  preset('html-include', 'a page of HTML after a sale was included', { includeReply: 'html' }),
  preset('reviving', 'a late status 3 revives a cancelled sale', { late3Revives: true }),
  preset('busy-503', 'a session in use is told by 503', { busy: '503' }),
  preset('worst', 'everything awkward at once', {
    login: 'session',
    busy: '500',
    paymentTypes: 'older',
    dates: 'old',
    flags: 'letters',
    numbers: 'text',
    cursor: 'inclusive',
    pages: 'shuffled',
    texts: 'untidy',
    balances: 'odd',
    rawControls: true,
    lateCommits: true,
    late3Revives: true,
    postedReads: true,
    acoesShuffled: true,
    acoesShort: true,
    acaoText: true,
    includeReply: 'html',
    demandTerm: true,
    demandCashRegister: true,
  }),
];

/** Lays the named presets, separated by commas, over a dialect; the last one wins. */
export function applyPresets(base: Dialect, names: string): Dialect {
  let dialect = base;
  for (const name of names.split(',').map((part) => part.trim())) {
    const found = PRESETS.find((each) => each.name === name);
    if (found === undefined)
      throw new ErpError(400, `unknown preset ${name}; there are ${PRESETS.map((each) => each.name).join(', ')}`);
    dialect = changeDialect(dialect, found.dialect);
  }
  return dialect;
}

function preset(name: string, summary: string, dialect: JsonObject): Preset {
  return { name, summary, dialect };
}
