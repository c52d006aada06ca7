import { z } from 'zod';
import { BusinessDay, Id } from './ids.ts';
import { action, command, query } from './method.ts';
import { administration, fromServer } from './setup-methods.ts';
import { LoadStepView, SendOutcomeView, SyncErrorView, SyncView } from './station-views.ts';
import { ReconciliationView } from './sync-views.ts';

const none = z.object({});
/** Why nothing is asked of the ERP: nobody set it up, turned it off, its registers are not all here, or its password. */
const idle = ['station_not_enrolled', 'integration_off', 'catalog_not_loaded', 'connection_not_ready'] as const;

/** What passes between the station and its ERP, and what a person does about it; part of `stationApi`. */
export const syncMethods = {
  'sync.view': query(none, SyncView, []),
  'sync.errors': query(none, z.array(SyncErrorView), []),
  'sync.sendNow': action(none, SendOutcomeView, []),
  /** Goes on after a person dealt with what stopped the connector; takes back every alert. Audited. */
  'sync.resume': action(z.object({ password: z.string().nullable().default(null) }), SyncView, [
    'station_not_enrolled',
    ...fromServer,
  ]),
  /**
   * Integration of this station on or off, over restarts, audited. Off: sales are real, kept and queued; nothing is sent
   * and no register is read.
   */
  'sync.setIntegration': action(z.object({ enabled: z.boolean(), ...administration.input }), SyncView, [
    ...administration.refusals,
    'station_not_enrolled',
  ]),
  'sync.resend': command(z.object({ documentId: Id }), SyncView, ['document_not_found', 'document_not_resendable']),
  /**
   * Gives a document up that was rejected or diverged: it is never sent. The cancellation of a sale that is given up
   * closes with it. By a person who may, audited with the reason.
   */
  'sync.discard': command(
    z.object({
      documentId: Id,
      reason: z.string().trim().min(3).max(200),
      approvalId: Id.nullable().default(null),
    }),
    SyncView,
    [
      'login_required',
      'document_not_found',
      'document_not_waiting',
      'permission_required',
      'permission_denied',
      'approval_invalid',
    ],
  ),
  /** Reads at the ERP what became of a document that waits for a person; nothing is sent. */
  'sync.recheck': action(z.object({ documentId: Id }), SyncErrorView, [
    ...idle,
    'document_not_found',
    'document_not_waiting',
    ...fromServer,
  ]),
  /**
   * Compares a business day with the ERP's own list of it, now; without a day the last one of this station. Asked for by
   * the window it is refused for a day whose drawer is still to be counted, but with `see_expected` or a leave for it.
   */
  'reconcile.day': action(
    z.object({ businessDay: BusinessDay.nullable().default(null), ...administration.input }),
    ReconciliationView,
    [...administration.refusals, ...idle, ...fromServer],
  ),
  /** The last comparison of a day, null when there was none; as `reconcile.day` for who may see it. */
  'reconcile.view': query(
    z.object({ businessDay: BusinessDay, ...administration.input }),
    ReconciliationView.nullable(),
    administration.refusals,
  ),
  /**
   * Reads a register again from its first row. Rows of the catalogue that the ERP does not bring any more leave when the
   * read is over; a kill in between costs one page. Answers when it has begun.
   */
  'catalog.reload': action(z.object({ register: LoadStepView.shape.step }), SyncView, idle),
} as const;
