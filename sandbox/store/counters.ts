import type { Store } from './open-store.ts';

export type CounterKind = 'call' | 'fault' | 'violation';

/** Counts that outlive the process; they belong to the data file, not to one start of the sandbox. */
export type Counters = {
  add(kind: CounterKind, name: string): void;
  all(kind: CounterKind): Record<string, number>;
};

export function createCounters({ countersDb }: Pick<Store, 'countersDb'>): Counters {
  const add = countersDb.prepare<[string, string]>(
    `INSERT INTO counters (kind, name, count) VALUES (?, ?, 1) ON CONFLICT (kind, name) DO UPDATE SET count = count + 1`,
  );
  const list = countersDb.prepare<[string], { name: string; count: number }>(
    'SELECT name, count FROM counters WHERE kind = ? ORDER BY name',
  );
  return {
    add: (kind, name) => void add.run(kind, name),
    all: (kind) => Object.fromEntries(list.all(kind).map(({ name, count }) => [name, count])),
  };
}
