import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { MethodOutput } from '../../contract/station-api.ts';
import { customersAt, postTo, receivedAt, sellTo, sendAll, sendUntil, type ErpOrder } from '../support/demo-erp.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { closeDrawer, BARCODES, sell, until } from '../support/spawn-station.ts';

/*
 * The ERP is put back to a backup of before it knew a customer, and its ids are given again: the real core process, the
 * real sandbox. Tests go on where the one before stopped.
 */

const { station, server, admin, noticeRestoration } = useDemoTill();
const id = (): string => randomUUID();

type Sale = MethodOutput<'sale.complete'>['sale'];

const setFaults = (faults: Readonly<Record<string, unknown>>): Promise<unknown> => admin('faults', { seed: 1, faults });
afterEach(() => setFaults({}));
const register = async (name: string, cpf: string): Promise<string> =>
  (await station.must('customer.register', { commandId: id(), name, cpf })).personId;

/** Somebody registers or corrects a customer at the ERP itself; answers its id there. */
async function includeThere(nome: string, cpf: string, more: object = {}): Promise<number> {
  const answer = await postTo(await server(), '/api/millenium_eco/clientes/incluiroualterar', {
    vitrine: 2,
    nome,
    cpf,
    endereco: [],
    ...more,
  });
  return (answer as { cliente: number }).cliente;
}
const there = async (cpf: string): Promise<{ cliente: number; nome: string }[]> => customersAt(await server(), cpf);
const idThere = async (cpf: string): Promise<number[]> => (await there(cpf)).map(({ cliente }) => cliente);
const orderOf = async ({ number }: Sale): Promise<ErpOrder | undefined> =>
  (await receivedAt(await server())).orders.find(({ cod_pedidov }) => cod_pedidov === number);
const stateOf = async ({ saleId }: Sale): Promise<string | undefined> =>
  (await station.must('sale.get', { saleId })).row?.delivery.state;
const sent = (): Promise<void> => sendAll(station);
/** Sells while the line breaks under each sale: nobody knows whether this one arrived. */
async function sellInDoubt(personId: string): Promise<Sale> {
  await setFaults({ down: { methods: ['pedido_venda.inclui'] } });
  const sale = await sellTo(station, personId);
  await until(
    () => stateOf(sale),
    (state) => state === 'unknown',
  );
  return sale;
}
/** So that the number the ERP tells is above the one of the backup. */
async function tellNumber(): Promise<void> {
  await sell(station, [BARCODES.tShirt]);
  await sent();
  const before = (await received()).heartbeats;
  await station.must('sync.resume', {});
  await until(received, ({ heartbeats }) => heartbeats > before);
}
async function received(): Promise<{ readonly heartbeats: number }> {
  const { calls } = await receivedAt(await server());
  const beats = Object.entries(calls).find(([name]) => name.endsWith('monitoramento.atualiza'));
  return { heartbeats: beats?.[1] ?? 0 };
}

describe('a customer whose id at the ERP is somebody else’s after a restoration', () => {
  it('leaves none that went there before anybody knew to chance: a person is shown it', async () => {
    await admin('backup', { name: 'before-nara' });
    const personId = await register('Nara Luz', '31415926590');
    await tellNumber();
    const [oldId] = await idThere('31415926590');
    await admin('restore', { name: 'before-nara' });
    expect(await includeThere('Mais Alguém', '13579246828')).toBe(oldId);
    const sale = await sellTo(station, personId);
    await until(
      () => stateOf(sale),
      (state) => state === 'confirmed',
    );
    // The till is closed in the evening, and its day compared: it lacks the sale of before.
    await closeDrawer(station, 0);
    const rows = await sendUntil(
      station,
      () => station.must('sync.errors', {}),
      (errors) => errors.length === 1,
    );
    const [newId] = await idThere('31415926590');
    expect(rows).toMatchObject([
      {
        number: sale.number,
        delivery: { state: 'diverged', lastError: { text: `customer ${oldId} instead of ${newId}` } },
      },
    ]);
    await station.must('cashSession.open', { commandId: id(), floatCents: 10_000 });
  });

  it('gets no sale under it: the pending one waits for the id the customer has now', async () => {
    const cpf = '11122233396';
    await admin('backup', { name: 'before-ivo' });
    const personId = await register('Ivo Melo', cpf);
    await tellNumber();
    const [oldId] = await idThere(cpf);
    const sale = await sellInDoubt(personId);
    await admin('restore', { name: 'before-ivo' });
    expect(await includeThere('Outra Pessoa', '24681357928')).toBe(oldId);
    await noticeRestoration();
    expect((await station.must('customer.get', { personId })).delivery?.state).not.toBe('rejected');
    await setFaults({});
    await sent();
    const [newId, ...doubles] = await idThere(cpf);
    expect(doubles).toEqual([]);
    expect(newId).not.toBe(oldId);
    expect(await orderOf(sale)).toMatchObject({ cliente: newId, inclusions: 1 });
    // Only the one of before.
    expect(await station.must('sync.errors', {})).toHaveLength(1);
  });
});

describe('a customer whom the office corrected', () => {
  const cpf = '22360679767';
  let personId = '';

  it('stays as the office left it when the ERP went back in time, and people are told', async () => {
    personId = await register('Dora Paz', cpf);
    await sent();
    const [cliente] = await idThere(cpf);
    await admin('backup', { name: 'with-dora' });
    await tellNumber();
    await admin('restore', { name: 'with-dora' });
    expect(await includeThere('Dora Paz de Lima', cpf, { cliente })).toBe(cliente);
    await noticeRestoration();
    await sent();
    expect(await there(cpf)).toMatchObject([{ cliente, nome: 'Dora Paz de Lima' }]);
    const { alerts } = await station.must('sync.view', {});
    const told = alerts.find(({ kind }) => kind === 'customers_differ');
    expect(told?.text).toMatch(/E01C\d{8} \(nome\)/);
    expect(told?.text).not.toContain('Dora');
    const sale = await sellTo(station, personId);
    await sent();
    expect(await orderOf(sale)).toMatchObject({ cliente, inclusions: 1 });
    expect((await station.must('sync.resume', {})).alerts).toEqual([]);
  });

  it('is what the till says where that never arrived, and where it is said again', async () => {
    const update = (name: string): Promise<unknown> =>
      station.must('customer.update', { commandId: id(), personId, name });
    await update('Dora Paz Nunes');
    await sent();
    expect(await there(cpf)).toMatchObject([{ nome: 'Dora Paz Nunes' }]);
    await admin('backup', { name: 'with-nunes' });
    await tellNumber();
    await setFaults({ down: { methods: ['clientes.incluiroualterar'] } });
    await update('Dora Paz Souza');
    await admin('restore', { name: 'with-nunes' });
    await noticeRestoration();
    await setFaults({});
    await sent();
    expect(await there(cpf)).toMatchObject([{ nome: 'Dora Paz Souza' }]);
    await station.must('sync.resume', {});
  });
});

describe('a day compared by hand while nobody knows yet that the ERP went back', () => {
  it('asks for its customers again, before the sales that it puts back into the queue', async () => {
    const cpf = '17320508052';
    await admin('backup', { name: 'before-lia' });
    const personId = await register('Lia Prado', cpf);
    await sell(station, [BARCODES.tShirt]);
    await sent();
    const [oldId] = await idThere(cpf);
    const sale = await sellInDoubt(personId);
    await admin('restore', { name: 'before-lia' });
    expect(await includeThere('Alguém Outro', '86420975310')).toBe(oldId);
    // What an earlier restoration took may be on its way again, and is lost with this one's.
    expect((await station.must('reconcile.day', {})).requeued).toBeGreaterThan(0);
    await setFaults({});
    await sendUntil(
      station,
      () => stateOf(sale),
      (state) => state === 'confirmed' || state === 'diverged',
    );
    const [newId, ...doubles] = await idThere(cpf);
    expect(doubles).toEqual([]);
    expect(await orderOf(sale)).toMatchObject({ cliente: newId, inclusions: 1 });
  });
});

describe('a customer that was fetched from the ERP, and that the ERP lost', () => {
  /** Registered there after the backup, fetched here; then the ERP goes back. */
  async function fetchAndLose(name: string, cpf: string): Promise<string> {
    await admin('backup', { name: cpf });
    const customerId = await includeThere(name, cpf);
    const { personId } = await station.must('customer.fetch', { customerId });
    await admin('restore', { name: cpf });
    expect(await idThere(cpf)).toEqual([]);
    return personId;
  }

  it('is made there again from what the station holds, and its sale goes to it', async () => {
    const personId = await fetchAndLose('Olga Reis', '27182818205');
    const sale = await sellTo(station, personId);
    await sendUntil(
      station,
      () => stateOf(sale),
      (state) => state === 'confirmed',
    );
    const [newId, ...doubles] = await idThere('27182818205');
    expect(doubles).toEqual([]);
    expect(await orderOf(sale)).toMatchObject({ cliente: newId, inclusions: 1 });
    expect(await station.must('customer.get', { personId })).toMatchObject({
      isAtServer: true,
      delivery: { state: 'confirmed' },
    });
  });

  it('stays what it is where only its id changed: nothing of it is written', async () => {
    const cpf = '16180339805';
    const personId = await fetchAndLose('Pia Sá', cpf);
    const newId = await includeThere('Pia Sá de Outro Nome', cpf);
    const sale = await sellTo(station, personId);
    await sendUntil(
      station,
      () => stateOf(sale),
      (state) => state === 'confirmed',
    );
    expect(await there(cpf)).toMatchObject([{ cliente: newId, nome: 'Pia Sá de Outro Nome' }]);
    expect(await orderOf(sale)).toMatchObject({ cliente: newId });
  });

  it('and refuses to take again does not keep its sale: a person sends it on without', async () => {
    const personId = await fetchAndLose('Rui Vaz', '14142135651');
    await setFaults({ errorInside200: { methods: ['clientes.incluiroualterar'] } });
    const sale = await sellTo(station, personId);
    const rows = await sendUntil(
      station,
      () => station.must('sync.errors', {}),
      (errors) => errors.some(({ isDetachable }) => isDetachable),
    );
    const row = rows.find(({ number }) => number === sale.number);
    expect(row).toMatchObject({ isDetachable: true, waitsFor: expect.stringMatching(/^E01C/) as string });
    await station.must('customer.detach', { commandId: id(), saleId: sale.saleId, reason: 'ERP perdeu o cliente' });
    await sendUntil(
      station,
      () => stateOf(sale),
      (state) => state === 'confirmed',
    );
    expect(await orderOf(sale)).toMatchObject({ cliente: 302, inclusions: 1 });
    await setFaults({});
  });

  it('does not keep a sale either that the ERP refused in words nobody knows', async () => {
    const personId = await register('Sara Nogueira', '98765432100');
    await sent();
    await setFaults({ errorInside200: { methods: ['pedido_venda.inclui'] } });
    const sale = await sellTo(station, personId);
    const without = await sell(station, [BARCODES.tShirt]);
    await sendUntil(
      station,
      () => stateOf(sale),
      (state) => state === 'rejected',
    );
    const detach = (saleId: string): Promise<unknown> => station.call('customer.detach', { commandId: id(), saleId });
    expect(await detach(without.saleId)).toMatchObject({ ok: false, error: { code: 'customer_not_waiting' } });
    await setFaults({});
    expect(await detach(sale.saleId)).toMatchObject({ ok: true, output: { delivery: { state: 'pending' } } });
    expect(await detach(sale.saleId)).toMatchObject({ ok: false, error: { code: 'customer_not_waiting' } });
    await sendUntil(
      station,
      () => stateOf(sale),
      (state) => state === 'confirmed',
    );
    expect(await orderOf(sale)).toMatchObject({ cliente: 302, inclusions: 1 });
  });
});
