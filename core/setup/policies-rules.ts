import { Policies } from '../../contract/policies.ts';
import { parsePixKey } from '../pix/pix-key-rules.ts';
import { decodeKeyMap } from './key-map-rules.ts';
import { decodePaymentDigits } from './payment-digit-rules.ts';

/** The policies of a group in words the station understands, and the ERP's fields that make no sense. */
export type PoliciesReading = { readonly policies: Policies; readonly wrongFields: readonly string[] };

/** What holds where a group says nothing. */
const DEFAULTS = Policies.parse({});

/** How the ERP writes a policy, where it belongs here, and the number or truth it stands for. */
const FIELDS: readonly {
  readonly erp: string;
  readonly policy: Exclude<keyof Policies, 'discountLimitBp' | 'keys' | 'paymentDigits'>;
  readonly decode: (value: unknown, branchCode: string) => unknown;
}[] = [
  { erp: 'versao', policy: 'version', decode: toNumber },
  { erp: 'cancelamentoMinutos', policy: 'cancellationMinutes', decode: toNumber },
  { erp: 'trocaDias', policy: 'exchangeDays', decode: toNumber },
  { erp: 'vendedorObrigatorio', policy: 'salespersonRequired', decode: toBoolean },
  { erp: 'gavetaLimiteCents', policy: 'drawerLimitCents', decode: toNumber },
  { erp: 'parcelaMinimaCents', policy: 'installmentMinimumCents', decode: toNumber },
  { erp: 'bloqueioOciosoMin', policy: 'idleLockMinutes', decode: toNumber },
  { erp: 'crachaPrefixo', policy: 'badgePrefix', decode: toPrefix },
  { erp: 'cupomPrefixo', policy: 'couponPrefix', decode: toPrefix },
  { erp: 'pixChave', policy: 'pixKey', decode: toPixKey },
  { erp: 'pixNome', policy: 'pixName', decode: ofBranch },
  { erp: 'pixCidade', policy: 'pixCity', decode: ofBranch },
];

const PROFILES = [
  { erp: 'caixa', profile: 'cashier' },
  { erp: 'gerente', profile: 'manager' },
  { erp: 'supervisor', profile: 'supervisor' },
] as const;

/**
 * Reads the `politicas` of a station group.
 *
 * A policy the group leaves out (absent or null) has its default. One that makes no sense (a discount of 200 %, a
 * text where a number belongs) has its default too and is named in `wrongFields`: set-up refuses it, the till sells on.
 * What differs by branch may be written as a list by the branch's code: `branchCode` chooses.
 */
export function decodePolicies(erp: Readonly<Record<string, unknown>>, branchCode: string): PoliciesReading {
  const policies: Record<string, unknown> = { ...DEFAULTS };
  const wrongFields: string[] = [];
  for (const { erp: name, policy, decode } of FIELDS) {
    const given = erp[name];
    if (given === undefined || given === null) continue;
    const parsed = Policies.shape[policy].safeParse(decode(given, branchCode));
    if (parsed.success) policies[policy] = parsed.data;
    else wrongFields.push(name);
  }
  const limits = decodeLimits(erp['descontoMaxBp']);
  policies['discountLimitBp'] = limits.limits;
  const { keys, wrongFields: wrongKeys } = decodeKeyMap(erp['teclas']);
  policies['keys'] = keys;
  const { digits, wrongFields: wrongDigits } = decodePaymentDigits(erp['digitosPagamento']);
  policies['paymentDigits'] = digits;
  // Every field was parsed by its own type above.
  return {
    policies: policies as Policies,
    wrongFields: [...wrongFields, ...limits.wrongFields, ...wrongKeys, ...wrongDigits],
  };
}

function decodeLimits(given: unknown): {
  readonly limits: Policies['discountLimitBp'];
  readonly wrongFields: string[];
} {
  const limits = { ...DEFAULTS.discountLimitBp };
  if (given === undefined || given === null) return { limits, wrongFields: [] };
  if (typeof given !== 'object') return { limits, wrongFields: ['descontoMaxBp'] };
  const wrongFields: string[] = [];
  for (const { erp, profile } of PROFILES) {
    const value = (given as Readonly<Record<string, unknown>>)[erp];
    if (value === undefined || value === null) continue;
    const limit = toNumber(value);
    if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 0 && limit <= 10_000) limits[profile] = limit;
    else wrongFields.push(`descontoMaxBp.${erp}`);
  }
  return { limits, wrongFields };
}

/** The ERP writes numbers as texts too; what is neither stays as it is and is refused by the policy's own type. */
function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}

function toBoolean(value: unknown): unknown {
  if (value === 'T' || value === '1' || value === 1 || value === 'sim') return true;
  if (value === 'F' || value === '0' || value === 0 || value === 'nao') return false;
  return value;
}

/** One value for the whole group, or one for each branch by its code; a branch that is not named has none. */
function ofBranch(value: unknown, branchCode: string): unknown {
  const own =
    typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[branchCode] : value;
  if (own === undefined || own === null) return null;
  return typeof own === 'string' ? own.trim() || null : own;
}

/** An empty text says that there are none. */
function toPrefix(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toUpperCase() || null : value;
}

/** A number is no key: whatever it was meant to be, its zeros in front are gone. */
function toPixKey(value: unknown, branchCode: string): unknown {
  const own = ofBranch(value, branchCode);
  return typeof own === 'string' ? (parsePixKey(own) ?? false) : own;
}
