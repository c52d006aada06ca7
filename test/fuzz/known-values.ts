/** What a running store said last, by the names of its fields: what a person would send back. */
export type KnownValues = {
  readonly learn: (value: unknown) => void;
  readonly find: (name: string, index: number) => unknown;
};

/** Newest first; older ids belong to what is over. */
const KEPT = 24;
const MAX_DEPTH = 6;
const MAX_ROWS = 20;

export function createKnownValues(
  given: Readonly<Record<string, readonly unknown[]>>,
  fresh: () => string,
): KnownValues {
  const known = new Map<string, unknown[]>();

  function learn(value: unknown, name = '', depth = 0): void {
    if (depth > MAX_DEPTH || value === null || value === undefined) return;
    if (Array.isArray(value)) for (const item of value.slice(0, MAX_ROWS)) learn(item, name, depth + 1);
    else if (typeof value === 'object') for (const [key, item] of Object.entries(value)) learn(item, key, depth + 1);
    else if (name !== '' && typeof value !== 'boolean' && !Object.hasOwn(given, name)) {
      const kept = (known.get(name) ?? []).filter((other) => other !== value);
      known.set(name, [value, ...kept].slice(0, KEPT));
    }
  }

  return {
    learn,
    find: (name, index) => {
      // An intention of its own, but now and then one that was decided already.
      if (name === 'commandId' && index % 8 !== 0) return fresh();
      const values = Object.hasOwn(given, name) ? given[name] : known.get(name);
      // Half of the time the newest one, which is what the till is at.
      const at = index % 2 === 0 ? 0 : index;
      return values === undefined || values.length === 0 ? fresh() : values[at % values.length];
    },
  };
}
