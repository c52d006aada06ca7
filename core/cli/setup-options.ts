import { InvalidArgumentError } from 'commander';
import type { MethodInput } from '../../contract/station-api.ts';
import { StationCode } from '../../contract/ids.ts';
import { PaymentKind } from '../../contract/sale-views.ts';
import { TimeZone } from '../../contract/time-zones.ts';

/** Payment types as kinds of the till, as the contract takes them. */
export type PaymentKinds = MethodInput<'setup.mapPaymentTypes'>['paymentKinds'];

export function parseStationCode(text: string): string {
  const code = StationCode.safeParse(text.toUpperCase());
  if (code.success) return code.data;
  throw new InvalidArgumentError('São três letras ou números, por exemplo E01.');
}

export function parseTimeZone(text: string): string {
  const zone = TimeZone.safeParse(text);
  if (zone.success) return zone.data;
  throw new InvalidArgumentError('É um nome da base IANA, por exemplo America/Manaus.');
}

export function parsePriceColumn(text: string): 1 | 2 {
  if (text === '1' || text === '2') return text === '1' ? 1 : 2;
  throw new InvalidArgumentError('É 1 ou 2.');
}

/** `8=credit_card,9=other`: the ERP's number of a payment type, and what the till takes it for. */
export function parsePaymentKinds(text: string): PaymentKinds {
  return text.split(',').map((pair) => {
    const [, id, word] = /^\s*(\d{1,9})\s*=\s*(\w+)\s*$/.exec(pair) ?? [];
    const kind = PaymentKind.safeParse(word);
    if (id !== undefined && kind.success) return { paymentTypeId: Number(id), kind: kind.data };
    throw new InvalidArgumentError(`Escreva 8=credit_card,9=other. Espécies: ${PaymentKind.options.join(', ')}.`);
  });
}
