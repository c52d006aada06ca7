import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttp } from '../../../core/connectors/http.ts';
import { readMethodNamesFile } from '../../../core/connectors/method-names-file.ts';
import { createMillenniumClient } from '../../../core/connectors/millennium/client.ts';
import { millenniumMethods } from '../../../core/connectors/millennium/millennium-methods.ts';

let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'method-names-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

function write(text: unknown): void {
  writeFileSync(join(data, 'erp-methods.json'), typeof text === 'string' ? text : JSON.stringify(text));
}

const { stations, promotions, products } = millenniumMethods;

describe('the names of methods', () => {
  test('are those of the contract without a file', () => {
    const { names, changed, problem } = readMethodNamesFile(data);
    expect([names(stations), changed, problem]).toEqual([stations, 0, null]);
  });

  test('follow a library, and a single name before it', () => {
    write({
      libraries: { 'millenium!storemanager': 'millenium!loja' },
      methods: { promotions: 'millenium_eco.promocoes.lista_pdv' },
    });
    const { names, changed, problem } = readMethodNamesFile(data);
    expect([names(stations), names(promotions), names(products)]).toEqual([
      'millenium!loja/estacoes/lista',
      'millenium_eco.promocoes.lista_pdv',
      products,
    ]);
    expect([changed, problem]).toEqual([2, null]);
  });

  test.each([
    ['no JSON', '{', /não é JSON/],
    ['a key that does not exist', { methods: { promotion: 'a/b/c' } }, /methods/],
    ['another field', { method: {} }, /method/],
    ['an address', { methods: { promotions: 'http://outro/api/x' } }, /promotions/],
    ['a query', { methods: { promotions: 'a/b/c?x=1' } }, /promotions/],
    ['a way out of the path', { methods: { promotions: '../../admin' } }, /promotions/],
    ['a list', [], /./],
  ])('are those of the contract when the file is %s, and the problem is told', (_name, text, problem) => {
    write(text);
    const read = readMethodNamesFile(data);
    expect(read.problem).toMatch(problem);
    expect([read.names(stations), read.changed]).toEqual([stations, 0]);
  });

  test('are what goes over the wire, and what a failure names', async () => {
    write({ methods: { stations: 'minha/estacao/lista' } });
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url?.replace(/\?.*$/, '') ?? '');
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const client = createMillenniumClient({
      http: createHttp(),
      serverUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      user: 'e01',
      password: 'segredo',
      timeoutMs: 1_000,
      userAgent: 'station/1',
      nameOf: readMethodNamesFile(data).names,
    });
    expect(await client.call({ method: stations })).toMatchObject({
      failure: { class: 'method', method: 'minha/estacao/lista' },
    });
    expect(asked).toEqual(['/api/minha/estacao/lista']);
    await client.close();
    server.close();
  });
});
