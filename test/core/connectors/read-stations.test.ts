import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../core/clock.ts';
import type { Connector } from '../../../core/connectors/connector.ts';
import { createMillenniumConnector } from '../../../core/connectors/millennium/millennium-connector.ts';
import { systemRandom } from '../../../core/random.ts';
import { checkServer } from '../../../core/setup/check-server.ts';
import { quietLog } from '../sync/support.ts';

/* A register of stations in which somebody else's row cannot be read: one till of the company must not stop the others. */

let server: Server;
let connector: Connector;
let rows: readonly object[];
let warnings: unknown[];
/** Parts of addresses that this server does not know. */
let missing: string[];

beforeEach(async () => {
  warnings = [];
  missing = [];
  rows = [station('E01'), station('E03', { filial: 'x' }), station('E04')];
  server = createServer((request, response) => {
    if (missing.some((part) => request.url?.includes(part) === true)) return void response.writeHead(404).end();
    const isVersion = request.url?.includes('versao') === true;
    const answer = isVersion ? { versao: '1', versao_minima_estacao: '0', data_hora: null } : { value: rows };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  connector = createMillenniumConnector({
    serverUrl: url(),
    user: 'e01',
    password: 'p',
    clock: systemClock,
    random: systemRandom,
    log: { ...quietLog, warn: (event, facts) => void warnings.push({ event, ...facts }) },
    identity: { version: '0.1.0' },
  });
});
afterEach(async () => {
  await connector.close();
  server.closeAllConnections();
  server.close();
});

function url(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function station(codigo: string, changes: object = {}): object {
  const ids = {
    estacao: Number(codigo.slice(1)),
    grupo: 1,
    filial: 8,
    cod_caixa: 1,
    vitrine: 2,
    tabela: 1,
    trans_id: 1,
  };
  return { ...ids, codigo, descricao: '', serie: '1', evento_venda: '10', evento_devolucao: '20', ...changes };
}

test('a row of another station that cannot be read is told and passed over', async () => {
  expect(await connector.readStations('E01')).toMatchObject({
    ok: true,
    value: [{ stationCode: 'E01' }, { stationCode: 'E04' }],
  });
  expect(warnings).toEqual([
    expect.objectContaining({ event: 'row skipped', stationCode: 'E03', text: 'row 1: filial is not an integer' }),
  ]);
});

test('our own row that cannot be read refuses the call with its field, and enrolment names it', async () => {
  expect(await connector.readStations('E03')).toMatchObject({
    ok: false,
    failure: { class: 'refused', field: 'filial', text: 'row 1: filial is not an integer' },
  });
  const wanted = {
    server: url(),
    input: {
      user: 'e03',
      stationCode: 'E03',
      customerCode: null,
      salespersonCode: null,
      saleEvent: null,
      returnEvent: null,
      paymentKinds: [],
      timeZone: null,
      priceColumn: 1 as const,
    },
    replaces: null,
    installationId: 'i',
    version: '1',
  };
  expect(await checkServer({ connector, ...wanted })).toEqual({
    ok: false,
    error: { code: 'register_incomplete', register: 'estação E03', fields: ['filial'] },
  });
});

test('a list of which nothing can be read is refused', async () => {
  rows = [station('E03', { filial: 'x' })];
  expect(await connector.readStations('E01')).toMatchObject({ ok: false, failure: { class: 'refused' } });
});

test('a server without versions and groups takes a station all the same', async () => {
  missing = ['versao', 'grupos_estacoes'];
  expect(await connector.readServerVersion()).toMatchObject({ failure: { class: 'method', isNotFound: true } });
  const input = {
    user: 'e01',
    stationCode: 'E01',
    customerCode: null,
    salespersonCode: null,
    saleEvent: null,
    returnEvent: null,
    paymentKinds: [],
    timeZone: null,
    priceColumn: 1 as const,
  };
  rows = [
    {
      ...station('E01'),
      filial: 8,
      cod_filial: '00010',
      nome: 'CONSUMIDOR',
      fantasia: 'Loja',
      cnpj: '1',
      cliente: 302,
      ultimo_numero: 0,
    },
  ];
  const checked = await checkServer({
    connector,
    server: url(),
    input,
    replaces: null,
    installationId: 'i',
    version: '1',
  });
  expect(checked.ok ? checked.value.group : checked.error).toMatchObject({ groupId: 1, policies: {} });
});
