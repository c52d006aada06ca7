import fc from 'fast-check';

/** One change that spoils a value: where, as a path of places, and by what. */
export type Damage = {
  readonly path: readonly number[];
  readonly kind: 'put' | 'drop' | 'add' | 'twice' | 'rename';
  readonly put: unknown;
};

const LONG = 3_000;
/** What decoders stumble over. */
const NASTY: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  -0,
  1.5,
  1e308,
  -1e308,
  2 ** 53,
  Number.MIN_VALUE,
  1e12,
  '',
  ' ',
  '0',
  '-1',
  '1,5',
  '1.005',
  '1e400',
  'NaN',
  'Infinity',
  'null',
  'T',
  'S',
  '/Date(1789268400000-180)/',
  '/Date(99999999999999999)/',
  '/Date(-1)/',
  '2026-02-30',
  '2026-13-01T25:61:61Z',
  '0000-00-00',
  '\u0000',
  '\u0001\u001F',
  '\uD800',
  '\u202Eabc',
  'A\u0300',
  '\uFEFF',
  '<html><body>login</body></html>',
  "'; DROP TABLE sales; --",
  '__proto__',
  'constructor',
  '9'.repeat(400),
  'á'.repeat(LONG),
  [],
  {},
  [[]],
  [null],
  { toString: 1 },
  { value: [] },
];

/** Changes for any value, few at a time: what is nearly right goes further than what is not. */
export const damages: fc.Arbitrary<readonly Damage[]> = fc.array(
  fc.record({
    path: fc.array(fc.nat({ max: 30 }), { maxLength: 5 }),
    kind: fc.constantFrom('put', 'put', 'put', 'drop', 'add', 'twice', 'rename'),
    put: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...NASTY) },
      { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

/** `value` with the changes made; the value itself stays as it is. */
export function wreck(value: unknown, changes: readonly Damage[]): unknown {
  return changes.reduce((spoiled, change) => spoil(spoiled, change, 0), value);
}

function spoil(value: unknown, damage: Damage, depth: number): unknown {
  const place = damage.path[depth];
  if (Array.isArray(value)) {
    if (place === undefined || value.length === 0) return spoilList(value, damage);
    const at = place % value.length;
    return value.map((item, index) => (index === at ? spoil(item, damage, depth + 1) : item));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (place === undefined || entries.length === 0) return spoilObject(entries, place ?? 0, damage);
    const at = place % entries.length;
    if (damage.path[depth + 1] === undefined && damage.kind !== 'put') return spoilObject(entries, at, damage);
    return fromEntries(
      entries.map(([name, item], index) => [name, index === at ? spoil(item, damage, depth + 1) : item]),
    );
  }
  return damage.put;
}

function spoilList(list: readonly unknown[], { kind, put }: Damage): unknown {
  if (kind === 'drop') return list.slice(1);
  if (kind === 'twice') return [...list, ...list];
  return kind === 'add' ? [...list, put] : put;
}

function spoilObject(entries: readonly (readonly [string, unknown])[], at: number, { kind, put }: Damage): unknown {
  switch (kind) {
    case 'drop':
      return fromEntries(entries.filter((_entry, index) => index !== at));
    case 'add':
      return fromEntries([...entries, [typeof put === 'string' ? put : 'campo_novo', put]]);
    case 'rename':
      return fromEntries(entries.map(([name, item], index) => [index === at ? `${name}_x` : name, item]));
    case 'twice':
      return fromEntries(
        entries.flatMap(([name, item], index) =>
          index === at
            ? [
                [name, item],
                [name.toUpperCase(), put],
              ]
            : [[name, item]],
        ),
      );
    case 'put':
      return put;
  }
}

/** A field called `__proto__` is a field here, as it is for the parser of JSON. */
function fromEntries(entries: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries(entries);
}
