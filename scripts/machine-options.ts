import { parseArgs } from 'node:util';

/** A command line that cannot be understood; says which option, what it was given, and what would be right. */
export class WrongOption extends Error {
  override readonly name = 'WrongOption';
}

/** One option of a command: what its text means, or what it is without any. Throws `WrongOption`. */
export type Option<Value> = {
  readonly type: 'string' | 'boolean';
  readonly read: (name: string, given: string | boolean | undefined) => Value;
};

/** What each option of a shape came to; every machine knows `--json`. */
type Read<Shape> = { readonly [Name in keyof Shape]: Shape[Name] extends Option<infer Value> ? Value : never } & {
  readonly json: boolean;
};

/** How a machine reads its command line. */
export function optionsReader<Shape extends Readonly<Record<string, Option<unknown>>>>(
  shape: Shape,
): (args: readonly string[]) => Read<Shape> {
  const options = { ...shape, json: flag() };
  return (args) => {
    const given = parse(args, options);
    const read = Object.entries(options).map(([name, option]) => [name, option.read(name, given[name])]);
    return Object.fromEntries(read) as Read<Shape>;
  };
}

export function flag(): Option<boolean> {
  return { type: 'boolean', read: (_name, given) => given === true };
}

/** Null without it. */
export function text(): Option<string | null> {
  return optionOf(null, 'a text', (given) => (given === '' ? undefined : given));
}

/** Null without it. */
export function oneOf<Name extends string>(names: readonly Name[]): Option<Name | null> {
  return optionOf(null, `one of: ${names.join(', ')}`, (given) => names.find((name) => name === given));
}

export function wholeNumber<Standard extends number | null>(
  standard: Standard,
  least = 0,
  most = Number.MAX_SAFE_INTEGER,
): Option<number | Standard> {
  const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  return optionOf(standard, `a whole number ${range}`, (given) => {
    const value = Number(given);
    return /^\d+$/.test(given) && value >= least && value <= most ? value : undefined;
  });
}

export function seconds(standard: number): Option<number> {
  return optionOf(standard, 'a number of seconds above 0', (given) => {
    const value = Number(given);
    return value > 0 && Number.isFinite(value) ? value : undefined;
  });
}

function optionOf<Value, Standard>(
  standard: Standard,
  right: string,
  understand: (given: string) => Value | undefined,
): Option<Value | Standard> {
  return {
    type: 'string',
    read: (name, given) => {
      if (typeof given !== 'string') return standard;
      const value = understand(given);
      if (value === undefined) throw new WrongOption(`--${name} "${given}" is not ${right}`);
      return value;
    },
  };
}

/** An option that is none of these, or that lacks its value, is told in Node's words. */
function parse(
  args: readonly string[],
  options: Readonly<Record<string, Option<unknown>>>,
): Readonly<Record<string, string | boolean | undefined>> {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new WrongOption(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
