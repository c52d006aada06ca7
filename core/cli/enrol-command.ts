import { formatCents } from '../../contract/format.ts';
import type { PricePreviewView } from '../../contract/setup-views.ts';
import type { MethodInput } from '../../contract/station-api.ts';
import type { LoadStepView, StationView } from '../../contract/station-views.ts';
import { alignColumns } from './columns.ts';
import { showRefusal, withStation, writeAnswer, type CommandContext } from './command-context.ts';
import { describeLoad, STEP_NAMES } from './describe-station.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { describePaymentTypes } from './payment-types-command.ts';
import type { PaymentKinds } from './setup-options.ts';
import { readPassword } from './read-password.ts';

/** As they are typed; what is left out is chosen by the contract. */
export type EnrolOptions = {
  readonly server: string;
  readonly user: string;
  readonly station: string;
  readonly customer?: string;
  readonly salesperson?: string;
  readonly saleEvent?: string;
  readonly returnEvent?: string;
  readonly map?: PaymentKinds;
  readonly timeZone?: string;
  readonly priceColumn?: 1 | 2;
};

/** `station enrol`: points this station at a server and loads its registers; the password comes from stdin. */
export async function enrolStation(context: CommandContext, options: EnrolOptions): Promise<ExitCode> {
  const password = await readPassword(context);
  if (password === null) return lackPassword(context);
  return withStation(context, async ({ core, client }) => {
    const tellStep = tellOnce(context);
    core.onEvent((event) => {
      if (event.event === 'load.changed') for (const step of event.view.steps) tellStep(step);
    });
    const enrolled = await client.call('setup.enrol', toEnrolment(options, password));
    if (!enrolled.ok) return showRefusal(context, enrolled.error);
    writeAnswer(context, { ok: true, output: enrolled.output }, () => describeEnrolment(enrolled.output));
    return enrolled.output.load.state === 'done' ? EXIT.ok : EXIT.attention;
  });
}

/** `station enrol --preview`: what a manager confirms against the tags before anything is kept. */
export async function previewEnrolment(context: CommandContext, options: EnrolOptions): Promise<ExitCode> {
  const password = await readPassword(context);
  if (password === null) return lackPassword(context);
  const { server, user, station } = options;
  return withStation(context, async ({ client }) => {
    const prices = await client.call('setup.previewPrices', { server, user, password, stationCode: station });
    if (!prices.ok) return showRefusal(context, prices.error);
    const types = await client.call('setup.previewPaymentTypes', { server, user, password });
    if (!types.ok) return showRefusal(context, types.error);
    const output = { prices: prices.output, paymentTypes: types.output };
    writeAnswer(context, { ok: true, output }, () => [
      'Confira com as etiquetas qual coluna a loja cobra (--price-column 1 ou 2):',
      ...describePrices(prices.output),
      '',
      'Tipos de pagamento, como a estação os entende (mude com --map):',
      ...describePaymentTypes(types.output),
      '',
      'Nada foi gravado. Repita sem --preview para cadastrar.',
    ]);
    return EXIT.ok;
  });
}

/** The options as the contract takes them; what was not typed is chosen there. */
export function toEnrolment(options: EnrolOptions, password: string): MethodInput<'setup.enrol'> {
  const { server, user, station, customer, salesperson, map, saleEvent, returnEvent, timeZone, priceColumn } = options;
  return {
    server,
    user,
    password,
    stationCode: station,
    customerCode: customer,
    salespersonCode: salesperson,
    paymentKinds: map === undefined ? undefined : [...map],
    saleEvent,
    returnEvent,
    timeZone,
    priceColumn,
  };
}

function lackPassword({ writeErr }: CommandContext): ExitCode {
  writeErr('Nenhuma senha na entrada. Exemplo: printf %s "$SENHA" | station enrol ...');
  return EXIT.usage;
}

function describePrices(rows: readonly PricePreviewView[]): string[] {
  if (rows.length === 0) return ['Nenhum produto com preço nesta vitrine.'];
  const price = (cents: number | null): string => (cents === null ? 'sem preço' : formatCents(cents));
  const cells = rows.map(({ barcode, description, color, size, price1Cents, price2Cents }) => [
    barcode,
    [description, color, size].filter((text) => text !== '').join(' · '),
    price(price1Cents),
    price(price2Cents),
  ]);
  return alignColumns([['Código', 'Produto', 'preco1', 'preco2'], ...cells]);
}

/** Says each step on standard error as it is done, so that a long load is seen to move. */
function tellOnce({ writeErr, json }: CommandContext): (step: LoadStepView) => void {
  const told = new Set<string>();
  return ({ step, state, rows }) => {
    if (json || state !== 'done' || told.has(step)) return;
    told.add(step);
    writeErr(`  ${STEP_NAMES[step]}: ${rows.toLocaleString('pt-BR')}`);
  };
}

/** The station as it came to be, and what is missing. */
export function describeEnrolment({ station, load }: StationView): string[] {
  const place = station === null ? '' : ` ${station.code} · ${station.branchName}`;
  const next =
    load.state === 'done'
      ? []
      : ['A carga continua sozinha quando o servidor responder; `station status` mostra onde está.'];
  const steps = alignColumns(load.steps.map((step) => [STEP_NAMES[step.step], step.rows.toLocaleString('pt-BR')]));
  return [`Estação${place} cadastrada.`, ...steps, `Carga inicial ${describeLoad(load)}.`, ...next];
}
