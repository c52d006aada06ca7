import type { Measured } from './measure/rounds.ts';

/** A benchmark's options by name; all are numbers, each has a default. */
export type BenchOptions = Readonly<Record<string, number>>;

/** What a benchmark is given: its options, where to write for a person, where to leave profiles. */
export type BenchRun = {
  readonly options: BenchOptions;
  readonly note: (line: string) => void;
  /** Folder for `.cpuprofile` files of the process that is timed, or null. */
  readonly profile: string | null;
};

/** One benchmark: a file of its own in `bench/`, listed in `bench/main.ts`. */
export type Bench = {
  readonly name: string;
  /** What is timed, and against which floor. */
  readonly summary: string;
  readonly defaults: BenchOptions;
  /** What must hold; words for a person and the test of a result. */
  readonly target: { readonly text: string; readonly isMet: (measured: Measured) => boolean };
  readonly run: (run: BenchRun) => Promise<Measured>;
};

/** The value of an option that the benchmark itself declared. */
export function optionOf(options: BenchOptions, name: string): number {
  const value = options[name];
  if (value === undefined) throw new Error(`option ${name} has no default`);
  return value;
}
