import { z } from 'zod';
import {
  CashClosingView,
  CashCountView,
  CashMovementView,
  CashPaperView,
  CashSessionView,
  DenominationCount,
  FinancialReasonView,
  SessionClosingView,
} from './cash-views.ts';
import { CommandId, Id } from './ids.ts';
import { command, query } from './method.ts';
import { Cents } from './money.ts';
import { PaperView } from './sale-views.ts';

const none = z.object({});
const approvalId = Id.nullable().default(null);
const authority = ['permission_required', 'permission_denied', 'approval_invalid'] as const;
const inSession = ['login_required', 'session_closed', 'command_reused'] as const;

/** The drawer: opening, what is put in and taken out, the blind count, closing. */
export const cashApi = {
  'cashSession.open': command(z.object({ commandId: CommandId, floatCents: Cents, approvalId }), CashSessionView, [
    'login_required',
    'session_already_open',
    'session_day_in_past',
    'clock_wrong',
    'station_not_enrolled',
    'catalog_not_loaded',
    'command_reused',
    ...authority,
  ]),
  /** The float that the last session left in the drawer; null before the first was closed. */
  'cashSession.suggestFloat': query(none, z.object({ floatCents: Cents.nullable() }), []),
  /** Lets the session of a day that is over go on selling today. */
  'cashSession.keepOpen': command(z.object({ commandId: CommandId, approvalId }), CashSessionView, [
    ...inSession,
    'session_not_left_over',
    ...authority,
  ]),
  'cashSession.reasons': query(none, z.array(FinancialReasonView), []),
  'cashSession.movements': query(none, z.array(CashMovementView), ['session_closed']),
  /**
   * The papers of the drawer, of this session and of those before it, the newest first and at most 60. A partial summary is
   * among them only for whom the ERP lets see what is expected.
   */
  'cashSession.papers': query(none, z.array(CashPaperView), []),
  /** Whether there is more cash in the drawer than the policy likes; nothing of how much. */
  'cashSession.drawer': query(none, z.object({ isAboveLimit: z.boolean(), limitCents: Cents }), []),
  'cashSession.move': command(
    z.object({
      commandId: CommandId,
      kind: z.enum(['supply', 'withdrawal']),
      financialReasonId: z.int(),
      amountCents: Cents.min(1),
      note: z.string().trim().max(200).default(''),
      approvalId,
    }),
    CashMovementView,
    [
      ...inSession,
      'session_counted',
      'financial_reason_unknown',
      'financial_reason_direction',
      'withdrawal_too_large',
      ...authority,
    ],
  ),
  /** `Resumo parcial`: a paper of what is expected so far; audited. */
  'cashSession.partial': command(z.object({ commandId: CommandId, approvalId }), PaperView, [
    ...inSession,
    ...authority,
  ]),
  'cashSession.closing': query(none, CashClosingView, ['session_closed']),
  /** Confirms a blind count. What is not named was counted as nothing. */
  'cashSession.count': command(
    z.object({
      commandId: CommandId,
      denominations: z.array(DenominationCount).max(50),
      amounts: z
        .array(z.object({ paymentTypeId: z.int(), acquirerId: z.int().nullable().default(null), countedCents: Cents }))
        .max(200)
        .default([]),
      approvalId,
    }),
    CashCountView,
    [...inSession, 'session_has_open_sales', 'recount_used', 'payment_type_unknown', ...authority],
  ),
  /** Closes with the last count. */
  'cashSession.close': command(z.object({ commandId: CommandId, floatLeftCents: Cents }), SessionClosingView, [
    ...inSession,
    'count_missing',
    'float_left_too_large',
  ]),
} as const;
