import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { expectedWords } from '../../contract/input-words.ts';
import { stationApi, type MethodName } from '../../contract/station-api.ts';

const issuesOf = (schema: z.ZodType, input: unknown): z.core.$ZodIssue[] => schema.safeParse(input).error?.issues ?? [];
const words = (schema: z.ZodType, input: unknown): unknown => {
  const [issue] = issuesOf(schema, input);
  return issue === undefined ? null : Object.values(expectedWords(issue));
};

test.each([
  [z.int(), '12.5', ['um número', 'a number']],
  [z.int(), 12.5, ['um número inteiro', 'a whole number']],
  [z.int().min(0), -1, ['no mínimo 0', 'at least 0']],
  [z.int().positive(), 0, ['mais de 0', 'more than 0']],
  [z.int().max(48), 49, ['no máximo 48', 'at most 48']],
  [z.string().min(1), '', ['um texto que não seja vazio', 'a text that is not empty']],
  [z.string().min(3), 'a', ['no mínimo 3 letras', 'at least 3 characters']],
  [z.array(z.int()).min(1), [], ['no mínimo 1 item', 'at least 1 items']],
  [z.uuid(), 'x', ['um identificador (UUID)', 'an identifier (UUID)']],
  [z.iso.date(), '13/09/2026', ['um dia, como 2026-09-13', 'a day, such as 2026-09-13']],
  [z.enum(['a', 'b']), 'c', ['um destes: a, b', 'one of: a, b']],
  [z.literal(1), 2, ['1', '1']],
  [z.uuid().nullable(), 3, ['um texto', 'a text']],
  [z.union([z.literal(1), z.literal(2)]), 3, ['1', '1']],
  [z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })]), { kind: 'c' }, ['a', 'a']],
  [z.boolean(), 'sim', ['true (sim) ou false (não)', 'true or false']],
])('says what would be right: %#', (schema, input, said) => {
  expect(words(schema, input)).toEqual(said);
});

describe('every method of the station', () => {
  const strange = [undefined, null, '', 'x', -1, 1.5, [], {}, true, '€'.repeat(500), Number.MAX_SAFE_INTEGER + 1];
  const names = Object.keys(stationApi) as MethodName[];

  it('has words of our own for what is wrong in each of its fields', () => {
    const unknown = new Set<string>();
    let issues = 0;
    for (const name of names) {
      const { input } = stationApi[name];
      const fields = input instanceof z.ZodObject ? Object.keys(input.shape) : [];
      const inputs = [...strange, ...fields.flatMap((field) => strange.map((value) => ({ [field]: value })))];
      for (const issue of inputs.flatMap((value) => issuesOf(input, value))) {
        issues += 1;
        const { pt, en } = expectedWords(issue);
        if (pt === 'um valor válido') unknown.add(`${name} ${issue.path.join('.')}: ${issue.code} ${issue.message}`);
        expect(`${pt} ${en}`).not.toMatch(/\b(invalid|expected|undefined|NaN)\b/i);
      }
    }
    expect(issues).toBeGreaterThan(1000);
    expect([...unknown]).toEqual([]);
  });
});
