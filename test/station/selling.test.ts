import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { socketPath } from '../../core/socket-path.ts';
import { receivedAt, type ErpOrder } from '../support/demo-erp.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { CORE } from '../support/programs.ts';
import { BARCODES, approve, closeDrawer, ring, sell, until } from '../support/spawn-station.ts';

/* The real core process on a real file against the real sandbox process. Tests go on where the one before stopped. */

const { station, data, pid, server, crash } = useDemoTill();

const received = async (): Promise<readonly ErpOrder[]> => (await receivedAt(await server())).orders;
/** The drawer is counted blind: the manager lets the cashier look at the day. */
const mayLook = (): Promise<string> => approve(station, 'see_expected');
const queueEmpty = (): Promise<unknown> =>
  until(
    () => station.must('sync.view', {}),
    (view) => view.waiting === 0 && view.errors === 0,
  );

describe('selling', () => {
  it('takes cash, gives change, and the ERP gets the sale once', async () => {
    const sale = await sell(station, [BARCODES.tShirt, BARCODES.tShirt, BARCODES.dress]);
    expect(sale).toMatchObject({ state: 'completed', number: 'E01000000001', piecesMilli: 3000, changeCents: 1000 });
    expect(sale.totalCents).toBe(8990 + 8990 + 19_990);
    await queueEmpty();
    expect(await received()).toMatchObject([
      { cod_pedidov: 'E01000000001', n_pedido_cliente: sale.saleId, total: 379.7, status: 3, inclusions: 1 },
    ]);
    const [row] = await station.must('sale.list', {});
    expect(row).toMatchObject({ number: 'E01000000001', delivery: { state: 'confirmed' }, cancellation: null });
  });

  it('goes on without the server, and both the sale and its cancellation arrive when it is back', async () => {
    await station.must('demo.setServer', { running: false });
    const kept = await sell(station, [BARCODES.jeans]);
    const undone = await sell(station, [BARCODES.tShirt]);
    const refused = await station.call('sale.cancel', {
      commandId: randomUUID(),
      saleId: undone.saleId,
      reason: 'cliente desistiu',
    });
    expect(refused).toMatchObject({ ok: false, error: { code: 'permission_required' } });
    const approvalId = await approve(station, 'cancel_sale');
    const cancelled = await station.must('sale.cancel', {
      commandId: randomUUID(),
      saleId: undone.saleId,
      reason: 'cliente desistiu',
      approvalId,
    });
    expect(cancelled.row.cancellation).toMatchObject({ reason: 'cliente desistiu', delivery: { state: 'pending' } });
    expect(cancelled.paper.lines.some((line) => line.text.includes('CANCELAMENTO'))).toBe(true);
    const offline = await until(
      () => station.must('sync.view', {}),
      (view) => view.reachability === 'unreachable',
    );
    expect(offline).toMatchObject({ waiting: 3, errors: 0 });

    await station.must('demo.setServer', { running: true });
    await station.must('sync.sendNow', {});
    await queueEmpty();
    const orders = await received();
    expect(orders.map(({ cod_pedidov, status, inclusions }) => [cod_pedidov, status, inclusions])).toEqual([
      ['E01000000001', 3, 1],
      [kept.number, 3, 1],
      [undone.number, 5, 1],
    ]);
  });

  it('keeps the sale when the power fails after the last item', async () => {
    const saleId = await ring(station, [BARCODES.tShirt, BARCODES.jeans]);
    const before = await station.must('sale.current', {});
    await crash();
    expect(await station.must('sale.current', {})).toEqual(before);
    expect((await station.must('station.view', {})).operator?.code).toBe('1');
    await station.must('sale.abandon', { commandId: randomUUID(), saleId, reason: 'queda de energia' });
  });

  it('completes a sale once when the core dies before its reply and the command is repeated', async () => {
    const saleId = await ring(station, [BARCODES.dress]);
    await station.must('sale.addTender', { commandId: randomUUID(), saleId, paymentTypeId: 1, amountCents: 20_000 });
    const commandId = randomUUID();
    const lost = station.call('sale.complete', { commandId, saleId }).catch((error: unknown) => error);
    // The request is in the pipe or being decided; the reply is never read.
    await new Promise((resolve) => setTimeout(resolve, 5));
    await crash(() => lost);
    const first = await station.must('sale.complete', { commandId, saleId });
    const second = await station.must('sale.complete', { commandId, saleId });
    expect(second).toEqual(first);
    expect(first.sale).toMatchObject({ number: 'E01000000004', changeCents: 10 });
    await queueEmpty();
    expect((await received()).filter((order) => order.n_pedido_cliente === saleId)).toHaveLength(1);
  });

  it('parks a sale, serves the next customer and takes the first one back', async () => {
    const parked = await ring(station, [BARCODES.tShirt]);
    await station.must('sale.park', { commandId: randomUUID(), saleId: parked, note: 'foi buscar a carteira' });
    await sell(station, [BARCODES.jeans]);
    expect(await station.must('sale.parked', {})).toMatchObject([{ saleId: parked, note: 'foi buscar a carteira' }]);
    await station.must('sale.recall', { commandId: randomUUID(), saleId: parked });
    await station.must('sale.addTender', {
      commandId: randomUUID(),
      saleId: parked,
      paymentTypeId: 3,
      amountCents: 8990,
      installments: 1,
      nsu: '123',
    });
    const { sale, paper } = await station.must('sale.complete', { commandId: randomUUID(), saleId: parked });
    expect(sale).toMatchObject({ state: 'completed', changeCents: 0 });
    expect(paper.lines.map((line) => line.text).join('\n')).toContain('NÃO É DOCUMENTO FISCAL');
  });

  it('adds the day up, here and confirmed', async () => {
    await queueEmpty();
    const summary = await station.must('summary.day', { approvalId: await mayLook() });
    expect(summary.differenceCents).toBe(0);
    expect(summary).toMatchObject({
      sales: 6,
      cancelled: 1,
      cancelledOtherDays: 0,
      confirmed: { sales: 6, cancellations: 1 },
      unconfirmed: [],
    });
    expect(summary.byPaymentKind.reduce((sum, row) => sum + row.amountCents, 0)).toBe(summary.netCents);
    expect(summary.byHour.reduce((sum, row) => sum + row.soldCents, 0)).toBe(summary.soldCents);
  });

  it('answers a repeated completion with exactly what it answered at first, read back from the disk', async () => {
    const saleId = await ring(station, [BARCODES.dress, BARCODES.jeans, BARCODES.dress]);
    await station.must('sale.setCpf', { commandId: randomUUID(), saleId, cpf: '529.982.247-25' });
    await station.must('sale.addTender', { commandId: randomUUID(), saleId, paymentTypeId: 1, amountCents: 100_000 });
    const completion = { commandId: randomUUID(), saleId };
    const fresh = await station.must('sale.complete', completion);
    expect(await station.must('sale.complete', completion)).toEqual(fresh);
    expect(fresh.sale).toMatchObject({ state: 'completed', cpf: '52998224725' });
    const { sale, papers } = await station.must('sale.get', { saleId });
    expect({ sale, paper: papers[0] }).toEqual(fresh);
  });

  it('closes the drawer with what should be in it', async () => {
    const cash = (await station.must('summary.day', { approvalId: await mayLook() })).byPaymentKind
      .filter((row) => row.kind === 'cash')
      .reduce((sum, row) => sum + row.amountCents, 0);
    const closed = await closeDrawer(station, cash + 10_000 - 50);
    expect(closed).toMatchObject({ expectedCashCents: cash + 10_000, countedCashCents: cash + 9_950 });
  });

  it('outlives callers that are cut off in the middle of an answer', async () => {
    for (let caller = 0; caller < 10; caller += 1) {
      const socket = connect(socketPath(data));
      await once(socket, 'connect');
      socket.write(`${JSON.stringify({ id: 1, method: 'sale.list', input: { limit: 500 } })}\n`.repeat(500));
      // Answers that nobody has read are what makes the system reset a connection.
      await new Promise((resolve) => setTimeout(resolve, 10 * caller));
      socket.destroy();
    }
    expect((await station.must('station.health', {})).pid).toBe(pid());
  });

  it('is refused to a second core, which says who holds the data', () => {
    const second = spawnSync(process.execPath, [CORE, '--data', data, '--stdio'], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    expect(second.status).toBe(3);
    expect(JSON.parse(second.stdout)).toMatchObject({ ready: false, error: { code: 'data_locked', data } });
  });
});
