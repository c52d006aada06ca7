import { z } from 'zod';
import { millenniumMethods } from './millennium-methods.ts';

type MethodKey = keyof typeof millenniumMethods;

/** A path below /api: parts parted by slashes or dots, no query. */
const Name = z.string().regex(/^[\w!$-]+([./][\w!$-]+)+$/, 'is not library/object/method');
const Library = z.string().regex(/^[\w!$-]+$/, 'is not the name of a library');

const keys = Object.keys(millenniumMethods) as [MethodKey, ...MethodKey[]];

/**
 * What one installation calls otherwise: whole libraries, and single methods by the key of `millenniumMethods`.
 * A key that does not exist is refused, because it would be a spelling mistake without an effect.
 */
const MethodOverrides = z.strictObject({
  libraries: z.record(Library, Library).default({}),
  methods: z.partialRecord(z.enum(keys), Name).default({}),
});
export type MethodOverrides = z.output<typeof MethodOverrides>;

/** How this installation spells a method of the contract. */
export type MethodNames = (method: string) => string;

/** Reads overrides; the problem names the field. */
export function readMethodOverrides(
  value: unknown,
): { readonly ok: true; readonly overrides: MethodOverrides } | { readonly ok: false; readonly problem: string } {
  const parsed = MethodOverrides.safeParse(value);
  if (parsed.success) return { ok: true, overrides: parsed.data };
  const issue = parsed.error.issues[0];
  return { ok: false, problem: issue === undefined ? 'cannot be read' : `${issue.path.join('.')}: ${issue.message}` };
}

/** A method that is named wins over its library. */
export function createMethodNames({ libraries, methods }: MethodOverrides): MethodNames {
  const named = new Map<string, string>(
    Object.entries(methods).map(([key, name]) => [millenniumMethods[key as MethodKey], name]),
  );
  return (method) => {
    const own = named.get(method);
    if (own !== undefined) return own;
    const [library = '', ...rest] = method.split('/');
    return [libraries[library] ?? library, ...rest].join('/');
  };
}
