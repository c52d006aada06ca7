import { z } from 'zod';
import { CommandId, Id } from './ids.ts';
import { command, query } from './method.ts';
import { PixChargeView, PixListView, PixPendingView, PixOutcome } from './pix-views.ts';

/** Rows of the list that fill some screens; a shop that checks each day has a dozen. */
const LIST_ROWS = { usual: 200, most: 1000 } as const;

/** The methods about Pix of a fixed QR after it was shown. Showing one is `sale.addTender`. */
export const pixApi = {
  /** What nobody has found in the bank's statement yet: what the closing of the drawer shows. */
  'pix.pending': query(z.object({}), PixPendingView, []),
  /** `open`: what a person has to look at, the oldest first. `all`: every one, the newest first. */
  'pix.list': query(
    z.object({
      filter: z.enum(['open', 'all']).default('open'),
      limit: z.int().min(1).max(LIST_ROWS.most).default(LIST_ROWS.usual),
    }),
    PixListView,
    [],
  ),
  /** What somebody who reads the bank's statement found of one Pix; audited, and may be corrected by a later look. */
  'pix.check': command(
    z.object({
      commandId: CommandId,
      txid: z.string().min(1).max(25),
      outcome: PixOutcome,
      note: z.string().trim().max(200).nullable().default(null),
      approvalId: Id.nullable().default(null),
    }),
    PixChargeView,
    [
      'login_required',
      'pix_not_found',
      'pix_state_wrong',
      'permission_required',
      'permission_denied',
      'approval_invalid',
      'command_reused',
    ],
  ),
} as const;
