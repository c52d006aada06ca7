import { afterEach, beforeEach, expect, test } from 'vitest';
import { findOwnStation } from '../../core/setup/read-policies.ts';
import { findOwnStore } from '../../db/own-store-queries.ts';
import { insertEnrolment } from '../../db/setup-queries.ts';
import { findBranch, findStation, saveBranch, saveStation } from '../../db/station-queries.ts';
import { temporaryDatabase } from '../core/sync/support.ts';
import { ENROLMENT_ROW, STATION_ROW } from '../support/station-rows.ts';

/* A code that the ERP registered anew: another id of its own under the same code, which the station knows it by. */

let store: ReturnType<typeof temporaryDatabase>;
beforeEach(() => {
  store = temporaryDatabase();
});
afterEach(() => store.remove());

const BRANCH = {
  branchId: 8,
  branchCode: '00010',
  name: 'Loja',
  tradeName: 'Loja',
  cnpj: '1',
  timeZone: 'America/Manaus',
};

test('a station registered anew takes the place of the earlier one and keeps its event', () => {
  const { db } = store;
  db.write((tx) => {
    saveStation(tx, { ...STATION_ROW, stationId: 1, saleEvent: '10' });
    saveStation(tx, { ...STATION_ROW, stationId: 7, saleEvent: '' });
  });
  expect(findStation(db.read, STATION_ROW.stationCode)).toMatchObject({ stationId: 7, saleEvent: '10' });
});

test('two stations may change their codes with each other', () => {
  const { db } = store;
  const [first, second] = [STATION_ROW, { ...STATION_ROW, stationId: STATION_ROW.stationId + 1, stationCode: 'E02' }];
  db.write((tx) => {
    for (const row of [first, second]) saveStation(tx, row);
    saveStation(tx, { ...first, stationCode: second.stationCode });
    saveStation(tx, { ...second, stationCode: first.stationCode });
  });
  expect(findStation(db.read, first.stationCode)?.stationId).toBe(second.stationId);
  expect(findStation(db.read, second.stationCode)?.stationId).toBe(first.stationId);
});

test('the station that sells here keeps its code, until another row of the ERP has it', () => {
  const { db } = store;
  const renamed = { ...STATION_ROW, stationCode: 'E77' };
  const elsewhere = { ...STATION_ROW, stationId: STATION_ROW.stationId + 1 };
  db.write((tx) => {
    insertEnrolment(tx, ENROLMENT_ROW);
    saveStation(tx, STATION_ROW);
    saveStation(tx, renamed);
  });
  expect(findOwnStation(db.read)).toMatchObject(STATION_ROW);
  // Nor is its row in the way of another station whose code the ERP gave its id.
  db.write((tx) => {
    saveStation(tx, { ...renamed, stationId: 78 });
    saveStation(tx, renamed);
  });
  expect(findOwnStation(db.read)).toMatchObject(STATION_ROW);
  db.write((tx) => {
    for (const row of [renamed, elsewhere, renamed]) saveStation(tx, row);
  });
  expect(findOwnStation(db.read)).toMatchObject(elsewhere);
  expect(findStation(db.read, 'E77')?.stationId).toBe(STATION_ROW.stationId);
});

test('a branch registered anew keeps its stations: the till goes on selling for it', () => {
  const { db } = store;
  db.write((tx) => {
    insertEnrolment(tx, ENROLMENT_ROW);
    saveStation(tx, { ...STATION_ROW, branchId: BRANCH.branchId });
    saveBranch(tx, BRANCH);
    saveBranch(tx, { ...BRANCH, branchId: 80 });
  });
  expect(findOwnStore(db.read)).toMatchObject({ branchCode: BRANCH.branchCode });
});

test('a branch registered anew keeps the time zone chosen here', () => {
  const { db } = store;
  db.write((tx) => {
    saveBranch(tx, BRANCH);
    saveBranch(tx, { ...BRANCH, branchId: 80, name: 'Loja nova', timeZone: 'America/Sao_Paulo' });
  });
  expect(findBranch(db.read, 80)).toMatchObject({ name: 'Loja nova', timeZone: 'America/Manaus' });
  expect(findBranch(db.read, 8)).toBe(null);
});
