import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAppFile, serveAppFile } from '../../electron/app-files.ts';

let root = '';
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'station-files-'));
  root = join(folder, 'renderer');
  await mkdir(root);
  await writeFile(join(folder, 'secret.html'), 'secret');
  await writeFile(join(root, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__" />');
  await writeFile(join(root, 'app.js'), 'let x;');
  await writeFile(join(root, 'key.pem'), 'secret');
});
afterAll(() => rm(join(root, '..'), { recursive: true, force: true }));

test.each([
  'app://station/../secret.html',
  'app://station/%2e%2e/secret.html',
  'app://station/..%2fsecret.html',
  'app://station/%2e%2e%2fsecret.html',
  'app://station/..\\secret.html',
  'app://station/..%5csecret.html',
  'app://station//etc/passwd',
  'app://station/%00',
  'app://station/%E0%A4%A',
  'app://elsewhere/index.html',
  'file:///etc/passwd',
  'https://station/index.html',
  'no address at all',
])('gives nothing outside of the build for %s', async (url) => {
  const path = findAppFile(root, url);
  expect(path === undefined || path.startsWith(`${root}/`)).toBe(true);
  const response = await serveAppFile(root, { method: 'GET', url });
  expect(response.status).toBe(404);
});

test.each(['app://station/key.pem', 'app://station/missing.js', 'app://station/assets'])('has no %s', async (url) => {
  expect((await serveAppFile(root, { method: 'GET', url })).status).toBe(404);
});

test('answers only GET', async () => {
  expect((await serveAppFile(root, { method: 'POST', url: 'app://station/index.html' })).status).toBe(404);
});

test('gives each load of a page its own nonce, the same in page and policy', async () => {
  const nonces = await Promise.all(
    [1, 2].map(async () => {
      const response = await serveAppFile(root, { method: 'GET', url: 'app://station/' });
      const nonce = /content="([^"]+)"/.exec(await response.text())?.[1] ?? '';
      expect(response.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`);
      return nonce;
    }),
  );
  expect(nonces[0]).toMatch(/^[A-Za-z0-9+/]{24}$/);
  expect(nonces[0]).not.toBe(nonces[1]);
});

test('says what a file is and that it is nothing else', async () => {
  const response = await serveAppFile(root, { method: 'GET', url: 'app://station/app.js?v=1#x' });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/javascript');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
});
