import type { MovementFilter } from '../../contract/movement-views.ts';
import type { MethodInput } from '../../contract/station-api.ts';
import { ok, refuse } from '../../contract/result.ts';
import type { ReadDb } from '../../db/database-types.ts';
import {
  countMovements,
  countNewerMovements,
  findMovement,
  findMovementMark,
  findNewestMark,
  listMovementIds,
  type MovementMark,
  type MovementQuery,
  type MovementRecord,
} from '../../db/movement-queries.ts';
import type { OutboxState } from '../../db/outbox-queries.ts';
import type { QueryHandler } from '../handlers.ts';
import { listPaperViews } from '../receipt/paper-store.ts';
import { findOwnStation } from '../setup/read-policies.ts';
import { findDocumentError } from '../sync/document-errors.ts';
import { toMovementRow } from './movement-row.ts';
import { readMovementSearch } from './movement-search-rules.ts';
import { listMovementSteps } from './movement-steps.ts';

const STATES: Readonly<Record<'waiting' | 'confirmed' | 'rejected' | 'given_up', readonly OutboxState[]>> = {
  waiting: ['pending', 'sending', 'unknown', 'sent'],
  confirmed: ['confirmed'],
  rejected: ['rejected', 'diverged'],
  given_up: ['discarded', 'annulled'],
};

/** More than the largest screen shows. */
const TOP_ROWS = 200;

/** Reads that walk the index of the list: on the reader thread, so that none stands before a scan. */
export const movementListQueries: {
  readonly 'movement.list': QueryHandler<'movement.list'>;
  readonly 'movement.find': QueryHandler<'movement.find'>;
} = {
  'movement.list': (db, { filter, from, limit }) => {
    const query = toQuery(db, filter);
    const rows = listMovementIds(db, query, { from, limit }).map((id) => toMovementRow(getMovement(db, id)));
    return ok({ total: countMovements(db, query), rows });
  },

  'movement.find': (db, { target }) => {
    const mark = 'number' in target ? findNumber(db, target.number) : findNewestMark(db, target.businessDay);
    return ok({ place: mark === null ? null : countNewerMovements(db, mark) });
  },
};

/** Whether a page is one of the first of the whole list, which are read and counted without a walk through the index. */
export function isTopOfList({ filter, from = 0, limit = TOP_ROWS }: MethodInput<'movement.list'>): boolean {
  const { text = '', state = null, kind = null, businessDay = null } = filter ?? {};
  return from + limit <= TOP_ROWS && text === '' && state === null && kind === null && businessDay === null;
}

/** One movement and all that became of it. */
export const movementQueries: { readonly 'movement.get': QueryHandler<'movement.get'> } = {
  'movement.get': (db, { documentId }) => {
    const record = findMovement(db, documentId);
    if (record === null) return refuse({ code: 'document_not_found', documentId });
    // A sale and its cancellation are one story, whichever of them was asked for.
    const otherId = record.undoneBy ?? record.undoneSaleId;
    const other = otherId === null ? null : getMovement(db, otherId);
    const told = other === null ? [record] : record.kind === 'sale' ? [record, other] : [other, record];
    return ok({
      row: toMovementRow(record),
      steps: told.flatMap((one) => listMovementSteps(db, one)),
      papers: told.flatMap((one) => listPaperViews(db, one.documentId)),
      error: findDocumentError(db, documentId),
    });
  },
};

function toQuery(db: ReadDb, { text, state, kind, businessDay }: MovementFilter): MovementQuery {
  return {
    states: state === null || state === 'cancelled' ? null : STATES[state],
    isCancelled: state === 'cancelled',
    kind,
    businessDay,
    search: text === '' ? null : readMovementSearch(text, findOwnStation(db)?.stationCode ?? ''),
  };
}

/** The first number of those that a typed one may mean. */
function findNumber(db: ReadDb, text: string): MovementMark | null {
  const { prefix, numbers } = readMovementSearch(text, findOwnStation(db)?.stationCode ?? '');
  for (const number of prefix === null ? numbers : [prefix]) {
    const mark = findMovementMark(db, number);
    if (mark !== null) return mark;
  }
  return null;
}

function getMovement(db: ReadDb, documentId: string): MovementRecord {
  const record = findMovement(db, documentId);
  if (record === null) throw new Error(`document ${documentId} left the outbox`);
  return record;
}
