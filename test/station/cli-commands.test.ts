import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { socketPath } from '../../core/socket-path.ts';
import { lockData } from '../../db/lock-data.ts';
import { openDatabase } from '../../db/open-database.ts';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { drained, openTillAt } from '../support/demo-erp.ts';
import { runCli, runCliHere, runCliJson, runCliJsonHere } from '../support/run-cli.ts';
import { BARCODES, sell, spawnStation, temporaryData, until, type SpawnedStation } from '../support/spawn-station.ts';

/* Every command against a core that runs, sells and loses its server; then what each exit code stands for. */

const erpData = temporaryFolder();
const data = temporaryData();
const at = ['--data', data.path];
let erp: Sandbox;
let station: SpawnedStation;

beforeAll(async () => {
  erp = await startSandbox(join(erpData.path, 'erp'));
  station = await spawnStation(data.path);
  await openTillAt(erp.url, station);
  // The drawer is counted blind: a summary of its day is for a manager.
  await station.must('operator.login', { code: '9', pin: '9999' });
  await sell(station, [BARCODES.tShirt, BARCODES.jeans]);
  await drained(station);
});
afterAll(async () => {
  await station.stop();
  // The last tests left it killed.
  erpData.remove();
  data.remove();
});

describe('while the server answers', () => {
  it('status reads like a support sheet, from the core that runs', async () => {
    const { code, out, err } = await runCli(['status', ...at]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^Estação: +E01 · Caixa 1$/m);
    expect(out).toMatch(/^Integração: +online$/m);
    expect(out).toMatch(/^Fila: +nada a enviar$/m);
    expect(out).toMatch(/^Caixa: +aberto em .* por Ana Souza/m);
    expect(out).toMatch(new RegExp(`^Núcleo: +em execução \\(processo ${station.child.pid}\\)$`, 'm'));
  });

  it('status as JSON carries the views of the contract', async () => {
    const { code, reply } = await runCliJson(['status', ...at]);
    expect(code).toBe(0);
    expect(reply.output).toMatchObject({
      startedHere: false,
      view: { station: { code: 'E01' }, sync: { waiting: 0, errors: 0 } },
      health: { pid: station.child.pid, sales: 1 },
    });
  });

  it('errors says that there are none', async () => {
    expect(await runCli(['errors', ...at])).toEqual({ code: 0, out: 'Nenhum documento em erro.\n', err: '' });
    expect(await runCliJsonHere(['errors', ...at])).toEqual({ code: 0, reply: { ok: true, output: [] } });
  });

  it('send says that nothing waits', async () => {
    expect(await runCli(['send', ...at])).toMatchObject({ code: 0, out: 'Nada a enviar.\n' });
    expect((await runCliJsonHere(['send', ...at])).reply.output).toMatchObject({
      ran: false,
      reason: 'nothing_waiting',
    });
  });

  it('summary adds the day up and says what the ERP confirmed', async () => {
    const { code, out } = await runCli(['summary', ...at]);
    expect(code).toBe(0);
    expect(out.replaceAll('\u00A0', ' ')).toMatch(/^Líquido +R\$ 249,80$/m);
    expect(out.replaceAll('\u00A0', ' ')).toMatch(/^Diferença +R\$ 0,00$/m);
    expect((await runCliJsonHere(['summary', ...at])).reply.output).toMatchObject({ sales: 1, differenceCents: 0 });
    expect((await runCliJsonHere(['summary', '--day', '2020-01-31', ...at])).reply.output).toMatchObject({ sales: 0 });
  });

  it('doctor finds everything in order but the file that keeps the password and the backups of a new station', async () => {
    const { code, reply } = await runCliJson(['doctor', ...at]);
    const checks = reply.output as unknown as { name: string; state: string; advice: string | null }[];
    expect(code).toBe(0);
    const bad = checks.filter((check) => check.state !== 'ok').map((check) => check.name);
    // A minute after its start the station makes a first copy by itself.
    expect(bad.filter((name) => name !== 'Cópia de segurança')).toEqual(['Segunda cópia', 'Guarda de senhas']);
    expect(checks.map((check) => check.name)).toEqual(
      expect.arrayContaining(['Pasta de dados', 'Banco de dados', 'Gravação segura', 'Login no ERP', 'Relógio']),
    );
    expect(checks.every((check) => check.state === 'ok' || check.advice !== null)).toBe(true);
    const { out } = await runCliHere(['doctor', ...at]);
    expect(out).toMatch(/^ok +Relógio/m);
    expect(out).toMatch(/^ATENÇÃO +Guarda de senhas/m);
  });

  it('doctor asks through the login that is in use, never beside it', async () => {
    await erp.post('/admin/faults', { faults: { slow: { rate: 1, ms: 600 } } });
    await sell(station, [BARCODES.tShirt]);
    const checks = await station.must('station.doctor', {});
    await erp.post('/admin/faults', {});
    expect(checks.find((check) => check.name === 'Login no ERP')).toMatchObject({ state: 'ok' });
    expect((await erp.get('/admin/received')).body['concurrentCallViolations']).toBe(0);
    await drained(station);
  });

  it('call reaches any method and prints its reply as JSON', async () => {
    const found = await runCli(['call', 'catalog.findByBarcode', JSON.stringify({ barcode: BARCODES.tShirt }), ...at]);
    expect(found.code).toBe(0);
    expect(JSON.parse(found.out)).toMatchObject({ ok: true, output: { priceCents: 8990 } });
    const missing = await runCliHere(['call', 'catalog.findByBarcode', '{"barcode":"1"}', ...at]);
    expect(missing.code).toBe(1);
    expect(JSON.parse(missing.out)).toEqual({ ok: false, error: { code: 'unknown_barcode', barcode: '1' } });
    expect(JSON.parse((await runCliHere(['call', 'no.method', ...at])).out)).toMatchObject({
      error: { code: 'unknown_method' },
    });
  });
});

describe('when the ERP refuses a document', () => {
  it('errors lists it with the words of the server, and ends with 6', async () => {
    await erp.post('/admin/faults', { seed: 1, faults: { errorInside200: { methods: ['pedido_venda.inclui'] } } });
    const refused = await sell(station, [BARCODES.dress]);
    await until(
      () => station.must('sync.view', {}),
      (sync) => sync.errors === 1,
    );
    const { code, out } = await runCli(['errors', ...at]);
    expect(code).toBe(6);
    expect(out).toContain('1 documento em erro:');
    expect(out).toMatch(new RegExp(`^${refused.number} +venda +R\\$.199,90 +recusada .*Estoque insuficiente`, 'm'));
    expect((await runCliJsonHere(['errors', ...at])).code).toBe(6);
    const doctor = await runCliHere(['doctor', ...at]);
    expect(doctor.code).toBe(6);
    expect(doctor.out).toMatch(/^FALHA +Documentos a enviar/m);
    await erp.post('/admin/faults', { faults: {} });
    await runCliHere(['call', 'sync.resend', JSON.stringify({ documentId: refused.saleId }), ...at]);
    await until(
      () => station.must('sync.view', {}),
      (sync) => sync.errors === 0 && sync.waiting === 0,
    );
    expect((await runCliHere(['errors', ...at])).code).toBe(0);
  });
});

describe('without the server', () => {
  it('send says why it did not, doctor which step fails, and both end with 6', async () => {
    await erp.end('SIGKILL');
    await sell(station, [BARCODES.dress]);
    const sent = await runCli(['send', ...at]);
    expect(sent.code).toBe(6);
    expect(sent.out).toMatch(/Não enviou: sem servidor/);
    const doctor = await runCli(['doctor', ...at]);
    expect(doctor.code).toBe(6);
    expect(doctor.out).toMatch(/^FALHA +Conexão .*conexão recusada$/m);
    expect(doctor.out).toMatch(/^ATENÇÃO +Login no ERP +não verificado/m);
    expect((await runCliHere(['status', ...at])).out).toMatch(/^Fila: +1 a enviar/m);
    expect((await runCliHere(['summary', ...at])).out).toMatch(/Ainda não confirmadas no ERP/);
  });
});

describe('the other ways it ends', () => {
  it('3: a second core is told who holds the data', async () => {
    const { code, out } = await runCli(['serve', ...at]);
    expect(code).toBe(3);
    expect(JSON.parse(out)).toMatchObject({ ready: false, error: { code: 'data_locked', data: data.path } });
  });

  it('3: the data is held and nobody answers for it', async () => {
    const folder = temporaryData();
    const lock = lockData(folder.path, 'processo 4711');
    const { code, reply } = await runCliJson(['status', '--data', folder.path]);
    lock.release();
    folder.remove();
    expect(code).toBe(3);
    expect(reply.error).toMatchObject({ code: 'data_locked', holder: 'processo 4711' });
  });

  it('4: the database was written by a newer program', async () => {
    const folder = temporaryData();
    openDatabase(join(folder.path, 'station.db'), { nowMs: Date.now, newId: randomUUID }).close();
    const raw = new SqliteDatabase(join(folder.path, 'station.db'));
    raw.exec('UPDATE database_info SET min_reader_version = 99; PRAGMA user_version = 99');
    raw.close();
    const { code, err } = await runCli(['status', '--data', folder.path]);
    expect(code).toBe(4);
    expect(err).toContain('[M-002]');
    folder.remove();
  });

  it('5: the core goes away before it answered, which is not "no errors"', async () => {
    const folder = temporaryData();
    const server = createServer((socket) => {
      socket.write(`${JSON.stringify({ ready: true, version: '0', data: folder.path })}\n`);
      socket.once('data', () => socket.destroy());
    });
    await new Promise<void>((resolve) => void server.listen(socketPath(folder.path), resolve));
    const { code, out, err } = await runCli(['errors', '--data', folder.path]);
    server.close();
    folder.remove();
    expect({ code, out }).toEqual({ code: 5, out: '' });
    expect(err).toContain('Não foi possível falar com a estação');
  });

  it('7: the data cannot be written, which is not "no core reached"', async () => {
    const folder = temporaryData();
    const taken = join(folder.path, 'taken-by-a-file');
    writeFileSync(taken, '');
    const served = await runCli(['serve', '--data', taken]);
    const status = await runCliJson(['status', '--data', taken]);
    folder.remove();
    expect({ serve: served.code, status: status.code }).toEqual({ serve: 7, status: 7 });
    expect(status.reply.error).toMatchObject({ code: 'data_unwritable' });
  });

  it.skipIf(process.platform !== 'linux')(
    '7: nor where no folder can be made, which is said and not tried for ever',
    async () => {
      const served = await runCli(['serve', '--data', '/proc/station']);
      expect(served.code).toBe(7);
      const { code, err } = await runCli(['status', '--data', '/proc/station/below']);
      expect(code).toBe(7);
      expect(err).toContain('Não é possível gravar em /proc/station/below');
      expect(err).toContain('escolha outra (`--data PASTA`)');
    },
  );

  it('0: help tells all of them', async () => {
    const { code, out } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const exit of [0, 1, 2, 3, 4, 5, 6, 7]) expect(out).toMatch(new RegExp(`^ +${exit}  \\S`, 'm'));
  });

  it('names a wrong field, its value and what would be right, in both languages', async () => {
    const folder = temporaryData();
    const { out, err } = await runCli(['call', 'summary.day', '{"businessDay":"13/09/2026"}', '--data', folder.path]);
    folder.remove();
    expect(JSON.parse(out || err)).toMatchObject({
      error: {
        code: 'invalid_input',
        field: 'businessDay',
        value: '"13/09/2026"',
        expected: 'um dia, como 2026-09-13',
        expectedEn: 'a day, such as 2026-09-13',
      },
    });
  });

  it('serve speaks lines of JSON and ends in order with its input', async () => {
    const folder = temporaryData();
    const { code, out } = await runCli(['serve', '--data', folder.path], '{"id":7,"method":"station.view"}\n');
    folder.remove();
    expect(code).toBe(0);
    const [ready, reply] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(ready).toMatchObject({ ready: true, data: folder.path });
    expect(reply).toMatchObject({ id: 7, ok: true, output: { setup: 'empty' } });
  });
});
