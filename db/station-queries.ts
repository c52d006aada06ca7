import { and, eq, ne, sql } from 'drizzle-orm';
import type { ReadDb, WriteTx } from './database-types.ts';
import { branches, enrolment, stationGroups, stations } from './schema-setup.ts';
import { readStatement, writeStatement } from './statement.ts';

/** A sales station, its branch and its group as the ERP registered them. */
export type StationRecord = typeof stations.$inferSelect;
export type BranchRecord = typeof branches.$inferSelect;
/** `policies` is JSON in the ERP's own words. */
export type GroupRecord = typeof stationGroups.$inferSelect;

const stationByCode = readStatement((orm) =>
  orm
    .select()
    .from(stations)
    .where(eq(stations.stationCode, sql.placeholder('code')))
    .prepare(),
);

/** The station with this code, or null. */
export function findStation(db: ReadDb, code: string): StationRecord | null {
  return stationByCode(db).get({ code }) ?? null;
}

const branchById = readStatement((orm) =>
  orm
    .select()
    .from(branches)
    .where(eq(branches.branchId, sql.placeholder('branchId')))
    .prepare(),
);

/** The branch with this id of the ERP, or null. */
export function findBranch(db: ReadDb, branchId: number): BranchRecord | null {
  return branchById(db).get({ branchId }) ?? null;
}

/** The rows that stand in the way when the ERP has a code under another id: whoever has that id, and whoever has that code. */
const dropOtherStation = writeStatement((orm) =>
  orm
    .delete(stations)
    .where(
      and(
        eq(stations.stationId, sql.placeholder('stationId')),
        ne(stations.stationCode, sql.placeholder('stationCode')),
      ),
    )
    .prepare(),
);
const renumberStation = writeStatement((orm) =>
  orm
    .update(stations)
    .set({ stationId: sql`${sql.placeholder('stationId')}` })
    .where(
      and(
        eq(stations.stationCode, sql.placeholder('stationCode')),
        ne(stations.stationId, sql.placeholder('stationId')),
      ),
    )
    .prepare(),
);

const upsertStation = writeStatement((orm) =>
  orm
    .insert(stations)
    .values({
      stationId: sql.placeholder('stationId'),
      stationCode: sql.placeholder('stationCode'),
      description: sql.placeholder('description'),
      groupId: sql.placeholder('groupId'),
      branchId: sql.placeholder('branchId'),
      cashRegisterCode: sql.placeholder('cashRegisterCode'),
      series: sql.placeholder('series'),
      saleEvent: sql.placeholder('saleEvent'),
      returnEvent: sql.placeholder('returnEvent'),
      showcaseId: sql.placeholder('showcaseId'),
      priceTableId: sql.placeholder('priceTableId'),
      isActive: sql.placeholder('isActive'),
      transId: sql.placeholder('transId'),
    })
    .onConflictDoUpdate({
      target: stations.stationId,
      set: {
        stationCode: sql`excluded.station_code`,
        description: sql`excluded.description`,
        groupId: sql`excluded.group_id`,
        branchId: sql`excluded.branch_id`,
        cashRegisterCode: sql`excluded.cash_register_code`,
        series: sql`excluded.series`,
        // A field that the ERP emptied would stop the till in the middle of a day: what was known holds.
        saleEvent: sql`CASE WHEN excluded.sale_event = '' THEN stations.sale_event ELSE excluded.sale_event END`,
        returnEvent: sql`CASE WHEN excluded.return_event = '' THEN stations.return_event ELSE excluded.return_event END`,
        showcaseId: sql`excluded.showcase_id`,
        priceTableId: sql`excluded.price_table_id`,
        isActive: sql`excluded.is_active`,
        transId: sql`excluded.trans_id`,
      },
    })
    .prepare(),
);

const enrolledRow = readStatement((orm) =>
  orm
    .select({ stationId: stations.stationId, stationCode: stations.stationCode })
    .from(stations)
    .innerJoin(enrolment, eq(enrolment.stationCode, stations.stationCode))
    .prepare(),
);

/**
 * Keeps a station as the ERP has it now; one that was registered anew under its code takes the place of the earlier one.
 *
 * The station this database is enrolled as keeps its code: a till whose row is somebody else's from one moment to the next
 * could complete no sale. What was known of it holds, and its documents wait with the ERP's own words.
 */
export function saveStation(tx: WriteTx, row: StationRecord): void {
  const { stationId, stationCode } = row;
  const own = enrolledRow(tx).get();
  if (own?.stationId === stationId && own.stationCode !== stationCode) return;
  const kept = findStation(tx, stationCode);
  if (kept !== null && kept.stationId !== stationId) {
    dropOtherStation(tx).run({ stationId, stationCode });
    renumberStation(tx).run({ stationId, stationCode });
  }
  upsertStation(tx).run(row);
}

const branchByCode = readStatement((orm) =>
  orm
    .select()
    .from(branches)
    .where(eq(branches.branchCode, sql.placeholder('branchCode')))
    .prepare(),
);
const dropOtherBranch = writeStatement((orm) =>
  orm
    .delete(branches)
    .where(
      and(eq(branches.branchId, sql.placeholder('branchId')), ne(branches.branchCode, sql.placeholder('branchCode'))),
    )
    .prepare(),
);
const renumberBranch = writeStatement((orm) =>
  orm
    .update(branches)
    .set({ branchId: sql`${sql.placeholder('branchId')}` })
    .where(
      and(eq(branches.branchCode, sql.placeholder('branchCode')), ne(branches.branchId, sql.placeholder('branchId'))),
    )
    .prepare(),
);

const followBranch = writeStatement((orm) =>
  orm
    .update(stations)
    .set({ branchId: sql`${sql.placeholder('branchId')}` })
    .where(eq(stations.branchId, sql.placeholder('keptId')))
    .prepare(),
);

const upsertBranch = writeStatement((orm) =>
  orm
    .insert(branches)
    .values({
      branchId: sql.placeholder('branchId'),
      branchCode: sql.placeholder('branchCode'),
      name: sql.placeholder('name'),
      tradeName: sql.placeholder('tradeName'),
      cnpj: sql.placeholder('cnpj'),
      timeZone: sql.placeholder('timeZone'),
    })
    .onConflictDoUpdate({
      target: branches.branchId,
      set: {
        branchCode: sql`excluded.branch_code`,
        name: sql`excluded.name`,
        tradeName: sql`excluded.trade_name`,
        cnpj: sql`excluded.cnpj`,
      },
    })
    .prepare(),
);

/**
 * Keeps a branch as the ERP has it now, under whatever id, which its stations follow: a till without a branch could
 * complete no sale. Its time zone is the station's own setting and stays.
 */
export function saveBranch(tx: WriteTx, row: BranchRecord): void {
  const { branchId, branchCode } = row;
  const kept = branchByCode(tx).get({ branchCode });
  if (kept !== undefined && kept.branchId !== branchId) {
    dropOtherBranch(tx).run({ branchId, branchCode });
    renumberBranch(tx).run({ branchId, branchCode });
    followBranch(tx).run({ branchId, keptId: kept.branchId });
  }
  upsertBranch(tx).run(row);
}

const upsertGroup = writeStatement((orm) =>
  orm
    .insert(stationGroups)
    .values({
      groupId: sql.placeholder('groupId'),
      code: sql.placeholder('code'),
      description: sql.placeholder('description'),
      policies: sql.placeholder('policies'),
      transId: sql.placeholder('transId'),
    })
    .onConflictDoUpdate({
      target: stationGroups.groupId,
      set: {
        code: sql`excluded.code`,
        description: sql`excluded.description`,
        policies: sql`excluded.policies`,
        transId: sql`excluded.trans_id`,
      },
    })
    .prepare(),
);

/** Keeps a station group and its policies as the ERP has them now. */
export function saveGroup(tx: WriteTx, row: GroupRecord): void {
  upsertGroup(tx).run(row);
}
