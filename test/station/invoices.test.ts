import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { cancelSale, drained, openTillAt } from '../support/demo-erp.ts';
import { runCli } from '../support/run-cli.ts';
import { BARCODES, sell, spawnStation, temporaryData, type SpawnedStation } from '../support/spawn-station.ts';

/* `station invoices` over sales of a real till: delivered, cancelled, and cancelled after they were read. */

const erpData = temporaryFolder();
const data = temporaryData();
const out = join(erpData.path, 'faturamentos.csv');
let erp: Sandbox;
let station: SpawnedStation;
let numbers: string[];
/** Of the sales, whatever day it is by now. */
let day: string;

const invoices = (...args: readonly string[]): ReturnType<typeof runCli> =>
  runCli(['--data', data.path, 'invoices', ...args]);

beforeAll(async () => {
  erp = await startSandbox(join(erpData.path, 'erp'), ['--cursor', 'inclusive']);
  station = await spawnStation(data.path);
  await openTillAt(erp.url, station);
  const sales = [];
  for (let count = 0; count < 5; count += 1) sales.push(await sell(station, [BARCODES.tShirt, BARCODES.jeans]));
  await cancelSale(station, sales[1]?.saleId ?? '');
  await drained(station);
  numbers = sales.map((sale) => sale.number ?? '');
  day = (await station.must('station.view', {})).cashSession?.businessDay ?? '';
});
afterAll(async () => {
  await station.stop();
  await erp.end('SIGTERM');
  erpData.remove();
  data.remove();
});

/** The cells of a CSV by the names of its header. */
function readCsv(file: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').replace('\uFEFF', '').trimEnd().split('\r\n');
  const names = head.split(';');
  return lines.map((line) => Object.fromEntries(line.split(';').map((cell, index) => [names[index] ?? '', cell])));
}

describe('a day of invoices', () => {
  it('becomes a file, page by page, with the cancelled one marked', async () => {
    const { code, out: said } = await invoices('--since', day, '--until', day, '--page', '2', '--out', out);
    expect(code).toBe(0);
    expect(said).toMatch(/^5 faturamentos em .*faturamentos\.csv, até o trans_id \d+\.\n$/);
    const rows = readCsv(out);
    expect(new Set(rows.map((row) => row['cod_pedidov']))).toEqual(new Set(numbers));
    expect(rows).toHaveLength(5);
    expect(rows.filter((row) => row['cancelada'] === 'T').map((row) => row['cod_pedidov'])).toEqual([numbers[1]]);
    expect(new Set(rows.map((row) => row['total']))).toEqual(new Set(['249,80']));
    expect(rows[0]).toMatchObject({ cod_filial: '00010', quantidade: '2,000', itens: '2', data: day });
  });

  it('another day has none', async () => {
    const { code, out: said } = await invoices('--since', '2020-01-01', '--until', '2020-01-31', '--format', 'json');
    expect({ code, said: JSON.parse(said) as unknown }).toEqual({ code: 0, said: [] });
  });
});

describe('the next night', () => {
  const next = join(erpData.path, 'noite.json');

  it('reads only what changed since, as JSON with items and payments', async () => {
    await invoices('--trans-id', '0', '--out', out);
    const sale = await sell(station, [BARCODES.dress]);
    const first = await station.must('sale.list', {});
    await cancelSale(station, first.find((row) => row.number === numbers[0])?.saleId ?? '');
    await drained(station);
    const { code, out: said } = await invoices('--resume', '--format', 'json', '--out', next, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(said)).toMatchObject({ rows: 2, complete: true, out: next });
    const rows = JSON.parse(readFileSync(next, 'utf8')) as Record<string, unknown>[];
    expect(rows).toMatchObject([
      { orderCode: sale.number, isCancelled: false, totalCents: sale.totalCents, items: [{ quantityMilli: 1000 }] },
      { orderCode: numbers[0], isCancelled: true },
    ]);
  });

  it('reads nothing when nothing changed', async () => {
    const { code, out: said } = await invoices('--resume', '--format', 'json', '--out', next, '--json');
    expect({ code, said: JSON.parse(said) as unknown }).toMatchObject({ code: 0, said: { rows: 0 } });
  });

  it('leaves the file of the last night alone when the server is away', async () => {
    const before = readFileSync(out, 'utf8');
    await erp.post('/admin/faults', { faults: { down: {} } });
    const { code, err } = await invoices('--trans-id', '0', '--out', out, '--wait', '1');
    await erp.post('/admin/faults', { faults: {} });
    expect(code).toBe(1);
    expect(err).toMatch(/\[S-00[34]\]/);
    expect(readFileSync(out, 'utf8')).toBe(before);
  });
});

it('says what is missing in the question', async () => {
  expect(await invoices()).toMatchObject({ code: 2, out: '' });
  expect(await invoices('--since', '31/12/2026')).toMatchObject({ code: 2, out: '' });
  const fresh = temporaryData();
  const args = ['--data', fresh.path, 'invoices', '--resume', '--server', erp.url, '--user', 'e03'];
  const { code, err } = await runCli(args, 'demo-e03\n');
  expect(code).toBe(2);
  expect(err).toContain('Nenhuma leitura anterior');
  expect(existsSync(join(fresh.path, 'station.db'))).toBe(false);
  fresh.remove();
});
