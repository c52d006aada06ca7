import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findForeignLicences } from '../../scripts/licences.ts';

test('names every package whose licence is not on the list, stricter for what ships', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'station-licences-'));
  const lockFile = join(folder, 'package-lock.json');
  const packages = {
    '': { license: 'Apache-2.0' },
    'node_modules/fine': { version: '1.0.0', license: 'MIT' },
    'node_modules/choice': { version: '1.0.0', license: '(GPL-3.0 OR MIT)' },
    'node_modules/both': { version: '1.0.0', license: 'MIT AND GPL-3.0' },
    'node_modules/tool': { version: '1.0.0', license: 'MPL-2.0', dev: true },
    'node_modules/shipped': { version: '1.0.0', license: 'MPL-2.0' },
    'node_modules/a/node_modules/silent': { version: '2.0.0' },
  };
  await writeFile(lockFile, JSON.stringify({ packages }));
  expect(await findForeignLicences(lockFile)).toEqual({
    read: 6,
    foreign: ['both@1.0.0: MIT AND GPL-3.0', 'shipped@1.0.0: MPL-2.0', 'silent@2.0.0: none stated'],
  });
  await rm(folder, { recursive: true });
});
