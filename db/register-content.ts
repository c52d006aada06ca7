import type { ReadDb } from './database-types.ts';
import {
  acquirers,
  branches,
  cardBrands,
  financialReasons,
  operators,
  paymentKinds,
  paymentTerms,
  paymentTypes,
  promotions,
  salespeople,
  stationGroups,
  stations,
} from './schema-setup.ts';
import { readStatement } from './statement.ts';

const tables = {
  station: [
    readStatement((orm) => orm.select().from(stationGroups).prepare()),
    readStatement((orm) => orm.select().from(stations).prepare()),
  ],
  branch: [readStatement((orm) => orm.select().from(branches).prepare())],
  operators: [readStatement((orm) => orm.select().from(operators).prepare())],
  salespeople: [readStatement((orm) => orm.select().from(salespeople).prepare())],
  payment_types: [
    readStatement((orm) => orm.select().from(paymentTypes).prepare()),
    readStatement((orm) => orm.select().from(paymentKinds).prepare()),
    readStatement((orm) => orm.select().from(cardBrands).prepare()),
    readStatement((orm) => orm.select().from(acquirers).prepare()),
  ],
  payment_terms: [readStatement((orm) => orm.select().from(paymentTerms).prepare())],
  financial_reasons: [readStatement((orm) => orm.select().from(financialReasons).prepare())],
  promotions: [readStatement((orm) => orm.select().from(promotions).prepare())],
} as const;

/** All that a small register holds, as one text to compare: equal texts are equal rows. */
export function readRegisterContent(db: ReadDb, register: keyof typeof tables): string {
  return JSON.stringify(tables[register].map((rows) => rows(db).values()));
}
