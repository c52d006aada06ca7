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
] as const;
export type CallFault = (typeof CALL_FAULTS)[number];

/** What may befall the store as a whole. */
const EVENTS = ['clock jump', 'server down', 'erp restored', 'disk restored'] as const;
export type WorldEvent = (typeof EVENTS)[number];

/** Which faults a seed has: a few at high rates find other things than all at low ones. */
export type Weather = {
  readonly mix: string;
  readonly has: (event: WorldEvent) => boolean;
  /** The fault of the next call, null for none. */
  readonly draw: () => CallFault | null;
  readonly note: (fault: string) => void;
  readonly faults: () => number;
  /** From here on nothing befalls any call. */
  readonly clear: () => void;
};

const RATES = [0.01, 0.03, 0.08, 0.15] as const;
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
      const rate = random.pick(RATES);
      if (rates.has(fault) || !random.chance(share) || total + rate > HIGHEST_RATE) continue;
      rates.set(fault, rate);
      total += rate;
    }
  }
  const events = new Set(EVENTS.filter((event) => random.chance(event === 'disk restored' ? 0.12 : 0.35)));
  let faults = 0;
  let isClear = false;
  return {
    mix: [...rates]
      .map(([fault, rate]) => `${fault} ${rate}`)
      .concat([...events])
      .join(', '),
    has: (event) => events.has(event),
    draw: () => {
      if (isClear) return null;
      let place = random.unit();
      for (const [fault, rate] of rates) {
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
