import { listKeptCustomers } from '../../db/customer-doubt.ts';
import type { WriteTx } from '../../db/database-types.ts';
import { saveAlert } from '../../db/sync-mark-queries.ts';

/** Names in the alert; whoever knows of these asks the office about the rest. */
const MAX_NUMBERS = 5;
/** The fields of `findCustomerDifference` as people call them. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  name: 'nome',
  cpf: 'CPF',
  phone: 'telefone',
  email: 'e-mail',
  address: 'endereço',
  consents: 'consentimentos',
};

/** Tells people which customers an ERP that went back in time holds with other data than were said at this till. */
export function tellKeptCustomers(tx: WriteTx, nowMs: number): void {
  const kept = listKeptCustomers(tx);
  const named = kept.slice(0, MAX_NUMBERS).map(({ number, text }) => `${number} (${inWords(text)})`);
  const rest = kept.length > MAX_NUMBERS ? ` e mais ${kept.length - MAX_NUMBERS}` : '';
  const text = `Clientes com outros dados no ERP do que foi dito neste caixa: ${named.join('; ')}${rest}. Ficou o do ERP; se o do caixa é o certo, salve o cliente de novo.`;
  saveAlert(tx, { kind: 'customers_differ', text, atMs: nowMs });
}

/** `customer differs: phone, email` as people read it. */
function inWords(difference: string): string {
  const fields = difference.split(': ').at(-1)?.split(', ') ?? [];
  return fields.map((field) => FIELD_NAMES[field] ?? field).join(', ');
}
