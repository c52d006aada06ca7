import type { Permission, PermissionGrant, Policies, Profile } from '../../contract/policies.ts';

/** Wrong PINs in a row that lock an operator, and for how long the first, second and every later lock lasts. */
export const ATTEMPTS_BEFORE_LOCK = 3;
const LOCK_MINUTES = [1, 5, 15] as const;

/** How the ERP names a permission in `permissoes`. */
const ERP_NAMES: Readonly<Record<Permission, string>> = {
  administer_station: 'administrarEstacao',
  discount: 'desconto',
  cancel_sale: 'cancelar',
  abandon_sale: 'desistir',
  close_session: 'fecharCaixa',
  open_past_day: 'abrirCaixaAnterior',
  discard_document: 'descartarDocumento',
  erase_customer: 'apagarCliente',
  check_pix: 'conferirPix',
  cash_supply: 'suprimento',
  cash_withdrawal: 'sangria',
  see_expected: 'conferencia',
  sell_past_day: 'venderDiaAnterior',
  open_drawer: 'abrirGaveta',
};

const BY_OWN_RIGHT: Readonly<Record<Permission, PermissionGrant>> = {
  administer_station: 'yes',
  discount: 'yes',
  cancel_sale: 'yes',
  abandon_sale: 'yes',
  close_session: 'yes',
  open_past_day: 'yes',
  discard_document: 'yes',
  erase_customer: 'yes',
  check_pix: 'yes',
  cash_supply: 'yes',
  cash_withdrawal: 'yes',
  see_expected: 'yes',
  sell_past_day: 'yes',
  open_drawer: 'yes',
};

/**
 * What a profile may do when the ERP says nothing: a cashier needs a superior for what takes money back, and only a
 * supervisor ends what cannot be brought back.
 */
const DEFAULT_GRANTS: Readonly<Record<Profile, Readonly<Record<Permission, PermissionGrant>>>> = {
  cashier: {
    ...BY_OWN_RIGHT,
    administer_station: 'ask',
    cancel_sale: 'ask',
    open_past_day: 'ask',
    discard_document: 'ask',
    erase_customer: 'ask',
    check_pix: 'ask',
    cash_withdrawal: 'ask',
    see_expected: 'ask',
    sell_past_day: 'ask',
    open_drawer: 'ask',
  },
  manager: { ...BY_OWN_RIGHT, erase_customer: 'ask', administer_station: 'ask' },
  supervisor: BY_OWN_RIGHT,
};

const GRANTS: Readonly<Record<string, PermissionGrant>> = {
  sim: 'yes',
  nao: 'no',
  não: 'no',
  pede: 'ask',
  S: 'yes',
  N: 'no',
  T: 'yes',
  F: 'no',
};

/**
 * Whether an operator may do something: the ERP's own `permissoes` first, the profile's default otherwise.
 *
 * Source: the ERP register of operators; the defaults are trade practice.
 */
export function grantOf(
  profile: Profile,
  permissions: Readonly<Record<string, unknown>>,
  permission: Permission,
): PermissionGrant {
  const given = permissions[ERP_NAMES[permission]];
  if (given === true) return 'yes';
  if (given === false) return 'no';
  return (typeof given === 'string' ? GRANTS[given] : undefined) ?? DEFAULT_GRANTS[profile][permission];
}

/** The lowest profile that may do something by its own right when the ERP says nothing. */
export function lowestProfileFor(permission: Permission): Profile {
  return DEFAULT_GRANTS.manager[permission] === 'yes' ? 'manager' : 'supervisor';
}

/** The largest discount a profile may give, in basis points of the gross price. */
export function discountLimitOf(profile: Profile, policies: Policies): number {
  return policies.discountLimitBp[profile];
}

/**
 * What `failures` wrong PINs in a row lead to: how many are left, or how many minutes of lock.
 *
 * 3 lock 1 minute, 6 lock 5, 9 and every 3 more lock 15.
 */
export function afterWrongPin(failures: number): { readonly attemptsLeft: number; readonly lockMinutes: number } {
  const locks = Math.floor(failures / ATTEMPTS_BEFORE_LOCK);
  if (failures % ATTEMPTS_BEFORE_LOCK !== 0)
    return { attemptsLeft: ATTEMPTS_BEFORE_LOCK - (failures % ATTEMPTS_BEFORE_LOCK), lockMinutes: 0 };
  return { attemptsLeft: 0, lockMinutes: LOCK_MINUTES[Math.min(locks, LOCK_MINUTES.length) - 1] ?? 15 };
}
