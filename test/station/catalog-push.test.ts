import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rows, startSandbox, temporaryFolder, type Row, type Sandbox } from '../sandbox/support.ts';
import { CLI } from '../support/programs.ts';
import { runCli, runCliHere } from '../support/run-cli.ts';
import { spawnStation, temporaryData, until, type SpawnedStation } from '../support/spawn-station.ts';

/* `station catalog push` as a back office runs it: the real command, against the real stand-in ERP. */

const folder = temporaryFolder();
const file = join(folder.path, 'produtos.csv');
const report = join(folder.path, 'envio.csv');
let erp: Sandbox;

beforeAll(async () => {
  erp = await startSandbox(join(folder.path, 'erp'));
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});
beforeEach(async () => {
  await erp.post('/admin/faults', { faults: {} });
  rmSync(`${file}.progress`, { force: true });
});

const HEAD = 'cod_produto;descricao1;ncm;cod_cor;desc_cor;tamanho;barra;preco1;saldo;cod_filial';

/** `count` products of one SKU each; `series` keeps those of one test apart from another's. */
function catalogue(series: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const code = series * 1000 + index;
    return `${code};Blusa nº ${code};61091000;001;Preto;M;78900${code};${19 + index},90;${index % 9};00010`;
  });
}

function write(lines: readonly string[]): void {
  writeFileSync(file, `${[HEAD, ...lines].join('\n')}\n`);
}

const NO_STATION = join(folder.path, 'no-station');
const direct = (...args: readonly string[]): string[] =>
  ['--data', NO_STATION, 'catalog', 'push', file, '--server', erp.url, '--user', 'e02'].concat(args);

async function push(...args: readonly string[]): Promise<{ code: number | null; summary: Row; err: string }> {
  const { code, out, err } = await runCliHere(direct('--json', ...args), 'demo-e02\n');
  return { code, summary: JSON.parse(out.trim().split('\n').at(-1) ?? '') as Row, err };
}

/** What the ERP has of the products of a series, by their code: description, price and balance in branch 8. */
async function stored(
  series: number,
): Promise<Map<string, { description: unknown; price: unknown; balance: unknown }>> {
  const read = async (path: string): Promise<readonly Row[]> =>
    rows(await erp.get(`/api/millenium_eco/produtos/${path}`, { user: 'e05' }));
  const products = await read('listavitrine?vitrine=2');
  const prices = new Map((await read('precodetabela?vitrine=2')).map((row) => [row['sku'], row['preco1']]));
  const stock = new Map((await read('saldodeestoque?filial=8')).map((row) => [row['sku'], row['saldo']]));
  return new Map(
    products
      .filter((row) => String(row['cod_produto']).length === 6 && String(row['cod_produto']).startsWith(String(series)))
      .map((row) => {
        const sku = (row['sku'] as Row[])[0]?.['sku'];
        return [
          String(row['cod_produto']),
          { description: row['descricao1'], price: prices.get(sku), balance: stock.get(sku) },
        ];
      }),
  );
}

async function writesReceived(): Promise<Record<string, number>> {
  const { body } = await erp.get('/admin/received');
  const calls = Object.entries(body['calls'] as Record<string, number>);
  return Object.fromEntries(
    calls.filter(([name]) => name.includes('.atualiza')).map(([name, count]) => [name.split('.').at(-1) ?? '', count]),
  );
}

describe('a file with a bad line', () => {
  const bad = '700999;Blusa errada;61091000;001;Preto;M;789007009990;dezenove;1;00010';

  it('is not sent at all, and the line, field, value and what would be right are said', async () => {
    write([...catalogue(700, 119), bad]);
    const { code, out, err } = await runCli(direct('--report', report), 'demo-e02\n');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('linha 121, preco1: "dezenove" não serve: um preço maior que zero');
    expect(err).toContain('Nada foi enviado.');
    expect(await writesReceived()).toEqual({});
    expect(readFileSync(report, 'utf8')).toContain('121;linha;preco1;inválida;');
    const { code: scriptCode, summary } = await push();
    expect(scriptCode).toBe(2);
    expect(summary).toMatchObject({ products: 0, errors: [{ line: 121, field: 'preco1', value: 'dezenove' }] });
  });

  it('is sent without that line when that is asked for, fifty records a call', async () => {
    const before = await writesReceived();
    const { code, summary } = await push('--skip-bad', '--report', report);
    expect(code).toBe(6);
    expect(summary).toMatchObject({ products: 119, prices: 119, stock: 119, changed: 357, unchanged: 0, pending: 0 });
    expect(summary['errors']).toMatchObject([{ line: 121, kind: 'line', field: 'preco1' }]);
    expect(before).toEqual({});
    expect(await writesReceived()).toEqual({ atualiza: 3, atualizaprecodetabela: 3, atualizasaldodeestoque: 3 });

    const products = await stored(700);
    expect(products.size).toBe(119);
    expect(products.get('700005')).toEqual({ description: 'Blusa nº 700005', price: 24.9, balance: 5 });
    const lines = readFileSync(report, 'utf8').trim().split('\r\n');
    expect(lines).toHaveLength(1 + 1 + 357);
    expect(lines).toContain('7;preço;700005/78900700005;incluído;46;');
    // Nothing is left to do for this file.
    expect(existsSync(`${file}.progress`)).toBe(false);
  });

  it('changes nothing when it is sent again', async () => {
    const { code, summary } = await push('--skip-bad');
    expect(code).toBe(6);
    expect(summary).toMatchObject({ products: 119, prices: 119, stock: 119, changed: 0, unchanged: 357 });
  });
});

it('asks again for records that somebody has open, and ends with all of them', async () => {
  write(catalogue(710, 60));
  await erp.post('/admin/faults', { faults: { partialErrors: { max: 3 } } });
  const { code, summary } = await push();
  expect(code).toBe(0);
  expect(summary).toMatchObject({ products: 60, prices: 60, stock: 60, changed: 180, pending: 0, errors: [] });
  expect((await stored(710)).size).toBe(60);
});

it('says what stays open in the words of the server, and sends only that the next time', async () => {
  write(catalogue(720, 60));
  await erp.post('/admin/faults', { faults: { partialErrors: { methods: ['atualizaprecodetabela'] } } });
  const first = await push();
  expect(first.code).toBe(6);
  expect(first.summary).toMatchObject({ products: 60, stock: 60 });
  expect(Number(first.summary['pending'])).toBeGreaterThan(0);
  const [error] = first.summary['errors'] as Row[];
  expect(error).toMatchObject({ kind: 'prices', text: 'Registro em uso por outro usuário' });

  await erp.post('/admin/faults', { faults: {} });
  const before = await writesReceived();
  const second = await push();
  expect(second.code).toBe(0);
  expect(second.summary).toMatchObject({ products: 60, prices: 60, stock: 60, changed: 180, pending: 0, errors: [] });
  const after = await writesReceived();
  expect(after['atualizaprecodetabela']).toBe((before['atualizaprecodetabela'] ?? 0) + 1);
  expect({ ...after, atualizaprecodetabela: 0 }).toEqual({ ...before, atualizaprecodetabela: 0 });
});

it('tells what the server refused, record by record, and the others go on', async () => {
  write([...catalogue(730, 3), '730900;Blusa;61091000;001;Preto;M;789007309000;10;1;99999']);
  const { code, summary } = await push();
  expect(code).toBe(6);
  expect(summary).toMatchObject({ products: 4, prices: 4, stock: 3, changed: 11, pending: 0 });
  expect(summary['errors']).toMatchObject([
    { line: 5, kind: 'stock', key: '730900/789007309000@99999', text: 'Filial não cadastrado(a): 99999' },
  ]);
});

it('loses no reply for good: a lost one is asked again', async () => {
  write(catalogue(740, 10));
  await erp.post('/admin/faults', { faults: { dropReply: { max: 1, methods: ['produtos.atualiza'] } } });
  const { code, summary } = await push();
  expect(code).toBe(0);
  // What the lost call had included is there already.
  expect(summary).toMatchObject({ products: 10, changed: 20, unchanged: 10, errors: [] });
});

it('goes on where a kill stopped it', async () => {
  write(catalogue(750, 120));
  await erp.post('/admin/faults', { faults: { slow: { ms: 300, methods: ['produtos.atualiza'] } } });
  const before = await writesReceived();
  const child = spawn(process.execPath, [CLI, ...direct('--batch', '10')], { stdio: 'pipe' });
  const exited = once(child, 'exit');
  child.stdin.end('demo-e02\n');
  const linesOnDisk = (): number =>
    existsSync(`${file}.progress`) ? readFileSync(`${file}.progress`, 'utf8').trimEnd().split('\n').length : 0;
  await until(
    () => Promise.resolve(linesOnDisk()),
    (lines) => lines >= 4,
  );
  child.kill('SIGKILL');
  await exited;
  const answered = linesOnDisk() - 1;
  expect(answered).toBeLessThan(12);

  await erp.post('/admin/faults', { faults: {} });
  const { code, summary } = await push('--batch', '10');
  expect(code).toBe(0);
  expect(summary).toMatchObject({ products: 120, prices: 120, stock: 120, pending: 0, errors: [] });
  const after = await writesReceived();
  // One call may have been answered to nobody.
  const calls = (after['atualiza'] ?? 0) - (before['atualiza'] ?? 0);
  expect(calls).toBeGreaterThanOrEqual(12);
  expect(calls).toBeLessThanOrEqual(13);
  expect((await stored(750)).size).toBe(120);
});

it('gives its session back when it is interrupted', async () => {
  const sessions = await startSandbox(join(folder.path, 'sessions'), ['--preset', 'wts-session']);
  await sessions.post('/admin/faults', { faults: { slow: { ms: 400, methods: ['produtos.atualiza'] } } });
  write(catalogue(755, 60));
  const args = [
    '--data',
    NO_STATION,
    'catalog',
    'push',
    file,
    '--server',
    sessions.url,
    '--user',
    'e02',
    '--batch',
    '5',
  ];
  const child = spawn(process.execPath, [CLI, ...args], { stdio: 'pipe' });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.stdin.end('demo-e02\n');
  await until(
    () => Promise.resolve(existsSync(`${file}.progress`)),
    (isThere) => isThere,
  );
  child.kill('SIGINT');
  const [code] = await exited;
  expect(code).toBe(130);
  const headers = { 'WTS-Authorization': 'e02/demo-e02', 'WTS-AppName': 'millenium', 'WTS-LicenceType': 'api' };
  const { status } = await sessions.post('/api/login', {}, { headers: { ...headers, authorization: '' } });
  await sessions.end('SIGTERM');
  expect(status).toBe(200);
});

it('takes a Latin-1 file with commas and quotes from an older program', async () => {
  const lines = [
    'cod_produto,descricao,cod_cor,tamanho,barra,preco,estoque,filial',
    '760001,"Saia ""Açaí"", com pregas",001,P,789007600010,"1.089,90","1,5",00010',
  ];
  writeFileSync(file, Buffer.from(lines.join('\r\n'), 'latin1'));
  expect(await push()).toMatchObject({ code: 0, summary: { products: 1, prices: 1, stock: 1, changed: 3 } });
  expect((await stored(760)).get('760001')).toEqual({
    description: 'Saia "Açaí", com pregas',
    price: 1089.9,
    balance: 1.5,
  });
});

it('reaches a server that answers short, shuffled, late and in text, by sessions alone', async () => {
  const worst = await startSandbox(join(folder.path, 'worst'), ['--preset', 'worst']);
  write(catalogue(765, 60));
  const args = ['--data', NO_STATION, 'catalog', 'push', file, '--server', worst.url, '--user', 'e02', '--json'];
  const { code, out } = await runCli(args, 'demo-e02\n');
  await worst.end('SIGTERM');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ products: 60, prices: 60, stock: 60, pending: 0, errors: [] });
});

describe('words for what cannot work', () => {
  it.each([
    [['--user', 'e02'], 'errada\n', 1, '[S-005]'],
    [[], '', 2, 'a senha na entrada'],
    [['--batch', '0'], 'demo-e02\n', 2, 'É um número de 1 a 200'],
  ])('%j', async (args, input, code, words) => {
    write(catalogue(770, 1));
    const run = await runCliHere(direct(...args), input);
    expect(run.code).toBe(code);
    expect(run.err).toContain(words);
    expect(run.err).not.toContain('errada');
  });

  it('a file that is not there, and a station that is not set up', async () => {
    const missing = await runCliHere([
      '--data',
      join(folder.path, 'none'),
      'catalog',
      'push',
      join(folder.path, 'nada.csv'),
    ]);
    expect(missing).toMatchObject({ code: 2, out: '' });
    expect(missing.err).toContain('nada.csv não existe');
    const unset = await runCli(['--data', join(folder.path, 'none'), 'catalog', 'push', file]);
    expect(unset.code).toBe(1);
    expect(unset.err).toContain('[S-001]');
  });
});

describe('through a station that sells', () => {
  const data = temporaryData();
  let station: SpawnedStation;
  beforeAll(async () => {
    station = await spawnStation(data.path);
    await station.must('setup.enrol', { server: erp.url, user: 'e01', password: 'demo-e01', stationCode: 'E01' });
  });
  afterAll(async () => {
    await station.stop();
    data.remove();
  });

  it('uses its server, its session and its branch, and the till has the price with its next pull', async () => {
    writeFileSync(file, `${HEAD}\n780001;Vestido novo;62044200;001;Preto;M;789007800010;259,90;4;\n`);
    const { code, out } = await runCli(['--data', data.path, 'catalog', 'push', file, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ products: 1, prices: 1, stock: 1, changed: 3 });
    // Everything is due at boot: the till need not be waited for.
    await station.stop();
    station = await spawnStation(data.path);
    const found = await until(
      () => station.call('catalog.findByBarcode', { barcode: '789007800010' }),
      (reply) => reply.ok && reply.output.priceCents !== null,
    );
    expect(found).toMatchObject({ ok: true, output: { description: 'Vestido novo', priceCents: 25_990 } });
  });

  it('waits for the first load of a station to end', async () => {
    const loading = temporaryData();
    const fresh = await spawnStation(loading.path);
    try {
      // Long enough that the command comes in the middle of it.
      await erp.post('/admin/faults', { faults: { slow: { ms: 100 } } });
      const enrolled = fresh.call('setup.enrol', {
        server: erp.url,
        user: 'e04',
        password: 'demo-e04',
        stationCode: 'E04',
      });
      await until(
        () => fresh.must('station.view', {}),
        (view) => view.load.state === 'running',
      );
      write(catalogue(790, 1));
      const { code, err } = await runCli(['--data', loading.path, 'catalog', 'push', file, '--branch', '00010']);
      expect(err).toContain('ainda não: Os produtos ainda não foram carregados; tentando de novo...');
      expect(code).toBe(0);
      expect(await enrolled).toMatchObject({ ok: true });
      expect((await stored(790)).size).toBe(1);
    } finally {
      await fresh.stop();
      loading.remove();
    }
  });

  it('leaves the session of the station alone when its own login is named', async () => {
    writeFileSync(file, 'sku;preco1\n30200001_30110000_0_PP;91,90\n');
    const args = ['--data', data.path, 'catalog', 'push', file, '--server', `${erp.url}/`, '--user', 'E01'];
    const { code, err } = await runCli(args, 'any\n');
    expect(code).toBe(0);
    expect(err).toContain('A estação em execução usa este login');
    const { body } = await erp.get('/admin/received', { user: 'e03' });
    expect(body['concurrentCallViolations']).toBe(0);
  });
});
