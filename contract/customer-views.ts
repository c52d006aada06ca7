import { z } from 'zod';
import { Id, Instant } from './ids.ts';
import { DeliveryView } from './sale-views.ts';

/** Where a customer lives; `postalCode` eight digits, `state` two letters. */
export const CustomerAddress = z.object({
  street: z.string().trim().min(1).max(200),
  number: z.string().trim().max(10).default(''),
  complement: z.string().trim().max(200).default(''),
  district: z.string().trim().max(200).default(''),
  city: z.string().trim().min(1).max(60),
  state: z.string().regex(/^[A-Z]{2}$/, 'two capital letters'),
  postalCode: z.string().regex(/^\d{8}$/, 'eight digits'),
});

/** What the customer allows the shop to send, each asked for by itself. */
export const CustomerConsents = z.object({ email: z.boolean(), sms: z.boolean(), mail: z.boolean() });

const name = z.string().trim().min(3).max(60);
/** Area code and number, digits alone. */
const phone = z.string().regex(/^\d{10,11}$/, '10 or 11 digits');
const email = z.email().max(100);

/** What is typed of a new customer. Without `consents` nobody was asked, which is not a no. */
export const CustomerInput = z.object({
  name,
  cpf: z.string().max(20),
  phone: phone.nullable().default(null),
  email: email.nullable().default(null),
  address: CustomerAddress.nullable().default(null),
  consents: CustomerConsents.nullable().default(null),
});

/** What changes of a customer: a field that is left out stays, null empties it. */
export const CustomerChange = z.object({
  name: name.optional(),
  phone: phone.nullable().optional(),
  email: email.nullable().optional(),
  address: CustomerAddress.nullable().optional(),
  consents: CustomerConsents.nullable().optional(),
});

/**
 * A customer in a list: enough to tell two apart. One that only the ERP has carries its id there (`customerId`) instead
 * of a `personId`, and is brought here by `customer.fetch`.
 */
export const CustomerRowView = z.object({
  personId: Id.nullable(),
  customerId: z.int().nullable(),
  name: z.string(),
  maskedCpf: z.string(),
});

/** What a search found: first who is registered here, then who only the ERP has; `server` says whether that was asked. */
export const CustomerSearchView = z.object({
  customers: z.array(CustomerRowView),
  server: z.enum(['not_asked', 'answered', 'no_answer']),
});

/**
 * A registered customer, whole. `isAtServer`: the ERP has it under an id of its own. `delivery` is the way of what the
 * station told the ERP last; null when it told nothing.
 */
export const CustomerView = z.object({
  personId: Id,
  name: z.string(),
  maskedCpf: z.string(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  address: CustomerAddress.nullable(),
  consents: CustomerConsents.nullable(),
  registeredAt: Instant,
  isAtServer: z.boolean(),
  delivery: DeliveryView.nullable(),
});

export type CustomerAddress = z.infer<typeof CustomerAddress>;
export type CustomerConsents = z.infer<typeof CustomerConsents>;
export type CustomerRowView = z.infer<typeof CustomerRowView>;
export type CustomerSearchView = z.infer<typeof CustomerSearchView>;
export type CustomerView = z.infer<typeof CustomerView>;
