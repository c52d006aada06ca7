import { ErpError } from '../http/erp-error.ts';
import type { JsonObject, JsonValue } from '../http/json.ts';

/** What differs from one installation to the next and has several forms; the first one is the default. */
const CHOICES = {
  /** Dates: /Date()/ unless `$dateformat=iso` asked otherwise; always /Date()/; always ISO. */
  dates: ['asked', 'old', 'iso'],
  /** Flags: true/false with `ativo` of products T/F, as the reference says; or all of them in one way. */
  flags: ['native', 'boolean', 'letters', 'digits'],
  numbers: ['number', 'text'],
  /** Whether the row that carries the given trans_id itself comes again. */
  cursor: ['exclusive', 'inclusive'],
  /** Shuffled: the lowest ids in any order. Descending: the highest ids that `$top` allows, highest first. */
  pages: ['sorted', 'shuffled', 'descending'],
  /** Untidy: doubled spaces and invisible characters in names and descriptions. */
  texts: ['plain', 'untidy'],
  /** Odd: one balance in four is null, one in four is -3. */
  balances: ['plain', 'odd'],
  login: ['any', 'basic', 'session'],
  /** How the list of payment types is spelt: listatipospgto or the older listatipopgto, never both. */
  paymentTypes: ['newer', 'older'],
  /** What pedido_venda/inclui answers after it committed. */
  includeReply: ['json', 'empty', 'html'],
  /** How a session in use is told: a 401 in one of three wordings, or another status with a text about the licence. */
  busy: ['maximum', 'sessions', 'connected', '429', '500', '503'],
} as const;

/** What a server does or does not; all off by default. */
const SWITCHES = [
  /** One new row in three becomes visible only after a higher trans_id was read, or three seconds later. */
  'lateCommits',
  /** A status 3 after 5 brings the order back. */
  'late3Revives',
  /** millenium.funcionarios.lista is answered only to POST with X-HTTP-Method: GET. */
  'postedReads',
  'acoesShuffled',
  /** A batch reply lacks the last record that was changed. */
  'acoesShort',
  /** `acao` is "2" instead of 2. */
  'acaoText',
  /** Raw control characters inside the strings of every reply. */
  'rawControls',
  /** inclui refuses a sale without cod_condicoes_pgto. */
  'demandTerm',
  /** troca_devolucao/lista does not know n_pedido_cliente. */
  'noExchangeLookup',
  /** processastatus 3 refuses a record without nota[].cod_caixa. */
  'demandCashRegister',
] as const;

type ChoiceName = keyof typeof CHOICES;
type SwitchName = (typeof SWITCHES)[number];

/** How one installation speaks; any mixture is a server that may exist. */
export type Dialect = { readonly [Name in ChoiceName]: (typeof CHOICES)[Name][number] } & {
  readonly [Name in SwitchName]: boolean;
};

export const PLAIN_DIALECT = Object.fromEntries([
  ...Object.entries(CHOICES).map(([name, [first]]) => [name, first]),
  ...SWITCHES.map((name) => [name, false]),
]) as Dialect;

/** The dialect that the server speaks now; changed while it runs by /admin/dialect. */
export type DialectControl = { current(): Dialect; replace(next: Dialect): void };

export function createDialectControl(first: Dialect): DialectControl {
  let dialect = first;
  return {
    current: () => dialect,
    replace: (next) => {
      dialect = next;
    },
  };
}

/** The options as the command line spells them, for parseArgs; none has a default. */
export function dialectCommandOptions(): Record<string, { readonly type: 'string' | 'boolean' }> {
  return Object.fromEntries([
    ...Object.keys(CHOICES).map((name) => [kebab(name), { type: 'string' as const }]),
    ...SWITCHES.map((name) => [kebab(name), { type: 'boolean' as const }]),
  ]);
}

/** The part of a dialect that parsed command line values name. */
export function dialectOfCommandLine(values: Readonly<Record<string, unknown>>): JsonObject {
  const names = [...Object.keys(CHOICES), ...SWITCHES].filter((name) => values[kebab(name)] !== undefined);
  return Object.fromEntries(names.map((name) => [name, values[kebab(name)] as JsonValue]));
}

/** Changes part of a dialect; refuses names and values that do not exist with a sentence that lists those that do. */
export function changeDialect(base: Dialect, changes: JsonObject): Dialect {
  for (const [name, value] of Object.entries(changes)) {
    const problem = problemOf(name, value);
    if (problem !== null) throw new ErpError(400, problem);
  }
  return { ...base, ...changes };
}

function problemOf(name: string, value: JsonValue): string | null {
  if (isSwitch(name)) return typeof value === 'boolean' ? null : `${name} is true or false`;
  if (!isChoice(name))
    return `unknown dialect setting ${name}; there are ${[...Object.keys(CHOICES), ...SWITCHES].join(', ')}`;
  const allowed: readonly string[] = CHOICES[name];
  return typeof value === 'string' && allowed.includes(value) ? null : `${name} is one of ${allowed.join(', ')}`;
}

function isChoice(name: string): name is ChoiceName {
  return Object.hasOwn(CHOICES, name);
}

function isSwitch(name: string): name is SwitchName {
  return SWITCHES.some((known) => known === name);
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
