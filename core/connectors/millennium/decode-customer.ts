import { z } from 'zod';
import { CustomerAddress } from '../../../contract/customer-views.ts';
import type { FoundCustomer } from '../customer-document.ts';
import { erpFlag, erpInteger, erpText } from './field-codecs.ts';
import { lowerKeys } from './decode-list.ts';

/** A flag, or null when the server does not tell it: what is not told is not compared. */
const flagOrNull = z
  .unknown()
  .optional()
  .transform((value, context) => {
    if (value === undefined || value === null || value === '') return null;
    const flag = erpFlag(false).safeParse(value);
    if (flag.success) return flag.data;
    context.addIssue({ code: 'custom', message: 'is not a flag' });
    return z.NEVER;
  });

/** An address as the server gave it: it is sent back with all it had. */
const Address = z.preprocess(lowerKeys, z.record(z.string(), z.unknown()));

/**
 * A customer as the ERP holds it, with what is compared to what the till sent. Personal data: it lives as long as one
 * push and goes into no text.
 */
export const MillenniumPerson = z
  .object({
    cliente: erpInteger,
    nome: erpText,
    cpf: erpText,
    e_mail: erpText,
    ddd_cel: erpText,
    cel: erpText,
    permite_enviar_newsletter: flagOrNull,
    permite_enviar_sms: flagOrNull,
    maladireta: flagOrNull,
    endereco: z
      .array(Address)
      .nullish()
      .transform((rows) => rows ?? []),
  })
  .transform((row) => ({
    customerId: row.cliente,
    name: row.nome,
    cpf: row.cpf.replaceAll(/\D/g, ''),
    email: row.e_mail,
    phone: `${row.ddd_cel}${row.cel}`.replaceAll(/\D/g, '').replace(/^0+/, ''),
    consents: { email: row.permite_enviar_newsletter, sms: row.permite_enviar_sms, mail: row.maladireta },
    addresses: row.endereco,
  }));
export type MillenniumPerson = z.output<typeof MillenniumPerson>;

/** What the till takes over of a customer; what it would not take from a keyboard stays at the ERP. */
export function toFoundCustomer({
  customerId,
  cpf,
  name,
  phone,
  email,
  consents,
  addresses,
}: MillenniumPerson): FoundCustomer {
  const { email: byEmail, sms, mail } = consents;
  const address = addresses.map((row) => CustomerAddress.safeParse(toAddress(row))).find(({ success }) => success);
  return {
    customerId,
    person: {
      cpf,
      name,
      phone: /^\d{10,11}$/.test(phone) ? phone : null,
      email: z.email().max(100).safeParse(email).success ? email : null,
      address: address?.data ?? null,
      consents: byEmail === null || sms === null || mail === null ? null : { email: byEmail, sms, mail },
    },
  };
}

function toAddress(row: Readonly<Record<string, unknown>>): unknown {
  return {
    street: row['logradouro'],
    number: row['numero'] ?? '',
    complement: row['complemento'] ?? '',
    district: row['bairro'] ?? '',
    city: row['cidade'],
    state: row['estado'],
    postalCode: typeof row['cep'] === 'string' ? row['cep'].replaceAll(/\D/g, '') : row['cep'],
  };
}
