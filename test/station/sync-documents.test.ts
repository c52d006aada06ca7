import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { runCli, runCliJson } from '../support/run-cli.ts';
import { receivedAt, type ErpOrder } from '../support/demo-erp.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { BARCODES, approve, ring, sell, until } from '../support/spawn-station.ts';

/* What a person does about documents the ERP refuses, and a method that is broken there: a real core, a real server. */

const { station, data, server, admin } = useDemoTill();

const orders = async (): Promise<readonly ErpOrder[]> => (await receivedAt(await server())).orders;
const waitFor = (errors: number): Promise<unknown> =>
  until(
    () => station.must('sync.view', {}),
    (view) => view.errors === errors,
  );
const deliveryOf = async (saleId: string): Promise<unknown> => {
  const { row } = await station.must('sale.get', { saleId });
  return [row?.delivery.state, row?.cancellation?.delivery.state ?? null];
};

it('gives up a refused sale with a superior, its cancellation with it, also one made later', async () => {
  // Only documents are refused: a changed register would reach the till too, at a moment of its own.
  await admin('faults', { seed: 1, faults: { errorInside200: { methods: ['pedido_venda.inclui'] } } });
  const [first, second] = [await sell(station, [BARCODES.tShirt]), await sell(station, [BARCODES.jeans])];
  await waitFor(2);
  const cancel = async (saleId: string): Promise<void> => {
    const approvalId = await approve(station, 'cancel_sale');
    await station.must('sale.cancel', { commandId: randomUUID(), saleId, reason: 'Cliente desistiu', approvalId });
  };
  await cancel(first.saleId);
  expect(await deliveryOf(first.saleId)).toEqual(['rejected', 'pending']);

  const discard = { documentId: first.saleId, reason: 'Lançada no ERP à mão' };
  expect(await station.call('sync.discard', discard)).toMatchObject({ error: { code: 'permission_required' } });
  const view = await station.must('sync.discard', {
    ...discard,
    approvalId: await approve(station, 'discard_document'),
  });
  expect(view).toMatchObject({ errors: 1, waiting: 0 });
  expect(await deliveryOf(first.saleId)).toEqual(['discarded', 'annulled']);
  const approvalId = await approve(station, 'discard_document');
  expect(await station.call('sync.discard', { ...discard, approvalId })).toMatchObject({
    error: { code: 'document_not_waiting', state: 'discarded' },
  });

  await station.must('sync.discard', { documentId: second.saleId, reason: 'Não existe', approvalId });
  await cancel(second.saleId);
  expect(await deliveryOf(second.saleId)).toEqual(['discarded', 'annulled']);
  expect(await orders()).toEqual([]);
  await admin('faults', { faults: {} });
});

it('reads a document that differs there again without sending anything', async () => {
  await admin('faults', { seed: 1, faults: { http500: { methods: ['listapedidos'] } } });
  const sale = await sell(station, [BARCODES.tShirt]);
  // Somebody cancels it at the ERP after the station said that it was delivered, and before it was read back.
  await until(orders, (rows) => rows.some((row) => row.cod_pedidov === sale.number && row.status === 3));
  const reply = await fetch(`${await server()}/api/millenium_eco/pedido_venda/processastatus`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', Authorization: `Basic ${btoa('e02:demo-e02')}` },
    body: JSON.stringify({ vitrine: 2, status_pedidos: [{ cod_pedidov: sale.number, status: 5 }] }),
  });
  expect(reply.status).toBe(200);
  await admin('faults', { seed: 1, faults: {} });
  await waitFor(1);
  expect(await deliveryOf(sale.saleId)).toEqual(['diverged', null]);
  const again = await station.must('sync.recheck', { documentId: sale.saleId });
  expect(again).toMatchObject({
    number: sale.number,
    delivery: { state: 'diverged', lastError: { text: 'the order was cancelled at the server' } },
  });
  expect(await station.call('sync.recheck', { documentId: randomUUID() })).toMatchObject({
    error: { code: 'document_not_found' },
  });
  const approvalId = await approve(station, 'discard_document');
  await station.must('sync.discard', { documentId: sale.saleId, reason: 'Cancelada no ERP', approvalId });
});

it('sells and sends while the stock read is broken for ever, and says so', async () => {
  await admin('faults', { seed: 1, faults: { http500: { methods: ['saldodeestoque'] } } });
  await station.must('sync.resume', {});
  const broken = await until(
    () => station.must('sync.view', {}),
    (view) => view.methods.length > 0,
  );
  expect(broken).toMatchObject({ reachability: 'online', methods: [{ task: 'stock', state: 'open' }] });
  const sale = await sell(station, [BARCODES.tShirt]);
  await until(
    () => deliveryOf(sale.saleId),
    (states) => JSON.stringify(states) === '["confirmed",null]',
  );
  await admin('faults', { seed: 1, faults: {} });
  await until(
    () => station.must('sync.view', {}),
    (view) => view.methods.length === 0,
  );
});

it('is done from the command line, by the number that is shown', async () => {
  const at = ['--data', data];
  await admin('faults', { seed: 1, faults: { errorInside200: { methods: ['pedido_venda.inclui'] } } });
  const [first, second] = [await sell(station, [BARCODES.tShirt]), await sell(station, [BARCODES.jeans])];
  const [one, two] = [first.number ?? '', second.number ?? ''];
  await waitFor(2);
  expect(await runCli(['recheck', one, ...at])).toMatchObject({
    code: 6,
    out: expect.stringContaining(one) as string,
  });
  expect((await runCliJson(['recheck', 'E01999999999', ...at])).reply.error).toMatchObject({
    code: 'document_not_found',
    documentId: 'E01999999999',
  });
  // A sale has no cancellation here.
  expect((await runCli(['resend', one, '--cancellation', ...at])).code).toBe(1);

  const discard = ['discard', one, '--reason', 'Lançada no ERP à mão', ...at];
  expect((await runCli(['discard', one, ...at])).code).toBe(2);
  expect((await runCliJson(discard)).reply.error).toMatchObject({ code: 'permission_required' });
  expect((await runCli([...discard, '--operator', '9'], '1234\n')).code).toBe(1);
  const given = await runCliJson([...discard, '--operator', '9'], '9999\n');
  expect(given).toMatchObject({ code: 0, reply: { output: { errors: 1 } } });
  expect(await deliveryOf(first.saleId)).toEqual(['discarded', null]);

  await admin('faults', { seed: 1, faults: {} });
  const resent = await runCli(['resend', two, ...at]);
  expect(resent).toMatchObject({ code: 0, out: expect.stringContaining(`${two} volta à fila`) as string });
  await until(
    () => deliveryOf(second.saleId),
    (states) => JSON.stringify(states) === '["confirmed",null]',
  );
});

it('sends a refused sale on without its customer from the command line', async () => {
  const { personId } = await station.must('customer.register', {
    commandId: randomUUID(),
    name: 'Ana Prado',
    cpf: '111.444.777-35',
  });
  await admin('faults', { seed: 1, faults: { errorInside200: { methods: ['pedido_venda.inclui'] } } });
  const saleId = await ring(station, [BARCODES.tShirt]);
  await station.must('sale.setCustomer', { commandId: randomUUID(), saleId, personId });
  await station.must('sale.addTender', { commandId: randomUUID(), saleId, paymentTypeId: 1, amountCents: 8990 });
  const { sale } = await station.must('sale.complete', { commandId: randomUUID(), saleId });
  await waitFor(1);
  await admin('faults', { seed: 1, faults: {} });
  const detach = ['detach', sale.number ?? '', '--reason', 'ERP perdeu o cliente', '--data', data];
  expect(await runCli(detach)).toMatchObject({
    code: 0,
    out: expect.stringContaining('segue sem o cliente') as string,
  });
  await until(
    () => deliveryOf(saleId),
    (states) => JSON.stringify(states) === '["confirmed",null]',
  );
  expect((await runCli(detach)).code).toBe(1);
});
