import { z } from 'zod';
import { erpFlag, erpInteger, erpText } from './field-codecs.ts';
import { lowerKeys } from './decode-list.ts';

/** A flag, or null when the server does not tell it: what is not told is not compared. */
const flagOrNull = z
  .unknown()
  .optional()
  .transform((value) => (value === undefined || value === null || value === '' ? null : erpFlag(false).parse(value)));

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
