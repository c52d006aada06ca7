import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { KEY_FUNCTIONS } from '../../contract/keys.ts';
import { keyTexts } from '../../contract/key-texts.ts';

const DOCUMENT = new URL('../../docs/keys.md', import.meta.url);

it('docs/keys.md lists every function with its policy name and its key, and no other', () => {
  const written = readFileSync(DOCUMENT, 'utf8')
    .split('| function | `teclas` | default |\n|---|---|---|\n')[1]
    ?.split('\n\n')[0]
    ?.split('\n');
  const { functions } = keyTexts['pt-BR'];
  expect(written).toEqual(
    KEY_FUNCTIONS.map(({ name, erp, key }) => `| ${functions[name]} | \`${erp}\` | \`${key}\` |`),
  );
});
