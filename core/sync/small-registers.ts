import type { Database, WriteTx } from '../../db/database-types.ts';
import { noteGuessedKind } from '../../db/payment-kind-queries.ts';
import { readRegisterContent } from '../../db/register-content.ts';
import {
  saveAcquirer,
  saveCardBrand,
  saveOperator,
  savePaymentType,
  saveSalesperson,
} from '../../db/register-writes.ts';
import { saveFinancialReason, savePaymentTerm, savePromotion } from '../../db/policy-register-writes.ts';
import { findBranch, findStation, saveBranch, saveGroup, saveStation } from '../../db/station-queries.ts';
import type { Connector, Remote } from '../connectors/connector.ts';
import type { StationRow } from '../connectors/register-rows.ts';
import type { BearMissing } from './missing-registers.ts';
import { missingBranchFields } from '../setup/enrolment-rules.ts';
import { timeZoneOfState } from '../setup/time-zone-rules.ts';

/** Registers that are read whole: at most some hundred rows each. In the order of what a later one names. */
export const SMALL_REGISTERS = [
  'station',
  'branch',
  'operators',
  'salespeople',
  'payment_types',
  'payment_terms',
  'financial_reasons',
  'promotions',
  'customers',
] as const;
export type SmallRegister = (typeof SMALL_REGISTERS)[number];

type KeptHere = Exclude<SmallRegister, 'customers'>;
type Parts = {
  readonly connector: Connector;
  readonly db: Database;
  readonly stationCode: string;
  readonly bearMissing: BearMissing;
};

/** How many rows the ERP has, and whether they say something else than what was here. */
type KeptRegister = { readonly rows: number; readonly isChanged: boolean };

/** Reads a small register and keeps all of it in one transaction. Deletions are flags there: nothing is removed. */
export function pullSmallRegister(register: SmallRegister, parts: Parts): Promise<Remote<KeptRegister>> {
  return readers[register](parts);
}

const readers: Readonly<Record<SmallRegister, (parts: Parts) => Promise<Remote<KeptRegister>>>> = {
  station: async ({ connector, db, stationCode, bearMissing }) => {
    const groups = bearMissing('station_groups', await connector.readGroups(), []);
    if (!groups.ok) return groups;
    const stations = await connector.readStations(stationCode);
    if (!stations.ok) return stations;
    return keepChanges(db, 'station', groups.value.length + stations.value.length, (tx) => {
      for (const group of groups.value) saveGroup(tx, { ...group, policies: JSON.stringify(group.policies) });
      for (const station of stations.value) saveStation(tx, atUsableBranch(tx, station));
    });
  },
  branch: async ({ connector, db, stationCode }) => {
    const branches = await connector.readBranches();
    if (!branches.ok) return branches;
    // Papers carry the company of the branch: a record that lost its fields does not replace a whole one.
    const branchId = findStation(db.read, stationCode)?.branchId;
    const own = branches.value.find((branch) => branch.branchId === branchId);
    const missing = own === undefined ? [] : missingBranchFields(own);
    if (missing.length > 0) {
      const text = `a filial ${own?.branchCode ?? ''} está incompleta no ERP: ${missing.join(', ')}`;
      return { ok: false, failure: { class: 'refused', text, method: 'branch', field: missing[0] ?? '' } };
    }
    return keep(db, 'branch', branches, (tx, branch) =>
      saveBranch(tx, { ...branch, timeZone: timeZoneOfState(branch.state) }),
    );
  },
  operators: async ({ connector, db }) =>
    keep(db, 'operators', await connector.readOperators(), (tx, operator) =>
      saveOperator(tx, { ...operator, permissions: JSON.stringify(operator.permissions) }),
    ),
  salespeople: async ({ connector, db, stationCode }) => {
    const branchId = findStation(db.read, stationCode)?.branchId ?? 0;
    return keep(db, 'salespeople', await connector.readSalespeople(branchId), saveSalesperson);
  },
  payment_types: async ({ connector, db }) => {
    const types = await connector.readPaymentTypes();
    if (!types.ok) return types;
    const cards = await connector.readCards();
    if (!cards.ok) return cards;
    const rows = types.value.length + cards.value.brands.length + cards.value.acquirers.length;
    return keepChanges(db, 'payment_types', rows, (tx) => {
      for (const type of types.value) {
        const kind = noteGuessedKind(tx, type.paymentTypeId, type.kind);
        savePaymentType(tx, { ...type, kind, allowsChange: kind === 'cash' });
      }
      for (const brand of cards.value.brands) saveCardBrand(tx, brand);
      for (const acquirer of cards.value.acquirers) saveAcquirer(tx, acquirer);
    });
  },
  payment_terms: async ({ connector, db }) =>
    keep(db, 'payment_terms', await connector.readPaymentTerms(), (tx, term) =>
      savePaymentTerm(tx, { ...term, installments: JSON.stringify(term.installments) }),
    ),
  financial_reasons: async ({ connector, db }) =>
    keep(db, 'financial_reasons', await connector.readFinancialReasons(), saveFinancialReason),
  promotions: async ({ connector, db }) =>
    keep(db, 'promotions', await connector.readPromotions(), (tx, promotion) =>
      savePromotion(tx, {
        ...promotion,
        branchIds: JSON.stringify(promotion.branchIds),
        rule: JSON.stringify(promotion.rule),
      }),
    ),
  customers: async ({ connector }) => {
    // The default customer was chosen at enrolment and stays; this shows that it is still there.
    const customer = await connector.findDefaultCustomer();
    if (!customer.ok) return customer;
    return { ok: true, value: { rows: customer.value === null ? 0 : 1, isChanged: false } };
  },
};

/**
 * A station that the ERP put into a branch which is not here yet, or not whole there, stays where it is until that is
 * read: a till without a branch could complete no sale, for as long as the next register does not come.
 */
function atUsableBranch(tx: WriteTx, station: StationRow): StationRow {
  const here = findStation(tx, station.stationCode);
  const branch = findBranch(tx, station.branchId);
  if (here === null || (branch !== null && missingBranchFields(branch).length === 0)) return station;
  return { ...station, branchId: here.branchId };
}

function keep<Row>(
  db: Database,
  register: KeptHere,
  rows: Remote<readonly Row[]>,
  save: (tx: WriteTx, row: Row) => void,
): Remote<KeptRegister> {
  if (!rows.ok) return rows;
  return keepChanges(db, register, rows.value.length, (tx) => {
    for (const row of rows.value) save(tx, row);
  });
}

/** One transaction, which costs no write to the disk when it changed nothing. */
function keepChanges(
  db: Database,
  register: KeptHere,
  rows: number,
  save: (tx: WriteTx) => void,
): Remote<KeptRegister> {
  const isChanged = db.write(
    (tx) => {
      const before = readRegisterContent(tx, register);
      save(tx);
      return readRegisterContent(tx, register) !== before;
    },
    (changed) => changed,
  );
  return { ok: true, value: { rows, isChanged } };
}
