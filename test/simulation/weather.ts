import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';

/** What may befall one call; each seed has some of them, at rates of its own. */
export const CALL_FAULTS = [
  'lost request',
  'lost reply',
  'slow request',
  'slow reply',
  'delivered twice',
  'http 500',
  '200 with error',
  'licence busy',
  'records busy',
  'record passed over',
  'reset',
  'html',
  'empty reply',
  'torn list',
  'acoes short',
  'acoes reversed',
  'unexplained 401',
  'another call',
  'late commit',
] as const;
export type CallFault = (typeof CALL_FAULTS)[number];

/** What a call carries: some faults are of some calls alone, which are few, and are drawn for them at higher rates. */
export type CallKind = 'records' | 'list' | 'sale' | 'other';
const ONLY_FOR: Partial<Readonly<Record<CallFault, CallKind>>> = {
  'records busy': 'records',
  'record passed over': 'records',
  'acoes short': 'records',
  'acoes reversed': 'records',
  'torn list': 'list',
  'late commit': 'sale',
};

/** What may befall the store as a whole. */
const EVENTS = [
  'clock jump',
  'server down',
  'long outage',
  'late rows',
  'poison record',
  'erp restored',
  'disk restored',
] as const;
/** How often a day has it: most often one in three. */
const CHANCES: Partial<Readonly<Record<WorldEvent, number>>> = {
  'long outage': 0.2,
  'poison record': 0.2,
  'disk restored': 0.12,
};
export type WorldEvent = (typeof EVENTS)[number];

/** Which faults a seed has: a few at high rates find other things than all at low ones. */
export type Weather = {
  readonly mix: string;
  readonly has: (event: WorldEvent) => boolean;
  /** The fault of the next call, null for none. */
  readonly draw: (kind: CallKind) => CallFault | null;
  readonly note: (fault: string) => void;
  readonly faults: () => number;
  /** From here on nothing befalls any call. */
  readonly clear: () => void;
};

const RATES = [0.01, 0.03, 0.08, 0.15] as const;
const RATES_OF_FEW = [0.05, 0.15, 0.3] as const;
/** Not more than this of all calls: a server that answers nothing is the outage's affair. */
const HIGHEST_RATE = 0.4;
const LEAST_RATE = 0.06;

export function createWeather(random: SeededRandom): Weather {
  const share = random.pick([0.15, 0.3, 0.6, 1]);
  const rates = new Map<CallFault, number>();
  let total = 0;
  // Chosen until there are some: a day on which nothing but an outage happens shows little.
  while (total < LEAST_RATE) {
    for (const fault of CALL_FAULTS) {
      const isOfFew = ONLY_FOR[fault] !== undefined;
      const rate = random.pick(isOfFew ? RATES_OF_FEW : RATES);
      const general = isOfFew ? 0 : rate;
      if (rates.has(fault) || !random.chance(share) || total + general > HIGHEST_RATE) continue;
      rates.set(fault, rate);
      total += general;
    }
  }
  const events = new Set(EVENTS.filter((event) => random.chance(CHANCES[event] ?? 0.35)));
  let faults = 0;
  let isClear = false;
  return {
    mix: [...rates]
      .map(([fault, rate]) => `${fault} ${rate}`)
      .concat([...events])
      .join(', '),
    has: (event) => events.has(event),
    draw: (kind) => {
      if (isClear) return null;
      let place = random.unit();
      for (const [fault, rate] of rates) {
        if ((ONLY_FOR[fault] ?? kind) !== kind) continue;
        place -= rate;
        if (place < 0) return fault;
      }
      return null;
    },
    note: () => {
      faults += 1;
    },
    faults: () => faults,
    clear: () => {
      isClear = true;
    },
  };
}
