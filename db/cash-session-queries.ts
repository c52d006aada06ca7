import { and, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { cancellations, cashMovements, cashSessions, sales, saleTenders } from './schema-sale.ts';
import { readStatement, writeStatement } from './statement.ts';

/** A cash session as stored; closed ones never change. */
export type CashSessionRecord = typeof cashSessions.$inferSelect;

const open = readStatement((orm) => orm.select().from(cashSessions).where(isNull(cashSessions.closedAtMs)).prepare());

/** The open cash session of the station, or null. */
export function findOpenSession(db: ReadDb): CashSessionRecord | null {
  return open(db).get() ?? null;
}

const byId = readStatement((orm) =>
  orm
    .select()
    .from(cashSessions)
    .where(eq(cashSessions.cashSessionId, sql.placeholder('id')))
    .prepare(),
);

/** The cash session with this id, open or closed, or null. */
export function findSession(db: ReadDb, id: string): CashSessionRecord | null {
  return byId(db).get({ id }) ?? null;
}

const lastDay = readStatement((orm) =>
  orm
    .select({ day: sql<string | null>`max(${cashSessions.businessDay})` })
    .from(cashSessions)
    .prepare(),
);

/** The newest business day any session was opened on, or null before the first. */
export function findLastBusinessDay(db: ReadDb): string | null {
  return lastDay(db).get()?.day ?? null;
}

const insert = writeStatement((orm) =>
  orm
    .insert(cashSessions)
    .values({
      cashSessionId: sql.placeholder('cashSessionId'),
      turn: sql.placeholder('turn'),
      businessDay: sql.placeholder('businessDay'),
      openedAtMs: sql.placeholder('openedAtMs'),
      openedBy: sql.placeholder('openedBy'),
      floatCents: sql.placeholder('floatCents'),
    })
    .prepare(),
);

/** Opens a session; a unique index allows one at a time. */
export function insertSession(
  tx: WriteTx,
  session: Pick<CashSessionRecord, 'cashSessionId' | 'turn' | 'businessDay' | 'openedAtMs' | 'openedBy' | 'floatCents'>,
): void {
  insert(tx).run(session);
}

const close = writeStatement((orm) =>
  orm
    .update(cashSessions)
    .set({
      closedAtMs: sql`${sql.placeholder('closedAtMs')}`,
      closedBy: sql`${sql.placeholder('closedBy')}`,
      expectedCashCents: sql`${sql.placeholder('expectedCashCents')}`,
      countedCashCents: sql`${sql.placeholder('countedCashCents')}`,
      floatLeftCents: sql`${sql.placeholder('floatLeftCents')}`,
    })
    .where(and(eq(cashSessions.cashSessionId, sql.placeholder('cashSessionId')), isNull(cashSessions.closedAtMs)))
    .prepare(),
);

/** Closes a session for ever with what was expected and counted, and what stays in the drawer. */
export function closeSession(
  tx: WriteTx,
  closing: {
    readonly cashSessionId: string;
    readonly closedAtMs: number;
    readonly closedBy: string;
    readonly expectedCashCents: number;
    readonly countedCashCents: number;
    readonly floatLeftCents: number;
  },
): void {
  close(tx).run(closing);
}

const setCounted = writeStatement((orm) =>
  orm
    .update(cashSessions)
    .set({ countedAtMs: sql`coalesce(${cashSessions.countedAtMs}, ${sql.placeholder('atMs')})` })
    .where(eq(cashSessions.cashSessionId, sql.placeholder('cashSessionId')))
    .prepare(),
);

/** From the first count on nothing is sold in a session. */
export function markCounted(tx: WriteTx, cashSessionId: string, atMs: number): void {
  setCounted(tx).run({ cashSessionId, atMs });
}

const setKeptOpen = writeStatement((orm) =>
  orm
    .update(cashSessions)
    .set({ keptOpenDay: sql`${sql.placeholder('day')}` })
    .where(eq(cashSessions.cashSessionId, sql.placeholder('cashSessionId')))
    .prepare(),
);

/** A superior let the session of another day sell on `day`. */
export function keepSessionOpen(tx: WriteTx, cashSessionId: string, day: string): void {
  setKeptOpen(tx).run({ cashSessionId, day });
}

const lastFloat = readStatement((orm) =>
  orm
    .select({ cents: cashSessions.floatLeftCents })
    .from(cashSessions)
    .where(isNotNull(cashSessions.closedAtMs))
    .orderBy(desc(cashSessions.turn))
    .limit(1)
    .prepare(),
);

/** What the last closed session left in the drawer, in cents; null when none was closed. */
export function findFloatLeft(db: ReadDb): number | null {
  return lastFloat(db).get()?.cents ?? null;
}

const openOfDay = readStatement((orm) =>
  orm
    .select({ id: cashSessions.cashSessionId })
    .from(cashSessions)
    .where(
      and(
        isNull(cashSessions.closedAtMs),
        isNull(cashSessions.countedAtMs),
        eq(cashSessions.businessDay, sql.placeholder('day')),
      ),
    )
    .prepare(),
);

/** Whether the drawer of this business day is still to be counted. */
export function isDayUncounted(db: ReadDb, day: string): boolean {
  return openOfDay(db).get({ day }) !== undefined;
}

const cashTaken = readStatement((orm) =>
  orm
    .select({ cents: sql<number>`coalesce(sum(${saleTenders.amountCents}), 0)` })
    .from(sales)
    .innerJoin(saleTenders, eq(saleTenders.saleId, sales.saleId))
    .where(
      and(
        eq(sales.cashSessionId, sql.placeholder('id')),
        eq(sales.state, 'completed'),
        eq(saleTenders.kind, 'cash'),
        isNull(saleTenders.removedAtMs),
      ),
    )
    .prepare(),
);
const changeGiven = readStatement((orm) =>
  orm
    .select({ cents: sql<number>`coalesce(sum(${sales.changeCents}), 0)` })
    .from(sales)
    .where(and(eq(sales.cashSessionId, sql.placeholder('id')), eq(sales.state, 'completed')))
    .prepare(),
);
const cashReturned = readStatement((orm) =>
  orm
    .select({ cents: sql<number>`coalesce(sum(${cancellations.cashBackCents}), 0)` })
    .from(cancellations)
    .where(eq(cancellations.cashSessionId, sql.placeholder('id')))
    .prepare(),
);

const cashMoved = readStatement((orm) =>
  orm
    .select({
      suppliedCents: sql<number>`coalesce(sum(iif(${cashMovements.kind} = 'supply', ${cashMovements.amountCents}, 0)), 0)`,
      withdrawnCents: sql<number>`coalesce(sum(iif(${cashMovements.kind} = 'withdrawal', ${cashMovements.amountCents}, 0)), 0)`,
    })
    .from(cashMovements)
    .where(eq(cashMovements.cashSessionId, sql.placeholder('id')))
    .prepare(),
);

/** Cash that a session moved, in cents: by sales taken, given as change and given back; by hand put in and taken out. */
export type SessionCash = {
  readonly takenCents: number;
  readonly changeCents: number;
  readonly returnedCents: number;
  readonly suppliedCents: number;
  readonly withdrawnCents: number;
};

/** What moved in the drawer of a session since its opening. */
export function sumSessionCash(db: ReadDb, id: string): SessionCash {
  const { suppliedCents, withdrawnCents } = cashMoved(db).get({ id }) ?? { suppliedCents: 0, withdrawnCents: 0 };
  return {
    takenCents: cashTaken(db).get({ id })?.cents ?? 0,
    changeCents: changeGiven(db).get({ id })?.cents ?? 0,
    returnedCents: cashReturned(db).get({ id })?.cents ?? 0,
    suppliedCents,
    withdrawnCents,
  };
}

const unfinished = readStatement((orm) =>
  orm
    .select({
      open: sql<number>`coalesce(sum(${sales.state} = 'open'), 0)`,
      parked: sql<number>`coalesce(sum(${sales.state} = 'parked'), 0)`,
    })
    .from(sales)
    .where(sql`${sales.state} IN ('open', 'parked')`)
    .prepare(),
);

/** Sales that are neither completed nor abandoned. */
export function countUnfinishedSales(db: ReadDb): { readonly open: number; readonly parked: number } {
  return unfinished(db).get() ?? { open: 0, parked: 0 };
}
