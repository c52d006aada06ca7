/** The samples of one round, in milliseconds or megabytes: the product's and, right before or after them, the floor's. */
export type Round = { readonly product: readonly number[]; readonly floor: readonly number[] };

/**
 * What a benchmark found, in `unit`.
 *
 * value, floor: medians over the rounds of each round's median. ratio: the median of the rounds' own ratios, because a
 * round's two halves share the noise of their moment. p50, p99, floorP99: over all samples.
 */
export type Measured = {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB';
  readonly p50: number;
  readonly p99: number;
  readonly floor: number;
  readonly ratio: number;
  readonly floorP99: number;
  readonly rounds: number;
  readonly samples: number;
  /** More figures of the same run, named with their unit. */
  readonly details: Readonly<Record<string, number>>;
};

/** Rounds below this are noise; a run that has no time for them fails rather than report. */
export const MIN_ROUNDS = 5;

/**
 * Runs `round` until there are `rounds` of them or, with enough of them, the time is over. The first ones are warm-up:
 * a just started V8 has compiled nothing. `atLeast` is for rounds of minutes: fewer than usual, and the result says so.
 */
export async function runRounds(
  plan: { readonly rounds: number; readonly warmUp: number; readonly maxMs: number; readonly atLeast?: number },
  round: (index: number) => Promise<Round>,
): Promise<Round[]> {
  const least = plan.atLeast ?? MIN_ROUNDS;
  const wanted = Math.max(least, plan.rounds);
  for (let index = 0; index < plan.warmUp; index += 1) await round(index);
  const end = performance.now() + plan.maxMs;
  const rounds: Round[] = [];
  while (rounds.length < wanted && (rounds.length < least || performance.now() < end)) {
    rounds.push(await round(plan.warmUp + rounds.length));
  }
  return rounds;
}

/** Puts rounds together. */
export function measure(
  name: string,
  rounds: readonly Round[],
  details: Readonly<Record<string, number>>,
  unit: Measured['unit'] = 'ms',
): Measured {
  const product = rounds.flatMap((round) => round.product);
  const floor = rounds.flatMap((round) => round.floor);
  return {
    name,
    value: rounded(median(rounds.map((round) => median(round.product)))),
    unit,
    p50: rounded(percentile(product, 0.5)),
    p99: rounded(percentile(product, 0.99)),
    floor: rounded(median(rounds.map((round) => median(round.floor)))),
    ratio: rounded(median(rounds.map((round) => median(round.product) / median(round.floor)))),
    floorP99: rounded(percentile(floor, 0.99)),
    rounds: rounds.length,
    samples: product.length,
    details: Object.fromEntries(Object.entries(details).map(([key, value]) => [key, rounded(value)])),
  };
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5);
}

/** The smallest sample that at least `share` of all samples do not pass. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  if (found === undefined) throw new Error('nothing was measured');
  return found;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
