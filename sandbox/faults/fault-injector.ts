import { createRandom, mixSeed, type Random } from '../seed/random.ts';
import type { Counters } from '../store/counters.ts';
import { FAULT_NAMES, NO_FAULTS, type FaultMix, type FaultName, type FaultSetting } from './fault-mix.ts';

/** One call as the faults see it. `oneOff` is what its x-sandbox-fault header asked for. */
export type FaultTarget = {
  readonly method: string;
  readonly isWrite: boolean;
  readonly oneOff: FaultName | undefined;
};

export type FaultInjector = {
  replace(mix: FaultMix): void;
  /** The setting of a fault that strikes this call, already counted; undefined when it does not strike. */
  strike(name: FaultName, target: FaultTarget): FaultSetting | undefined;
  current(): FaultMix;
  /** Firings by name over the life of the data file. */
  fired(): Record<FaultName, number>;
};

/** Without a list of methods these only make sense for writes: what is committed and not known. */
const WRITES_ONLY: ReadonlySet<FaultName> = new Set<FaultName>([
  'timeoutAfterCommit',
  'dropReply',
  'duplicateDelivery',
  'partialErrors',
]);

const ONE_OFF: FaultSetting = { rate: 1, ms: 1000, methods: [], max: Infinity };

/** Each fault draws from its own sequence, so that adding one to the mix does not move the others. */
export function createFaultInjector(counters: Counters, first: FaultMix): FaultInjector {
  let mix = NO_FAULTS;
  let draws = new Map<FaultName, Random>();
  let firedSinceSet = new Map<FaultName, number>();

  function replace(next: FaultMix): void {
    mix = next;
    draws = new Map(FAULT_NAMES.map((name) => [name, createRandom(mixSeed(next.seed, name))]));
    firedSinceSet = new Map();
  }

  function isStruck(name: FaultName, setting: FaultSetting, { method, isWrite }: FaultTarget): boolean {
    const fits =
      setting.methods.length > 0
        ? setting.methods.some((ending) => method.endsWith(ending))
        : isWrite || !WRITES_ONLY.has(name);
    if (!fits || (firedSinceSet.get(name) ?? 0) >= setting.max) return false;
    return (draws.get(name)?.next() ?? 1) < setting.rate;
  }

  replace(first);
  return {
    replace,
    strike(name, target) {
      const setting = target.oneOff === name ? ONE_OFF : mix.faults.get(name);
      if (setting === undefined) return undefined;
      if (setting !== ONE_OFF && !isStruck(name, setting, target)) return undefined;
      if (setting !== ONE_OFF) firedSinceSet.set(name, (firedSinceSet.get(name) ?? 0) + 1);
      counters.add('fault', name);
      return setting;
    },
    current: () => mix,
    fired() {
      const counts = counters.all('fault');
      return Object.fromEntries(FAULT_NAMES.map((name) => [name, counts[name] ?? 0])) as Record<FaultName, number>;
    },
  };
}
