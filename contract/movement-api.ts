import { z } from 'zod';
import { BusinessDay, Id } from './ids.ts';
import { query } from './method.ts';
import { MovementFilter, MovementRowView, MovementView } from './movement-views.ts';

/** The list of everything this station recorded: read by place, so that a scroll bar of 150,000 rows tells the truth. */
export const movementApi = {
  /** `limit` rows from place `from` on, the newest is at 0, and how many there are. */
  'movement.list': query(
    z.object({
      filter: MovementFilter.prefault({}),
      from: z.int().min(0).default(0),
      limit: z.int().min(1).max(500).default(100),
    }),
    z.object({ total: z.int(), rows: z.array(MovementRowView) }),
    [],
    'reader',
  ),
  /**
   * The place of a movement in the whole list: by its number (`E01000000123`, or `123` for the sale), or the newest of a
   * business day; of the day before it that has one, where it has none itself. Null when there is none.
   */
  'movement.find': query(
    z.object({
      target: z.union([z.object({ businessDay: BusinessDay }), z.object({ number: z.string().trim().min(1).max(40) })]),
    }),
    z.object({ place: z.int().nullable() }),
    [],
    'reader',
  ),
  'movement.get': query(z.object({ documentId: Id }), MovementView, ['document_not_found']),
} as const;
