import { z } from 'zod';
import { backOfficeApi } from './back-office-api.ts';
import { backupApi } from './backup-api.ts';
import { cashApi } from './cash-api.ts';
import { customerApi } from './customer-api.ts';
import { BusinessDay, CommandId, Id } from './ids.ts';
import { Cents, QuantityMilli } from './money.ts';
import { Permission } from './policies.ts';
import { action, command, query } from './method.ts';
import { movementApi } from './movement-api.ts';
import { pixApi } from './pix-api.ts';
import { printingApi } from './printing-api.ts';
import { productApi } from './product-api.ts';
import type { Refusal, RefusalOf } from './refusals.ts';
import { setupMethods } from './setup-methods.ts';
import { syncMethods } from './sync-methods.ts';
import { DiscountInput, PaperView, SaleRowView, SaleView } from './sale-views.ts';
import {
  HealthView,
  LoadView,
  OperatorView,
  PaymentTypeView,
  StationView,
  SummaryView,
  SyncView,
} from './station-views.ts';

const none = z.object({});
const saleCommand = z.object({ commandId: CommandId, saleId: Id });
const reason = z.string().trim().min(3).max(200);
/** A superior's leave from `operator.approve`, single use. */
const approvalId = Id.nullable().default(null);
const atTheTill = ['login_required', 'session_closed', 'session_counted'] as const;
const onOpenSale = [...atTheTill, 'sale_not_found', 'sale_not_open', 'command_reused'] as const;
const onUnpaidSale = [...onOpenSale, 'tender_present'] as const;
const discounting = [
  ...onUnpaidSale,
  'discount_above_limit',
  'discount_above_price',
  'discount_reason_required',
  'approval_invalid',
  'permission_required',
  'permission_denied',
] as const;

/**
 * Every method of the station, as data. The client, the handlers and the command line are derived from it.
 *
 * query: reads. command: decides once, in one write transaction. action: asynchronous work of the core that makes
 * its own short transactions (a hash, a call to the ERP). Errors lists the refusals a caller must expect besides
 * `commonRefusals`.
 */
export const stationApi = {
  'station.view': query(none, StationView, []),
  'station.health': query(none, HealthView, []),

  ...setupMethods,

  'operator.list': query(none, z.array(OperatorView), []),
  'operator.login': action(
    z.object({ code: z.string().min(1).max(20), pin: z.string().min(1).max(12) }),
    OperatorView,
    ['operator_unknown', 'pin_wrong', 'operator_locked', 'station_not_enrolled'],
  ),
  /** `idle`: nobody touched the till for as long as the group allows; the audit tells it from a person's leaving. */
  'operator.logout': command(z.object({ reason: z.enum(['person', 'idle']).default('person') }), StationView, []),
  'operator.approve': action(
    z.object({ code: z.string().min(1).max(20), pin: z.string().min(1).max(12), permission: Permission }),
    z.object({ approvalId: Id, operator: OperatorView }),
    ['login_required', 'operator_unknown', 'pin_wrong', 'operator_locked', 'permission_required'],
  ),

  ...cashApi,
  ...productApi,
  'salesperson.list': query(none, z.array(z.object({ code: z.string(), name: z.string() })), []),
  'payment.types': query(none, z.array(PaymentTypeView), []),

  'sale.current': query(none, SaleView.nullable(), []),
  'sale.get': query(
    z.object({ saleId: Id }),
    z.object({ sale: SaleView, row: SaleRowView.nullable(), papers: z.array(PaperView) }),
    ['sale_not_found'],
  ),
  'sale.list': query(
    z.object({
      businessDay: BusinessDay.nullable().default(null),
      beforeNumber: z.string().nullable().default(null),
      limit: z.int().min(1).max(500).default(100),
    }),
    z.array(SaleRowView),
    [],
  ),
  'sale.parked': query(none, z.array(SaleView), []),
  'sale.addItem': command(
    saleCommand.extend({
      barcode: z.string().trim().min(1).max(60),
      /** Which of the SKUs that share the barcode, after `ambiguous_barcode`; one without a barcode has its id in both. */
      sku: z.string().nullable().default(null),
      quantityMilli: QuantityMilli.default(1000),
    }),
    SaleView,
    [
      ...atTheTill,
      'session_left_over',
      'sale_not_open',
      'command_reused',
      'another_sale_open',
      'unknown_barcode',
      'ambiguous_barcode',
      'product_blocked',
      'product_inactive',
      'price_missing',
      'quantity_absurd',
      'sale_too_large',
    ],
  ),
  'sale.setQuantity': command(saleCommand.extend({ lineId: Id, quantityMilli: QuantityMilli }), SaleView, [
    ...onUnpaidSale,
    'line_not_found',
    'quantity_absurd',
    'sale_too_large',
  ]),
  'sale.removeItem': command(saleCommand.extend({ lineId: Id }), SaleView, [...onUnpaidSale, 'line_not_found']),
  'sale.discountItem': command(
    saleCommand.extend({ lineId: Id, discount: DiscountInput, reason: reason.nullable().default(null), approvalId }),
    SaleView,
    [...discounting, 'line_not_found'],
  ),
  'sale.discount': command(
    saleCommand.extend({ discount: DiscountInput, reason: reason.nullable().default(null), approvalId }),
    SaleView,
    [...discounting, 'sale_empty'],
  ),
  'sale.setSalesperson': command(
    saleCommand.extend({ salespersonCode: z.string().min(1).max(20), lineId: Id.nullable().default(null) }),
    SaleView,
    [...onOpenSale, 'salesperson_unknown', 'line_not_found'],
  ),
  'sale.setCpf': command(saleCommand.extend({ cpf: z.string().max(20).nullable() }), SaleView, [
    ...onOpenSale,
    'cpf_invalid',
  ]),
  'sale.setCustomer': command(saleCommand.extend({ personId: Id.nullable() }), SaleView, [
    ...onOpenSale,
    'customer_not_found',
  ]),
  'sale.addTender': command(
    saleCommand.extend({
      paymentTypeId: z.int(),
      amountCents: Cents.min(1),
      installments: z.int().min(1).max(48).default(1),
      cardBrandId: z.int().nullable().default(null),
      acquirerId: z.int().nullable().default(null),
      nsu: z.string().max(20).nullable().default(null),
    }),
    SaleView,
    [
      ...onOpenSale,
      'sale_completed_elsewhere',
      'sale_empty',
      'nothing_due',
      'payment_type_unknown',
      'payment_type_unsupported',
      'pix_not_ready',
      'pix_unanswered',
      'change_not_allowed',
      'card_field_unknown',
      'installments_invalid',
    ],
  ),
  'sale.removeTender': command(saleCommand.extend({ tenderId: Id }), SaleView, [...onOpenSale, 'tender_not_found']),
  /** The operator saw the credit of a waiting Pix in the bank's app. Giving it up is `sale.removeTender`. */
  'sale.confirmPix': command(saleCommand.extend({ tenderId: Id }), SaleView, [
    ...onOpenSale,
    'tender_not_found',
    'pix_not_waiting',
  ]),
  'sale.complete': command(saleCommand, z.object({ sale: SaleView, paper: PaperView }), [
    ...onOpenSale,
    'sale_completed_elsewhere',
    'sale_empty',
    'tender_too_small',
    'pix_unanswered',
    'salesperson_required',
    'discount_above_limit',
  ]),
  'sale.park': command(saleCommand.extend({ note: z.string().max(80).default('') }), z.object({ parked: SaleView }), [
    ...onUnpaidSale,
    'sale_empty',
  ]),
  'sale.recall': command(saleCommand, SaleView, [
    ...atTheTill,
    'sale_not_found',
    'sale_not_open',
    'another_sale_open',
    'command_reused',
  ]),
  'sale.abandon': command(saleCommand.extend({ reason, approvalId }), z.object({ abandoned: SaleView }), [
    ...onOpenSale,
    'pix_unanswered',
    'permission_required',
    'permission_denied',
    'approval_invalid',
  ]),
  'sale.cancel': command(saleCommand.extend({ reason, approvalId }), z.object({ row: SaleRowView, paper: PaperView }), [
    ...atTheTill,
    'sale_not_found',
    'sale_not_completed',
    'sale_already_cancelled',
    'cancellation_too_late',
    'permission_required',
    'permission_denied',
    'approval_invalid',
    'command_reused',
  ]),

  ...customerApi,
  ...movementApi,
  ...pixApi,

  /** Of a day whose drawer is not closed only for who may see what is expected in it; `approvalId`: a superior's leave. */
  'summary.day': query(
    z.object({ businessDay: BusinessDay.nullable().default(null), approvalId }),
    SummaryView,
    ['login_required', 'permission_required', 'permission_denied', 'approval_invalid'],
    'reader',
  ),

  ...printingApi,
  ...backupApi,
  ...syncMethods,
  ...backOfficeApi,
} as const;

/** Every event the core sends: the whole new view, replacing the old one. */
export const stationEvents = {
  'station.changed': StationView,
  'sale.changed': SaleView.nullable(),
  'sync.changed': SyncView,
  'load.changed': LoadView,
} as const;

/** Refusals that any method may answer. */
export const commonRefusals = [
  'invalid_input',
  'unknown_method',
  'internal',
  'station_stopped',
  'storage_failed',
  'disk_full',
] as const;

export type MethodName = keyof typeof stationApi;
export type MethodInput<M extends MethodName> = z.input<(typeof stationApi)[M]['input']>;
export type MethodParsed<M extends MethodName> = z.output<(typeof stationApi)[M]['input']>;
export type MethodOutput<M extends MethodName> = z.output<(typeof stationApi)[M]['output']>;
export type MethodRefusal<M extends MethodName> = RefusalOf<(typeof stationApi)[M]['errors'][number]>;
export type CommonRefusal = RefusalOf<(typeof commonRefusals)[number]>;
export type EventName = keyof typeof stationEvents;
export type EventView<E extends EventName> = z.output<(typeof stationEvents)[E]>;

/** An answer as it travels: `ok` with the output, or the refusal. */
export type Reply<M extends MethodName> =
  | { readonly ok: true; readonly output: MethodOutput<M> }
  | { readonly ok: false; readonly error: MethodRefusal<M> | CommonRefusal };

/** An event as it travels. */
export type StationEvent = { [E in EventName]: { readonly event: E; readonly view: EventView<E> } }[EventName];

/** The first message of a core: ready on its data, or why it will not start. */
export type ReadyMessage =
  | { readonly ready: true; readonly version: string; readonly data: string }
  | { readonly ready: false; readonly error: Refusal };

/** Whether `name` is a method of the station. */
export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(stationApi, name);
}
