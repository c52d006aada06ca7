import { DEFAULT_TIME_ZONE } from '../../contract/format.ts';
import type { Policies } from '../../contract/policies.ts';
import type { ReadDb } from '../../db/database-types.ts';
import { findOwnStore, type OwnStore } from '../../db/own-store-queries.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import { findBranch, findStation, type BranchRecord, type StationRecord } from '../../db/station-queries.ts';
import { decodePolicies, type PoliciesReading } from './policies-rules.ts';

/** The policies of the station's group; the defaults before enrolment and where the group says nothing usable. */
export function readPolicies(db: ReadDb): Policies {
  return readPoliciesReading(db).policies;
}

/** The same with the fields the ERP filled with nonsense since enrolment, for `doctor`. */
export function readPoliciesReading(db: ReadDb): PoliciesReading {
  return decodeOwnPolicies(findOwnStore(db));
}

/** The store this station sells in with its policies, read at once: what a completion asks for. */
export function getOwnStore(db: ReadDb): PoliciesReading & { readonly store: OwnStore } {
  const store = findOwnStore(db);
  if (store === null) throw new Error('only an enrolled station makes documents');
  return { store, ...decodeOwnPolicies(store) };
}

// What the group's text was last taken for: it changes once in months, and every completion asks.
let lastRead: { readonly text: string; readonly branchCode: string; readonly reading: PoliciesReading } | null = null;

function decodeOwnPolicies(store: OwnStore | null): PoliciesReading {
  const text = store?.policies ?? '{}';
  const branchCode = store?.branchCode ?? '';
  if (lastRead?.text !== text || lastRead.branchCode !== branchCode) {
    const reading = decodePolicies(JSON.parse(text) as Record<string, unknown>, branchCode);
    lastRead = { text, branchCode, reading };
  }
  return lastRead.reading;
}

/**
 * The station this database was enrolled as, as the ERP registered it, with the events that a person chose at enrolment
 * instead of the ERP's; null before enrolment.
 */
export function findOwnStation(db: ReadDb): StationRecord | null {
  const enrolment = findEnrolment(db);
  const station = enrolment === null ? null : findStation(db, enrolment.stationCode);
  if (enrolment === null || station === null) return null;
  const { saleEvent, returnEvent } = enrolment;
  return { ...station, saleEvent: saleEvent ?? station.saleEvent, returnEvent: returnEvent ?? station.returnEvent };
}

/** The branch of this station; null before enrolment. */
export function findOwnBranch(db: ReadDb): BranchRecord | null {
  const station = findOwnStation(db);
  return station === null ? null : findBranch(db, station.branchId);
}

/** The zone in which this branch counts its days. */
export function readTimeZone(db: ReadDb): string {
  return findOwnBranch(db)?.timeZone ?? DEFAULT_TIME_ZONE;
}
