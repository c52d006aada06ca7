import type { Case } from './run-cases.ts';
import { SALES, SELLING } from './selling-cases.ts';
import { eventually, makeCase, needed, type Suite } from './suite.ts';

export const DELIVERY = {
  drained: 'everything that was sold is delivered',
  cancelledLater: 'a delivered sale is cancelled',
  lostReply: 'a reply that is lost on the way doubles nothing',
  killed: 'a kill in the middle of sending loses and doubles nothing',
  together: 'several people ask the station at once',
  stopped: 'the station ends in order and leaves no session behind',
} as const;

/** Sales that are on their way when the core is killed. */
const UNDER_THE_KILL = 4;
const DRAIN_MS = 60_000;
const INCLUDE = 'pedido_venda.inclui';

/** Delivers what was sold through a line that loses a reply and a core that is killed. */
export function deliveryCases({ line, till, wire, found }: Suite): readonly Case[] {
  async function sellOne(what: string, index: number): Promise<void> {
    const types = await till.must('payment.types', {});
    const type = needed(
      types.find(({ kind }) => kind === 'cash') ?? types.find(({ supported }) => supported),
      'a payment type',
    );
    const good = needed(found.goods[index % found.goods.length], 'a good');
    const pay = ({ totalCents }: { readonly totalCents: number }) => [
      { paymentTypeId: type.paymentTypeId, amountCents: totalCents },
    ];
    found.sold.set(what, await till.sell(what, { items: [{ barcode: good.barcode }], pay }));
  }

  return [
    makeCase(DELIVERY.drained, [SELLING.loggedIn], () => till.drain(DRAIN_MS), DRAIN_MS + 5_000),
    makeCase(
      DELIVERY.cancelledLater,
      [DELIVERY.drained, `the till sells ${SALES.one}`],
      async () => {
        await sellOne(DELIVERY.cancelledLater, 3);
        await till.drain(DRAIN_MS / 2);
        await till.cancel(needed(found.sold.get(DELIVERY.cancelledLater), 'the sale'));
        await till.drain(DRAIN_MS / 2);
      },
      DRAIN_MS + 5_000,
    ),
    makeCase(
      DELIVERY.lostReply,
      [DELIVERY.drained],
      async () => {
        line.holdReplies(INCLUDE, 1);
        try {
          await sellOne(DELIVERY.lostReply, 1);
          await eventually(() => line.held() > 0, 'the station did not send the sale', 20_000);
        } finally {
          line.release();
        }
        await till.drain(DRAIN_MS / 2);
      },
      DRAIN_MS,
    ),
    makeCase(
      DELIVERY.killed,
      [DELIVERY.drained],
      async () => {
        line.holdReplies(INCLUDE, 1);
        try {
          for (let count = 1; count <= UNDER_THE_KILL; count += 1)
            await sellOne(`${DELIVERY.killed}, sale ${count}`, count);
          await eventually(() => line.held() > 0, 'the station did not send the sales', 20_000);
          await till.kill();
        } finally {
          line.release();
        }
        await till.start();
        const { waiting } = await till.must('sync.view', {});
        if (waiting === 0) throw new Error('nothing waited after the kill: it did not come in the middle');
        await till.drain(DRAIN_MS);
      },
      DRAIN_MS + 30_000,
    ),
    makeCase(
      DELIVERY.together,
      [DELIVERY.drained],
      async () => {
        // Delivery, the check of the connection and a look at the invoices all go to the server of one user.
        const { showcase } = needed(found.station, 'the station');
        const page = { showcaseId: showcase, transId: 0, top: 5, since: null, until: null };
        await sellOne(DELIVERY.together, 2);
        const invoices = [1, 2, 3].map(() => till.call('backOffice.invoices', page));
        await Promise.all([till.call('station.doctor', {}), till.call('sync.sendNow', {}), ...invoices]);
        await till.drain(DRAIN_MS / 2);
      },
      DRAIN_MS,
    ),
    makeCase(DELIVERY.stopped, [SELLING.enrolled], async () => {
      await till.stop();
      await wire.list('millenium_eco/filiais/lista_simples');
    }),
  ];
}
