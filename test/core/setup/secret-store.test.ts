import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFileSecretStore, ERP_PASSWORD } from '../../../core/setup/secret-store.ts';
import { temporaryData } from '../../support/spawn-station.ts';

let data: ReturnType<typeof temporaryData>;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

it('keeps a password over a restart, in a file that only its owner reads', () => {
  createFileSecretStore(data.path).save(ERP_PASSWORD, 'segredo ç');
  expect(createFileSecretStore(data.path).find(ERP_PASSWORD)).toBe('segredo ç');
  expect(statSync(join(data.path, 'secrets.json')).mode & 0o777).toBe(0o600);
});

it('replaces one password and leaves the others', () => {
  const store = createFileSecretStore(data.path);
  store.save('a', '1');
  store.save('b', '2');
  store.save('a', '3');
  expect([store.find('a'), store.find('b'), store.find('c')]).toEqual(['3', '2', null]);
});

it('asks again for what a torn file held, instead of ending the station', () => {
  const store = createFileSecretStore(data.path);
  store.save('a', 'x'.repeat(50));
  const file = join(data.path, 'secrets.json');
  writeFileSync(file, readFileSync(file).subarray(0, 20));
  expect(store.find('a')).toBeNull();
  store.save('a', 'new');
  expect(store.find('a')).toBe('new');
});
