import { z } from 'zod';
import { DEFAULT_KEYS, KeyMap } from './keys.ts';
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

/** Two to eight characters, one of them no digit: no barcode of a product of the trade begins so. */
const ScanPrefix = z.string().regex(/^(?=.*[A-Z._-])[0-9A-Z._-]{2,8}$/);

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
  /** After so long without key, pointer or scan the till asks who is there; 0: never. */
  idleLockMinutes: z.int().min(0).max(480).default(3),
  /** What a salesperson's badge and a coupon begin with, before the code; null: there are none. */
  badgePrefix: ScanPrefix.nullable().default('VD-'),
  couponPrefix: ScanPrefix.nullable().default('CUP-'),
  /** The key of every function, and the payment types that have a digit of their own; the others take the free ones. */
  keys: KeyMap.default(DEFAULT_KEYS),
  paymentDigits: z.record(z.string().regex(/^[1-9]$/), z.int()).default({}),
  /** Whom a customer pays by Pix, in the bank's own spelling; null: no Pix here. The name is the branch's where null. */
  pixKey: z.string().nullable().default(null),
  pixName: z.string().nullable().default(null),
  pixCity: z.string().nullable().default(null),
});

export type Policies = z.infer<typeof Policies>;
export type Profile = z.infer<typeof Profile>;
export type Permission = z.infer<typeof Permission>;
export type PermissionGrant = z.infer<typeof PermissionGrant>;
