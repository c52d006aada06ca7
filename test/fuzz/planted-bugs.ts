import type { ModulePatch } from '../support/patch-module.ts';

/** Decoders and handlers that trust what they are given; `target` is what must find it. */
export const fuzzBugs: readonly (ModulePatch & { readonly target: string })[] = [
  {
    name: 'a row is an object',
    target: 'connector',
    file: 'core/connectors/millennium/decode-list.ts',
    patches: [["  if (typeof row !== 'object' || row === null || Array.isArray(row)) return row;\n", '']],
  },
  {
    name: 'a count is a number',
    target: 'connector',
    file: 'core/connectors/millennium/decode-list.ts',
    patches: [
      [
        "erpIntegerOrNull.safeParse(parsed.data['odata.count'])",
        "{ success: true, data: erpIntegerOrNull.parse(parsed.data['odata.count']) }",
      ],
    ],
  },
  {
    name: 'an input is what it says',
    target: 'contract',
    file: 'core/dispatch.ts',
    patches: [
      [
        '    if (!parsed.success) return { ok: false, error: invalidInput(parsed.error, input) };\n',
        '    if (!parsed.success) Object.assign(parsed, { data: input });\n',
      ],
    ],
  },
];
