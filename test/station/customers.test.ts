import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { CustomerView } from '../../contract/customer-views.ts';
import type { MethodInput, MethodOutput } from '../../contract/station-api.ts';
import { findBrokenLink } from '../../core/audit/audit.ts';
import { openDatabase } from '../../db/open-database.ts';
import { customersAt, receivedAt, sellTo, sendAll, sendUntil, type ErpOrder } from '../support/demo-erp.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { runCli } from '../support/run-cli.ts';
import { BARCODES, ring, until } from '../support/spawn-station.ts';

/* Customers made at the till: the real core process on a real file against the real sandbox. Tests go on where the one before stopped. */

const { station, data, server, admin, restart, crash } = useDemoTill();
const id = (): string => randomUUID();

/** The demo's server ends with its core, and its faults with it; one that was switched off is on again. */
async function startAgain(begin: typeof restart, between?: () => unknown): Promise<void> {
  await begin(between);
  await station.must('demo.setServer', { running: true });
}

type ErpCustomer = Readonly<Record<string, unknown>> & { readonly cliente: number; readonly endereco: unknown[] };

/** What the ERP holds under a CPF, asked by another station's account. */
const atServer = async (cpf: string): Promise<ErpCustomer[]> => customersAt(await server(), cpf);
const orders = async (): Promise<readonly ErpOrder[]> => (await receivedAt(await server())).orders;
const writes = async (): Promise<number> =>
  (await receivedAt(await server())).calls['millenium_eco.clientes.incluiroualterar'] ?? 0;
const setFaults = (faults: Readonly<Record<string, unknown>>): Promise<unknown> => admin('faults', { seed: 1, faults });
const register = (input: Omit<MethodInput<'customer.register'>, 'commandId'>): Promise<CustomerView> =>
  station.must('customer.register', { commandId: id(), ...input });

const stateOf = async (saleId: string): Promise<string | undefined> =>
  (await station.must('sale.get', { saleId })).row?.delivery.state;
const sent = (): Promise<void> => sendAll(station);

const refused = async (reply: Promise<{ readonly ok: boolean; readonly error?: unknown }>): Promise<unknown> => {
  const { ok, error } = await reply;
  return ok ? 'not refused' : error;
};

describe('what is refused', () => {
  it('is a CPF that is none, a search of two letters, and somebody who is not here', async () => {
    const personId = id();
    expect(
      await refused(station.call('customer.register', { commandId: id(), name: 'Ana Lima', cpf: '123.456.789-00' })),
    ).toEqual({ code: 'cpf_invalid', cpf: '123.456.789-00' });
    expect(await refused(station.call('customer.search', { text: '123.456.789-00' }))).toEqual({
      code: 'cpf_invalid',
      cpf: '123.456.789-00',
    });
    expect(await refused(station.call('customer.search', { text: 'a 1' }))).toEqual({
      code: 'search_too_short',
      minimum: 3,
    });
    const unknown = { code: 'customer_not_found', personId };
    expect(await refused(station.call('customer.get', { personId }))).toEqual(unknown);
    expect(await refused(station.call('customer.update', { commandId: id(), personId }))).toEqual(unknown);
    const saleId = await ring(station, [BARCODES.tShirt]);
    expect(await refused(station.call('sale.setCustomer', { commandId: id(), saleId, personId }))).toEqual(unknown);
    await station.must('sale.abandon', { commandId: id(), saleId, reason: 'teste' });
  });
});

describe('a customer registered without the server', () => {
  const cpf = '390.533.447-05';
  let customer: CustomerView;

  it('is found again by CPF and by the beginning of any word of the name', async () => {
    await station.must('demo.setServer', { running: false });
    customer = await register({
      name: 'Antônia  Conceição de Sá',
      cpf,
      phone: '11981110007',
      email: 'antonia@exemplo.com.br',
      address: { street: 'Rua Um', number: '7', city: 'São Paulo', state: 'SP', postalCode: '01001000' },
      consents: { email: true, sms: false, mail: true },
    });
    expect(customer).toMatchObject({ maskedCpf: '***.533.447-**', isAtServer: false, delivery: { kind: 'customer' } });
    const { personId, name, maskedCpf } = customer;
    const found = { customers: [{ personId, customerId: null, name, maskedCpf }], server: 'not_asked' };
    const nobody = { customers: [], server: 'not_asked' };
    expect(await station.must('customer.search', { text: '39053344705' })).toEqual(found);
    expect(await station.must('customer.search', { text: 'conceica' })).toEqual(found);
    expect(await station.must('customer.search', { text: 'eiç' })).toEqual(nobody);
  });

  it('is one customer however often the CPF is registered', async () => {
    const again = await register({ name: 'Antônia Conceição de Sá', cpf: '39053344705', phone: null });
    expect(again).toMatchObject({ personId: customer.personId, phone: '11981110007', email: 'antonia@exemplo.com.br' });
    expect((await station.must('sync.view', {})).waiting).toBe(1);
  });

  it('is named on the sale, which arrives after the customer and carries its id', async () => {
    const sale = await sellTo(station, customer.personId);
    expect(sale.customer).toEqual({
      personId: customer.personId,
      name: 'Antônia Conceição de Sá',
      maskedCpf: '***.533.447-**',
    });
    expect(sale.cpf).toBeNull();
    await startAgain(crash);
    await sent();
    const [found, ...others] = await atServer(cpf);
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      nome: 'Antônia Conceição de Sá',
      ddd_cel: '11',
      cel: '981110007',
      permite_enviar_newsletter: 'T',
      permite_enviar_sms: 'F',
      maladireta: true,
      endereco: [{ logradouro: 'Rua Um', cep: '01001-000' }],
    });
    expect((await orders()).filter((order) => order.cod_pedidov === sale.number)).toMatchObject([
      { cliente: found?.cliente, inclusions: 1, status: 3 },
    ]);
    expect(await station.must('customer.get', { personId: customer.personId })).toMatchObject({
      isAtServer: true,
      delivery: { state: 'confirmed' },
    });
  });

  it('whose change is on its way does not hold up a sale: the server knows the customer', async () => {
    await setFaults({ http500: { methods: ['clientes.incluiroualterar'] } });
    await station.must('customer.update', { commandId: id(), personId: customer.personId, phone: '11981110008' });
    const sale = await sellTo(station, customer.personId);
    await until(
      () => stateOf(sale.saleId),
      (state) => state === 'confirmed',
    );
    await setFaults({});
    await sent();
    expect(await atServer(cpf)).toMatchObject([{ cel: '981110008', endereco: [{ logradouro: 'Rua Um' }] }]);
  });
});

describe('a customer that the ERP has already', () => {
  it('stays the one it was, with what was given and everything else it had', async () => {
    const [before] = await atServer('52998224725');
    expect(before).toMatchObject({ cliente: 1001, e_mail: 'beatriz@exemplo.com.br' });
    const customer = await register({
      name: 'Beatriz Almeida Santos',
      cpf: '529.982.247-25',
      phone: '11999990000',
      address: { street: 'Rua Dois', number: '2', city: 'São Paulo', state: 'SP', postalCode: '01002000' },
    });
    const sale = await sellTo(station, customer.personId);
    await sent();
    expect(await atServer('52998224725')).toMatchObject([
      {
        cliente: 1001,
        e_mail: 'beatriz@exemplo.com.br',
        cel: '999990000',
        maladireta: false,
        endereco: [{ logradouro: 'Rua das Acácias' }, { logradouro: 'Rua Dois' }],
      },
    ]);
    expect((await orders()).find((order) => order.cod_pedidov === sale.number)?.cliente).toBe(1001);
  });
});

describe('an answer that is lost after the ERP took the customer', () => {
  it('is looked up by CPF, and nobody is doubled', async () => {
    await setFaults({ timeoutAfterCommit: { methods: ['clientes.incluiroualterar'] } });
    const before = await writes();
    const customer = await register({ name: 'Caio Prado', cpf: '153.509.460-56' });
    const sale = await sellTo(station, customer.personId);
    await until(
      () => atServer('15350946056'),
      (rows) => rows.length === 1,
    );
    // The ERP starts anew while the station waits for its answer.
    await station.must('demo.setServer', { running: false });
    await station.must('demo.setServer', { running: true });
    await sent();
    const found = await atServer('15350946056');
    expect(found).toHaveLength(1);
    expect(await writes()).toBe(before + 1);
    expect((await orders()).find((order) => order.cod_pedidov === sale.number)?.cliente).toBe(found[0]?.cliente);
  });
});

describe('a core that dies', () => {
  it('between the answer of the ERP and its own note of it tells nobody twice', async () => {
    await setFaults({ timeoutAfterCommit: { methods: ['clientes.incluiroualterar'] } });
    const before = await writes();
    const customer = await register({ name: 'Fábio Reis', cpf: '746.971.314-01' });
    const sale = await sellTo(station, customer.personId);
    await until(
      () => atServer('74697131401'),
      (found) => found.length === 1,
    );
    await startAgain(crash);
    await sent();
    expect(await atServer('74697131401')).toHaveLength(1);
    expect(await writes()).toBe(before + 1);
    const [found] = await atServer('74697131401');
    expect((await orders()).find((order) => order.cod_pedidov === sale.number)?.cliente).toBe(found?.cliente);
  });

  it('before it answered registers once, when the command is repeated', async () => {
    const input = { commandId: id(), name: 'Gil Sousa', cpf: '987.654.321-00' };
    const lost = station.call('customer.register', input).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await startAgain(crash, () => lost);
    const first = await station.must('customer.register', input);
    await sent();
    const again = await station.must('customer.register', input);
    expect(again.personId).toBe(first.personId);
    expect(await atServer('98765432100')).toHaveLength(1);
    const other = { ...input, name: 'Gilberto Sousa' };
    expect(await refused(station.call('customer.register', other))).toMatchObject({ code: 'command_reused' });
  });
});

describe('an ERP that is restored from before it knew the customer', () => {
  it('hears of the customer again before the next sale', async () => {
    await admin('backup', { name: 'before' });
    const other = await register({ name: 'Ivo Melo', cpf: '714.287.938-60' });
    await sent();
    expect(await atServer('71428793860')).toHaveLength(1);
    await admin('restore', { name: 'before' });
    expect(await atServer('71428793860')).toEqual([]);
    // Ivo's id at the ERP is nobody's now.
    const sale = await sellTo(station, other.personId);
    await sent();
    const [found, ...doubles] = await atServer('71428793860');
    expect(doubles).toEqual([]);
    expect((await orders()).find((order) => order.cod_pedidov === sale.number)?.cliente).toBe(found?.cliente);
  });
});

describe('a customer that the ERP refuses', () => {
  const nowhere = { street: 'Rua Zero', number: '1', city: 'Lugar', state: 'SP', postalCode: '00100000' };
  const errors = (): Promise<MethodOutput<'sync.errors'>> => station.must('sync.errors', {});
  let customer: CustomerView;
  let waiting: MethodOutput<'sale.complete'>['sale'];
  let free: MethodOutput<'sale.complete'>['sale'];

  it('holds up its own sale, visibly, and nothing else', async () => {
    customer = await register({ name: 'Dora Nunes', cpf: '275.484.389-23', address: nowhere });
    waiting = await sellTo(station, customer.personId);
    free = await sellTo(station, null);
    await station.must('sync.sendNow', {});
    await until(
      () => stateOf(free.saleId),
      (state) => state === 'confirmed',
    );
    const listed = await until(errors, (rows) => rows.length === 2);
    expect(listed).toMatchObject([
      {
        number: waiting.number,
        totalCents: 8990,
        personId: null,
        delivery: { kind: 'sale', state: 'pending', attempts: 0 },
      },
      {
        number: expect.stringMatching(/^E01C\d{8}$/) as string,
        personId: customer.personId,
        waitsFor: null,
        // The server repeats the code; what is kept does not.
        delivery: { kind: 'customer', state: 'rejected', lastError: { text: 'CEP não encontrado: ***' } },
      },
    ]);
    expect(listed[0]?.waitsFor).toBe(listed[1]?.number);
    expect(await station.must('sync.view', {})).toMatchObject({ errors: 1, waiting: 1 });
    const told = await runCli(['errors', '--data', data]);
    expect(told.code).toBe(6);
    expect(told.out).toContain(`espera por ${listed[1]?.number}`);
    expect(told.out).toContain('cliente');
    expect(await refused(station.call('customer.erase', { commandId: id(), personId: customer.personId }))).toEqual({
      code: 'customer_undelivered',
      personId: customer.personId,
      state: 'rejected',
      sales: 1,
    });
  });

  it('goes out once it is corrected, with the sale behind it', async () => {
    await station.must('customer.update', {
      commandId: id(),
      personId: customer.personId,
      address: { ...nowhere, postalCode: '01003000' },
    });
    await sent();
    expect(await errors()).toEqual([]);
    const [found, ...others] = await atServer('27548438923');
    expect(others).toEqual([]);
    expect((await orders()).find((order) => order.cod_pedidov === waiting.number)?.cliente).toBe(found?.cliente);
  });

  it('holds up nobody whom the ERP knows already: the sale goes with that id', async () => {
    // No answer yet: the sale is rung while nobody knows what the ERP will say.
    await setFaults({ http500: { methods: ['clientes.incluiroualterar'] } });
    const known = await register({ name: 'João Pedro Conceição', cpf: '111.444.777-35', address: nowhere });
    const sale = await sellTo(station, known.personId);
    expect(await stateOf(sale.saleId)).toBe('pending');
    await setFaults({});
    await sendUntil(
      station,
      () => stateOf(sale.saleId),
      (state) => state === 'confirmed',
    );
    expect((await orders()).find((order) => order.cod_pedidov === sale.number)?.cliente).toBe(1002);
    expect(await errors()).toMatchObject([{ personId: known.personId, delivery: { state: 'rejected' } }]);
    await station.must('customer.update', { commandId: id(), personId: known.personId, address: null });
    await sent();
    expect(await errors()).toEqual([]);
  });

  it('can be left out of its sale, for good, by a person', async () => {
    customer = await register({ name: 'Edu Ramos', cpf: '862.883.667-57', address: nowhere });
    waiting = await sellTo(station, customer.personId);
    const detach = (saleId: string): Promise<unknown> => station.call('customer.detach', { commandId: id(), saleId });
    expect(await detach(free.saleId)).toMatchObject({ ok: false, error: { code: 'customer_not_waiting' } });
    expect(await detach(id())).toMatchObject({ ok: false, error: { code: 'sale_not_found' } });
    await station.must('sync.sendNow', {});
    await until(errors, (rows) => rows.length === 2);
    await setFaults({ http500: { methods: ['pedido_venda.inclui'] } });
    expect(await detach(waiting.saleId)).toMatchObject({ ok: true, output: { number: waiting.number } });
    expect(await detach(waiting.saleId)).toMatchObject({ ok: false, error: { code: 'customer_not_waiting' } });
    // What a person decided stays so, although the ERP knows the customer before the sale arrives.
    await station.must('customer.update', { commandId: id(), personId: customer.personId, address: null });
    await sendUntil(
      station,
      () => station.must('customer.get', { personId: customer.personId }),
      (view) => view.isAtServer,
    );
    await startAgain(crash);
    await sent();
    expect(await atServer('86288366757')).toHaveLength(1);
    expect((await orders()).find((order) => order.cod_pedidov === waiting.number)?.cliente).toBe(302);
  });
});

describe('a customer whom only the ERP has', () => {
  it('is found there, brought here and sold to, with nothing sent of the person', async () => {
    const text = '935.411.347-80';
    const local = await station.must('customer.search', { text });
    expect(local).toEqual({ customers: [], server: 'not_asked' });
    const byCpf = await station.must('customer.search', { text, online: true });
    const row = { personId: null, customerId: 1004, name: 'Zuleide Gonçalves', maskedCpf: '***.411.347-**' };
    expect(byCpf).toEqual({ customers: [row], server: 'answered' });
    expect((await station.must('customer.search', { text: 'zuleide', online: true })).customers).toEqual([row]);
    // The consumer that stands for everybody has no CPF, and is nobody.
    expect((await station.must('customer.search', { text: 'CONSUMIDOR', online: true })).customers).toEqual([]);
    for (const customerId of [302, 999_999]) {
      const reply = station.call('customer.fetch', { customerId });
      expect(await refused(reply)).toEqual({ code: 'customer_not_at_server', customerId });
    }
    const before = await writes();
    const customer = await station.must('customer.fetch', { customerId: 1004 });
    expect(customer).toMatchObject({
      isAtServer: true,
      delivery: null,
      address: { street: 'Rua das Acácias', postalCode: '01001000' },
    });
    expect(await station.must('customer.fetch', { customerId: 1004 })).toEqual(customer);
    const known = { ...row, personId: customer.personId, customerId: null };
    expect((await station.must('customer.search', { text, online: true })).customers).toEqual([known]);
    const sale = await sellTo(station, customer.personId);
    await sent();
    expect((await orders()).find((order) => order.cod_pedidov === sale.number)?.cliente).toBe(1004);
    expect(await writes()).toBe(before);
  });

  it('is not waited for: a server that does not answer in two seconds has not answered', async () => {
    await setFaults({ slow: { ms: 6000, methods: ['clientes.lista'] } });
    const startedMs = Date.now();
    const found = await station.must('customer.search', { text: 'Maria', online: true });
    expect(found.server).toBe('no_answer');
    expect(Date.now() - startedMs).toBeGreaterThan(1900);
    // Any other call may take five.
    expect(Date.now() - startedMs).toBeLessThan(4900);
    await setFaults({});
    await station.must('demo.setServer', { running: false });
    // The first call that fails tells the station that nobody is there.
    await sellTo(station, null);
    await until(
      () => station.must('sync.view', {}),
      (view) => view.reachability === 'unreachable',
    );
    expect(await station.must('customer.search', { text: 'Antonia', online: true })).toMatchObject({
      customers: [{ name: 'Antônia Conceição de Sá' }],
      server: 'no_answer',
    });
    expect(await refused(station.call('customer.fetch', { customerId: 1003 }))).toMatchObject({
      code: 'server_unreachable',
    });
    await station.must('demo.setServer', { running: true });
    await sent();
  });
});

describe('a person who asks to be forgotten', () => {
  const cpf = '153.509.460-56';
  let personId: string;

  it('is not erased by a cashier, and not while the ERP waits to hear of the person', async () => {
    const { customers } = await station.must('customer.search', { text: cpf });
    personId = customers[0]?.personId ?? '';
    await setFaults({ http500: { methods: ['clientes.incluiroualterar'] } });
    const change = { commandId: id(), personId, email: 'caio@exemplo.com.br' };
    await station.must('customer.update', change);
    const erase = (approvalId: string | null): Promise<unknown> =>
      refused(station.call('customer.erase', { commandId: id(), personId, approvalId }));
    expect(await erase(null)).toMatchObject({ code: 'customer_undelivered', personId, sales: 0 });
    await setFaults({});
    await sent();
    expect(await erase(null)).toEqual({
      code: 'permission_required',
      permission: 'erase_customer',
      profile: 'supervisor',
    });
    expect(
      await refused(station.call('operator.approve', { code: '9', pin: '9999', permission: 'erase_customer' })),
    ).toMatchObject({ code: 'permission_required', profile: 'supervisor' });
    expect(await erase(id())).toEqual({ code: 'approval_invalid', permission: 'erase_customer' });
  });

  it('is nowhere in the data any more, and every document and the audit chain still hold', async () => {
    const saleId = await ring(station, [BARCODES.tShirt]);
    await station.must('sale.setCustomer', { commandId: id(), saleId, personId });
    await station.must('sale.setCpf', { commandId: id(), saleId, cpf });
    const { approvalId } = await station.must('operator.approve', {
      code: '99',
      pin: '9090',
      permission: 'erase_customer',
    });
    const commandId = id();
    const erased = await station.must('customer.erase', { commandId, personId, approvalId });
    expect(await station.must('customer.erase', { commandId, personId, approvalId })).toEqual(erased);
    expect(await station.must('sale.current', {})).toMatchObject({ customer: null, cpf: null });
    expect(await station.must('customer.search', { text: cpf })).toMatchObject({ customers: [] });
    expect(await station.must('customer.search', { text: 'Caio' })).toMatchObject({ customers: [] });
    await station.must('sale.abandon', { commandId: id(), saleId, reason: 'teste' });
    await startAgain(restart, () => {
      expect(filesWith(data, ['15350946056', cpf, 'Caio Prado', 'CAIO PRADO', 'caio@exemplo.com.br'])).toEqual([]);
      const file = new SqliteDatabase(join(data, 'station.db'), { readonly: true });
      const documents = file.prepare('SELECT kind, payload, payload_hash AS hash FROM outbox').all() as Document[];
      file.close();
      expect(documents.filter(({ kind }) => kind === 'customer').length).toBeGreaterThan(5);
      for (const { kind, payload, hash } of documents) {
        const said = (JSON.parse(payload) as { commitment?: string }).commitment;
        expect(kind === 'customer' ? said : createHash('sha256').update(payload).digest('hex')).toBe(hash);
      }
      const db = openDatabase(join(data, 'station.db'), { nowMs: Date.now, newId: id });
      expect(findBrokenLink(db.read, 100_000)).toBeNull();
      db.close();
    });
  });
});

describe('what is written down for ever', () => {
  it('names nobody: no log, no document, no audit row and no error', async () => {
    await station.must('customer.search', { text: '529.982.247-25' });
    const personal = [
      '529.982.247-25',
      '52998224725',
      '275.484.389-23',
      '27548438923',
      '39053344705',
      '390.533.447-05',
      'Dora Nunes',
      'Antônia',
      'antonia@exemplo',
      '11981110007',
      '00100-000',
    ];
    await startAgain(restart, () => {
      // The test itself must be able to find them.
      expect(filesWith(data, ['Dora Nunes']).map((path) => basename(path))).toContain('station.db');
      expect(filesWith(join(data, 'logs'), personal)).toEqual([]);
      const file = new SqliteDatabase(join(data, 'station.db'), { readonly: true });
      const texts = ['outbox', 'audit', 'command_log', 'papers', 'sales', 'id_map'].map((table) =>
        JSON.stringify(file.prepare(`SELECT * FROM ${table}`).all()),
      );
      file.close();
      for (const text of texts) expect(personal.filter((said) => text.includes(said))).toEqual([]);
    });
  });
});

type Document = { readonly kind: string; readonly payload: string; readonly hash: string };

/** Files below `folder`, without those of the demo's own server, that hold one of the texts. */
function filesWith(folder: string, texts: readonly string[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('demo-server'))
    .filter((path) => {
      const bytes = readFileSync(path);
      return texts.some((text) => bytes.includes(text));
    });
}
