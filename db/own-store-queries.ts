import { eq, sql } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { branches, enrolment, stationGroups, stations } from './schema-setup.ts';
import { plainRows, readStatement } from './statement.ts';

/**
 * What a document says of where it was made: the station this database is enrolled as, its branch and its group's
 * policies (JSON in the ERP's own words, null when the group is not known).
 */
export type OwnStore = {
  readonly stationCode: string;
  readonly saleEvent: string;
  readonly showcaseId: number;
  readonly cashRegisterCode: number;
  readonly branchCode: string;
  readonly company: string;
  readonly tradeName: string;
  readonly cnpj: string;
  readonly timeZone: string;
  readonly policies: string | null;
  readonly defaultCustomerId: number | null;
  readonly defaultSalespersonCode: string | null;
};

const FIELDS = {
  stationCode: stations.stationCode,
  // What a person chose at enrolment goes before what the ERP registered.
  saleEvent: sql<string>`coalesce(${enrolment.saleEvent}, ${stations.saleEvent})`.as('own_sale_event'),
  showcaseId: stations.showcaseId,
  cashRegisterCode: stations.cashRegisterCode,
  branchCode: branches.branchCode,
  company: sql<string>`${branches.name}`.as('company'),
  tradeName: branches.tradeName,
  cnpj: branches.cnpj,
  timeZone: branches.timeZone,
  policies: stationGroups.policies,
  defaultCustomerId: enrolment.defaultCustomerId,
  defaultSalespersonCode: enrolment.defaultSalespersonCode,
};

const ownStore = readStatement((orm) =>
  orm
    .select(FIELDS)
    .from(enrolment)
    .innerJoin(stations, eq(stations.stationCode, enrolment.stationCode))
    .innerJoin(branches, eq(branches.branchId, stations.branchId))
    .leftJoin(stationGroups, eq(stationGroups.groupId, stations.groupId))
    .prepare(),
);

/** The store this database belongs to, in one read; null before enrolment. */
export function findOwnStore(db: ReadDb): OwnStore | null {
  return plainRows<OwnStore>(FIELDS, ownStore(db).values())[0] ?? null;
}
