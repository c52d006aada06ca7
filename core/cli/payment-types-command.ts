import type { PaymentKind } from '../../contract/sale-views.ts';
import type { PaymentMappingView } from '../../contract/setup-views.ts';
import { alignColumns } from './columns.ts';
import { show, withStation, type CommandContext } from './command-context.ts';
import type { ExitCode } from './exit-codes.ts';
import type { PaymentKinds } from './setup-options.ts';

/** `station payment-types`: the de/para of payment types; with `--map` it is changed first. */
export function showPaymentTypes(context: CommandContext, paymentKinds: PaymentKinds): Promise<ExitCode> {
  return withStation(context, (station) =>
    paymentKinds.length === 0
      ? show(context, station, 'setup.paymentTypes', {}, describePaymentTypes)
      : show(context, station, 'setup.mapPaymentTypes', { paymentKinds }, describePaymentTypes),
  );
}

const KINDS: Partial<Readonly<Record<PaymentKind, string>>> = {
  cash: 'dinheiro',
  credit_card: 'cartão de crédito',
  debit_card: 'cartão de débito',
  pix: 'Pix',
  store_credit: 'vale-troca',
  other: 'outro',
};

/** Each payment type, what the till takes it for, and where a person decided otherwise than the guess. */
export function describePaymentTypes(types: readonly PaymentMappingView[]): string[] {
  if (types.length === 0) return ['Nenhum tipo de pagamento ainda: cadastre a estação com `station enrol`.'];
  const rows = types.map(({ paymentTypeId, description, guessedKind, kind }) => [
    String(paymentTypeId),
    description,
    words(kind),
    kind === guessedKind ? '' : `escolhido aqui; pelo nome seria ${words(guessedKind)}`,
  ]);
  return alignColumns([['Tipo', 'Nome no ERP', 'Na estação', ''], ...rows]);
}

function words(kind: PaymentKind): string {
  return `${KINDS[kind] ?? kind} (${kind})`;
}
