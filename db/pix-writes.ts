import { and, eq, inArray, sql } from 'drizzle-orm';
import type { WriteTx } from './database-types.ts';
import { pixCharges } from './schema-sale.ts';
import { writeStatement } from './statement.ts';

const value = (name: string) => sql`${sql.placeholder(name)}`;

const insert = writeStatement((orm) =>
  orm
    .insert(pixCharges)
    .values({
      tenderId: sql.placeholder('tenderId'),
      txid: sql.placeholder('txid'),
      saleId: sql.placeholder('saleId'),
      payload: sql.placeholder('payload'),
      amountCents: sql.placeholder('amountCents'),
      shownAtMs: sql.placeholder('shownAtMs'),
      shownBy: sql.placeholder('shownBy'),
      state: 'waiting',
    })
    .prepare(),
);

/** Writes what a QR will say, in the transaction of its tender and before anybody sees it. */
export function insertPixCharge(
  tx: WriteTx,
  charge: Pick<
    typeof pixCharges.$inferSelect,
    'tenderId' | 'txid' | 'saleId' | 'payload' | 'amountCents' | 'shownAtMs' | 'shownBy'
  >,
): void {
  insert(tx).run(charge);
}

const answer = writeStatement((orm) =>
  orm
    .update(pixCharges)
    .set({ state: value('state'), answeredAtMs: value('atMs'), answeredBy: value('by') })
    .where(and(eq(pixCharges.tenderId, sql.placeholder('tenderId')), eq(pixCharges.state, 'waiting')))
    .prepare(),
);

/** What the till saw in the bank's app of a Pix that waits. */
export function answerPix(
  tx: WriteTx,
  answered: {
    readonly tenderId: string;
    readonly state: 'to_check' | 'given_up';
    readonly atMs: number;
    readonly by: string;
  },
): void {
  answer(tx).run(answered);
}

const loseTender = writeStatement((orm) =>
  orm
    .update(pixCharges)
    .set({ state: 'to_return' })
    .where(
      and(eq(pixCharges.tenderId, sql.placeholder('tenderId')), inArray(pixCharges.state, ['to_check', 'checked'])),
    )
    .prepare(),
);

const loseSale = writeStatement((orm) =>
  orm
    .update(pixCharges)
    .set({ state: 'to_return' })
    .where(and(eq(pixCharges.saleId, sql.placeholder('saleId')), inArray(pixCharges.state, ['to_check', 'checked'])))
    .prepare(),
);

/** The tender was taken back after its credit was seen: the money belongs to the customer. */
export function returnPixOfTender(tx: WriteTx, tenderId: string): void {
  loseTender(tx).run({ tenderId });
}

/** The sale was given up or cancelled: what came by Pix belongs to the customer. Answers how many credits. */
export function returnPixOfSale(tx: WriteTx, saleId: string): number {
  return loseSale(tx).run({ saleId }).changes;
}

const check = writeStatement((orm) =>
  orm
    .update(pixCharges)
    .set({ state: value('state'), checkedAtMs: value('atMs'), checkedBy: value('by'), note: value('note') })
    .where(eq(pixCharges.txid, sql.placeholder('txid')))
    .prepare(),
);

/** What the statement said of a Pix, the last time somebody looked. */
export function checkPix(
  tx: WriteTx,
  checked: {
    readonly txid: string;
    readonly state: (typeof pixCharges.$inferSelect)['state'];
    readonly atMs: number;
    readonly by: string;
    readonly note: string | null;
  },
): void {
  check(tx).run(checked);
}
