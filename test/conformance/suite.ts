import { setTimeout as sleep } from 'node:timers/promises';
import type { KeptStations } from './kept-station.ts';
import type { ConformanceOptions } from './options.ts';
import type { Case } from './run-cases.ts';
import type { CardIds, Good, StationFacts } from './server-facts.ts';
import type { SoldSale, Till } from './till.ts';
import type { WireClient } from './wire-client.ts';
import type { WireProxy } from './wire-proxy.ts';
import type { Row } from './wire-values.ts';

/** What the cases share: the three ways to look at station and server, and what earlier cases found. */
export type Suite = {
  readonly options: ConformanceOptions;
  readonly wire: WireClient;
  readonly line: WireProxy;
  readonly till: Till;
  readonly kept: KeptStations;
  readonly found: Found;
};

export type Found = {
  station: StationFacts | null;
  /** Every product once, by its internal id. */
  products: ReadonlyMap<number, Row>;
  isCatalogWhole: boolean;
  goods: readonly Good[];
  /** A brand and an acquirer of the server, for payments by card; null where it registers none. */
  card: CardIds;
  readonly sold: Map<string, SoldSale>;
  /** As the server had them when they were read back, by number. */
  readonly orders: Map<string, Row>;
  customer: { readonly cpf: string; readonly personId: string } | null;
};

const DEFAULT_TIMEOUT_MS = 30_000;

/** Makes cases with their names, needs and bounds in one line each. */
export function makeCase(
  name: string,
  needs: readonly string[],
  run: () => Promise<void>,
  timeoutMs = DEFAULT_TIMEOUT_MS,
): Case {
  return { name, needs, run, timeoutMs };
}

/** What an earlier case found; it is there, as this one needs that one. */
export function needed<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`${what} is not known`);
  return value;
}

/** Asks again until `isRight`, for at most `timeoutMs`; answers the last one. */
export async function askUntil<Value>(
  ask: () => Promise<Value>,
  isRight: (value: Value) => boolean,
  timeoutMs: number,
): Promise<Value> {
  const endsAt = performance.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (isRight(value) || performance.now() > endsAt) return value;
    await sleep(250);
  }
}

/** Asks again until there is an answer, for at most `timeoutMs`. */
export async function eventually(isDone: () => boolean, what: string, timeoutMs: number): Promise<void> {
  const endsAt = performance.now() + timeoutMs;
  while (!isDone()) {
    if (performance.now() > endsAt) throw new Error(`${what} in ${Math.round(timeoutMs / 1000)} s`);
    await sleep(25);
  }
}
