import { z } from 'zod';
import { Cents, RateBp } from './money.ts';

/** What an operator may do: by authority, from the till to the head office. */
export const Profile = z.enum(['cashier', 'manager', 'supervisor']);

/** A three-valued permission: allowed, refused, or allowed with a superior's PIN on the spot. */
export const PermissionGrant = z.enum(['yes', 'no', 'ask']);

/** What may need a superior. */
export const Permission = z.enum([
  'administer_station',
  'discount',
  'cancel_sale',
  'abandon_sale',
  'close_session',
  'open_past_day',
  'discard_document',
  'erase_customer',
  'check_pix',
  'cash_supply',
  'cash_withdrawal',
  'see_expected',
  'sell_past_day',
  'open_drawer',
]);

/**
 * The rules of a station group, read from the ERP with the group and versioned: the version is stamped on each document.
 *
 * Units are in the names. Defaults are trade practice, used when the group leaves a policy out.
 */
export const Policies = z.object({
  version: z.int().default(0),
  discountLimitBp: z
    .object({ cashier: RateBp, manager: RateBp, supervisor: RateBp })
    .default({ cashier: 500, manager: 1500, supervisor: 3000 }),
  cancellationMinutes: z.int().min(0).default(30),
  exchangeDays: z.int().min(0).default(30),
  salespersonRequired: z.boolean().default(true),
  drawerLimitCents: Cents.default(80_000),
  installmentMinimumCents: Cents.default(5_000),
  idleLockMinutes: z.int().min(0).default(3),
  /** Whom a customer pays by Pix, in the bank's own spelling; null: no Pix here. The name is the branch's where null. */
  pixKey: z.string().nullable().default(null),
  pixName: z.string().nullable().default(null),
  pixCity: z.string().nullable().default(null),
});

export type Policies = z.infer<typeof Policies>;
export type Profile = z.infer<typeof Profile>;
export type Permission = z.infer<typeof Permission>;
export type PermissionGrant = z.infer<typeof PermissionGrant>;
