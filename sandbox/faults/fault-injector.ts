import { createRandom, mixSeed, type Random } from '../seed/random.ts';
import type { Counters } from '../store/counters.ts';
import { NO_FAULTS, ONE_OFF, type FaultMix, type FaultSetting } from './fault-mix.ts';
import { FAULT_NAMES, FAULTS, type FaultName, type FaultNeed } from './fault-names.ts';

/** One call as the faults see it. `oneOff` are those that its x-sandbox-fault header asked for. */
export type FaultTarget = {
  readonly method: string;
  readonly isWrite: boolean;
  readonly offers: ReadonlySet<FaultNeed>;
  readonly oneOff: readonly string[];
};

/** A fault that strikes, counted: `turn` is 1 for the first firing since the mix was set, 0 for a one-off. */
export type Strike = FaultSetting & { readonly turn: number };

export type FaultInjector = {
  replace(mix: FaultMix): void;
  /** How a fault strikes this call, already counted; undefined when it does not strike. */
  strike(name: FaultName, target: FaultTarget): Strike | undefined;
  current(): FaultMix;
  /** Firings by name over the life of the data file. */
  fired(): Record<FaultName, number>;
};

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
    const { fit } = FAULTS[name];
    const fits =
      setting.methods.length > 0
        ? setting.methods.some((ending) => method.endsWith(ending))
        : fit === 'any' || isWrite === (fit === 'write');
    if (!fits || (firedSinceSet.get(name) ?? 0) >= setting.max) return false;
    return (draws.get(name)?.next() ?? 1) < setting.rate;
  }

  function canStrike(name: FaultName, { offers }: FaultTarget): boolean {
    const fault = FAULTS[name];
    return !('needs' in fault) || offers.has(fault.needs);
  }

  replace(first);
  return {
    replace,
    strike(name, target) {
      if (!canStrike(name, target)) return undefined;
      const setting = mix.faults.get(name);
      const isOneOff = target.oneOff.includes(name);
      if (!isOneOff && (setting === undefined || !isStruck(name, setting, target))) return undefined;
      const turn = isOneOff ? 0 : (firedSinceSet.get(name) ?? 0) + 1;
      if (!isOneOff) firedSinceSet.set(name, turn);
      counters.add('fault', name);
      return { ...(isOneOff ? ONE_OFF : (setting ?? ONE_OFF)), turn };
    },
    current: () => mix,
    fired() {
      const counts = counters.all('fault');
      return Object.fromEntries(FAULT_NAMES.map((name) => [name, counts[name] ?? 0])) as Record<FaultName, number>;
    },
  };
}
