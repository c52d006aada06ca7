import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { runCli } from '../support/run-cli.ts';
import { spawnStation, temporaryData, type SpawnedStation } from '../support/spawn-station.ts';

/* What a person chooses at enrolment, or the ERP's registers choose: default customer, time zone, price column. */

const erpData = temporaryFolder();
const data = temporaryData();
const cliData = temporaryData();
let erp: Sandbox;
let station: SpawnedStation;
let company: unknown;

beforeAll(async () => {
  erp = await startSandbox(join(erpData.path, 'erp'));
  station = await spawnStation(data.path);
});
afterAll(async () => {
  await station.stop();
  await erp.end('SIGTERM');
  erpData.remove();
  data.remove();
  cliData.remove();
});

async function enrol(changes: object): Promise<unknown> {
  const input = { server: erp.url, user: 'e01', password: 'demo-e01', stationCode: 'E01', ...changes };
  const reply = await station.call('setup.enrol', input);
  return reply.ok ? 'enrolled' : reply.error;
}

/** Adds a customer at the ERP or changes its name; it comes last in lists then. Answers its id. */
async function saveCustomer(code: string, nome: string): Promise<unknown> {
  const body = { cod_cliente: code, nome, endereco: [] };
  return (await erp.post('/api/millenium_eco/clientes/incluiroualterar', body, { user: 'e05' })).body['cliente'];
}

function customerOf(folder: string): unknown {
  const db = new SqliteDatabase(join(folder, 'station.db'), { readonly: true });
  try {
    return db.prepare('SELECT default_customer_id FROM enrolment').pluck().get();
  } finally {
    db.close();
  }
}

const refusedCustomers = (fields: readonly unknown[]): object => ({
  code: 'register_incomplete',
  register: 'clientes',
  fields,
});

describe('the customer of anonymous sales', () => {
  it('is never a company whose name begins like it', async () => {
    company = await saveCustomer('000700', 'CONSUMIDOR & CIA LTDA');
    await saveCustomer('000302', 'Cliente de balcão');
    expect(await enrol({})).toEqual(
      refusedCustomers([
        'cliente padrão CONSUMIDOR ou CONSUMIDOR FINAL (há 000700 CONSUMIDOR & CIA LTDA; informe o código do cliente)',
      ]),
    );
  });

  it('is asked for when two could be meant', async () => {
    await saveCustomer('000302', 'CONSUMIDOR FINAL');
    await saveCustomer('000701', 'Consumidor');
    expect(await enrol({})).toEqual(
      refusedCustomers([
        'um só cliente padrão CONSUMIDOR ou CONSUMIDOR FINAL (há 000302 CONSUMIDOR FINAL, 000701 Consumidor; informe o código do cliente)',
      ]),
    );
  });

  it('is refused by a code that is not in the ERP', async () => {
    expect(await enrol({ customerCode: '999999' })).toEqual(refusedCustomers(['cliente de código 999999']));
  });
});

describe('the time zone', () => {
  it.each(['America/Manau', '-04:00', 'manaus', ''])('%j is none', async (timeZone) => {
    expect(await enrol({ timeZone })).toMatchObject({ code: 'invalid_input', field: 'timeZone' });
  });
});

it('the price column is the first or the second', async () => {
  expect(await enrol({ priceColumn: 3 })).toMatchObject({ code: 'invalid_input', field: 'priceColumn' });
});

describe('an enrolment without choices', () => {
  it('takes the one default customer, the zone of the state and the first price', async () => {
    await saveCustomer('000701', 'Outra pessoa');
    await saveCustomer('000302', 'consumidor   FINAL');
    await erp.post('/admin/registers', { register: 'filiais', id: 8, row: { estado: 'AM' } });
    expect(await enrol({})).toBe('enrolled');
    expect(customerOf(data.path)).toBe(302);
    const view = await station.must('station.view', {});
    expect(view).toMatchObject({ station: { timeZone: 'America/Manaus' }, load: { state: 'done' } });
    const dress = await station.must('catalog.findByBarcode', { barcode: '7899000002014' });
    expect(dress.priceCents).toBe(19_990);
  });
});

describe('an enrolment with every choice, as it is typed', () => {
  function typed(...choices: string[]): string[] {
    const place = ['--data', cliData.path, '--server', erp.url];
    return ['enrol', ...place, '--user', 'e04', '--station', 'E04', ...choices];
  }

  it.each([
    ['--time-zone', 'Manaus'],
    ['--price-column', '3'],
  ])('%s %s is not understood', async (option, value) => {
    expect(await runCli(typed(option, value), 'demo-e04\n')).toMatchObject({ code: 2, out: '' });
  });

  it('keeps customer, zone and price column, also after the branch was read again', async () => {
    const choices = ['--customer', '000700', '--time-zone', 'America/Noronha', '--price-column', '2'];
    expect(await runCli(typed(...choices), 'demo-e04\n')).toMatchObject({ code: 0 });
    expect(customerOf(cliData.path)).toBe(company);
    const second = await spawnStation(cliData.path);
    expect((await second.must('station.view', {})).station?.timeZone).toBe('America/Noronha');
    const dress = await second.must('catalog.findByBarcode', { barcode: '7899000002014' });
    await second.stop();
    expect(dress.priceCents).toBe(14_990);
  });
});
