import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SyncView } from '../../contract/station-views.ts';
import { openConnection } from '../../core/cli/core-connection.ts';
import { socketPath } from '../../core/socket-path.ts';
import { cancelSale } from '../support/demo-erp.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { BARCODES, moveCash, ring, sell, until } from '../support/spawn-station.ts';

/* What waits, as somebody beside the till is told of it: while nothing asks the ERP, no try of sending tells it. */

/** Far below every back-off but the first ones. */
const AT_ONCE_MS = 3_000;

const { station, data } = useDemoTill();
let socket: ReturnType<typeof connect>;
let told: SyncView[] = [];
beforeAll(async () => {
  await station.must('sync.setIntegration', { enabled: false, approvalId: null });
  socket = connect(socketPath(data));
  await once(socket, 'connect');
  const connection = await openConnection(socket, socket, 10_000);
  connection.onEvent((event) => {
    if (event.event === 'sync.changed') told.push(event.view);
  });
});
afterAll(() => void socket.destroy());
beforeEach(() => {
  told = [];
});

const isTold = (waiting: number): Promise<unknown> =>
  until(
    () => Promise.resolve(told.map((view) => view.waiting)),
    (counts) => counts.at(-1) === waiting,
    AT_ONCE_MS,
  );

describe('documents that wait for an ERP that nobody asks', () => {
  it('are told as soon as they wait: sale, cancellation, and what happened to the drawer', async () => {
    const sale = await sell(station, [BARCODES.tShirt]);
    await isTold(1);
    await cancelSale(station, sale.saleId);
    await isTold(2);
    await moveCash(station, 'supply', 11, 5_000);
    await isTold(3);
  });

  it('are not told again by a piece that is rung', async () => {
    await ring(station, [BARCODES.tShirt, BARCODES.dress]);
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(told).toEqual([]);
  });
});
