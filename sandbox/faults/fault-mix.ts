import { ErpError } from '../http/erp-error.ts';
import { isJsonObject, numberField, textField, type JsonObject, type JsonValue } from '../http/json.ts';
import { FAULT_NAMES, isFaultName, type FaultName } from './fault-names.ts';

export const DRIFTS = ['new', 'missing', 'renamed'] as const;
export type Drift = (typeof DRIFTS)[number];
export const LICENCE_STATUSES = [401, 429, 500, 503] as const;

/**
 * How often one fault strikes: `rate` 0 to 1, `methods` endings of method names (empty: every method the fault fits),
 * `max` firings since the mix was set. `ms` is for slow and trickle, `bytes` for giantBody; `status` of licenceBusy
 * and `kind` of schemaDrift take turns when they are undefined.
 */
export type FaultSetting = {
  readonly rate: number;
  readonly ms: number;
  readonly bytes: number;
  readonly status: number | undefined;
  readonly kind: Drift | undefined;
  readonly methods: readonly string[];
  readonly max: number;
};

export type FaultMix = { readonly seed: number; readonly faults: ReadonlyMap<FaultName, FaultSetting> };

export const NO_FAULTS: FaultMix = { seed: 1, faults: new Map() };
/** What one call alone asks for by its header. */
export const ONE_OFF: FaultSetting = {
  rate: 1,
  ms: 1000,
  bytes: 64 * 1024 * 1024,
  status: undefined,
  kind: undefined,
  methods: [],
  max: Infinity,
};

/** Reads `{"seed":n,"faults":{"slow":{"rate":0.1,"ms":200,"methods":["inclui"],"max":5}}}`; refuses unknown names. */
export function readFaultMix(value: unknown): FaultMix {
  if (!isJsonObject(value)) throw new ErpError(400, 'a fault mix is {"seed":n,"faults":{...}}');
  refuseUnknown(value, ['seed', 'faults']);
  const given = value['faults'] ?? {};
  if (!isJsonObject(given)) throw new ErpError(400, '"faults" is an object by fault name');
  const faults = new Map<FaultName, FaultSetting>();
  for (const [name, setting] of Object.entries(given)) {
    if (!isFaultName(name)) throw new ErpError(400, `unknown fault ${name}; there are ${FAULT_NAMES.join(', ')}`);
    faults.set(name, readSetting(name, setting));
  }
  return { seed: numberField(value, 'seed') ?? 1, faults };
}

function readSetting(name: FaultName, value: JsonValue): FaultSetting {
  if (!isJsonObject(value)) throw new ErpError(400, `the setting of ${name} is an object`);
  refuseUnknown(value, Object.keys(ONE_OFF));
  const methods = (value['methods'] ?? []) as JsonValue;
  if (!Array.isArray(methods) || !methods.every((method) => typeof method === 'string')) {
    throw new ErpError(400, `"methods" of ${name} is a list of method name endings`);
  }
  const status = numberField(value, 'status');
  if (status !== undefined && !LICENCE_STATUSES.some((known) => known === status))
    throw new ErpError(400, `"status" of ${name} is one of ${LICENCE_STATUSES.join(', ')}`);
  const kind = DRIFTS.find((known) => known === textField(value, 'kind'));
  if (kind === undefined && textField(value, 'kind') !== undefined)
    throw new ErpError(400, `"kind" of ${name} is one of ${DRIFTS.join(', ')}`);
  return {
    rate: numberField(value, 'rate') ?? ONE_OFF.rate,
    ms: numberField(value, 'ms') ?? ONE_OFF.ms,
    bytes: numberField(value, 'bytes') ?? ONE_OFF.bytes,
    status,
    kind,
    methods: methods.map((method) => method.toLowerCase().replaceAll('/', '.')),
    max: numberField(value, 'max') ?? Infinity,
  };
}

function refuseUnknown(value: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new ErpError(400, `unknown setting ${unknown}; there are ${known.join(', ')}`);
}
