import { ErpError } from '../http/erp-error.ts';
import { isJsonObject, numberField, type JsonObject, type JsonValue } from '../http/json.ts';

export const FAULT_NAMES = [
  'down',
  'slow',
  'timeoutAfterCommit',
  'dropReply',
  'http500',
  'duplicateDelivery',
  'partialErrors',
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

/**
 * How often one fault strikes: `rate` 0 to 1, `ms` only for slow, `methods` endings of method names (empty: every
 * method the fault fits), `max` firings since the mix was set.
 */
export type FaultSetting = {
  readonly rate: number;
  readonly ms: number;
  readonly methods: readonly string[];
  readonly max: number;
};

export type FaultMix = { readonly seed: number; readonly faults: ReadonlyMap<FaultName, FaultSetting> };

export const NO_FAULTS: FaultMix = { seed: 1, faults: new Map() };

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

export function isFaultName(name: string): name is FaultName {
  return FAULT_NAMES.some((known) => known === name);
}

function readSetting(name: FaultName, value: JsonValue): FaultSetting {
  if (!isJsonObject(value)) throw new ErpError(400, `the setting of ${name} is an object`);
  refuseUnknown(value, ['rate', 'ms', 'methods', 'max']);
  const methods = (value['methods'] ?? []) as JsonValue;
  if (!Array.isArray(methods) || !methods.every((method) => typeof method === 'string')) {
    throw new ErpError(400, `"methods" of ${name} is a list of method name endings`);
  }
  return {
    rate: numberField(value, 'rate') ?? 1,
    ms: numberField(value, 'ms') ?? 1000,
    methods: methods.map((method) => method.toLowerCase().replaceAll('/', '.')),
    max: numberField(value, 'max') ?? Infinity,
  };
}

function refuseUnknown(value: JsonObject, known: readonly string[]): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw new ErpError(400, `unknown setting ${unknown}; there are ${known.join(', ')}`);
}
