import { z } from 'zod';
import { BusinessDay, Id, Instant } from './ids.ts';
import { Cents, CentsSum, QuantityMilli, RateBp } from './money.ts';
import { PixTenderView } from './pix-views.ts';

/**
 * Where a document is on its way to the ERP.
 *
 * pending -> sending -> (unknown) -> sent -> confirmed, or it waits for a person: rejected, diverged.
 * annulled and discarded end a document that will never be sent.
 */
export const DeliveryState = z.enum([
  'pending',
  'sending',
  'unknown',
  'sent',
  'confirmed',
  'rejected',
  'diverged',
  'annulled',
  'discarded',
]);

/** Kind of a payment type: it decides change, drawer and what the till asks. */
export const PaymentKind = z.enum(['cash', 'credit_card', 'debit_card', 'pix', 'store_credit', 'other']);

export const SaleState = z.enum(['open', 'parked', 'completed', 'abandoned']);

export const SalespersonRef = z.object({ code: z.string(), name: z.string() });

/** One line of a sale, in the order of the scans. Removed lines stay recorded but are not shown here. */
export const SaleLineView = z.object({
  lineId: Id,
  position: z.int(),
  sku: z.string(),
  barcode: z.string(),
  productCode: z.string(),
  reference: z.string(),
  description: z.string(),
  color: z.string(),
  print: z.string(),
  size: z.string(),
  quantityMilli: QuantityMilli,
  unitPriceCents: Cents,
  grossCents: Cents,
  itemDiscountCents: Cents,
  /** This line's share of the discount on the whole sale. */
  saleDiscountCents: Cents,
  netCents: Cents,
  salesperson: SalespersonRef.nullable(),
});

export const TenderView = z.object({
  tenderId: Id,
  paymentTypeId: z.int(),
  description: z.string(),
  kind: PaymentKind,
  amountCents: Cents,
  installments: z.int(),
  nsu: z.string().nullable(),
  /** Of a Pix by this shop's own QR; null for every other tender. */
  pix: PixTenderView.nullable(),
});

/**
 * A sale as the till shows it: every sum is computed by the core.
 *
 * `totalCents` = gross - discounts; `dueCents` = what is still to be paid; `changeCents` = what goes back in cash.
 */
export const SaleView = z.object({
  saleId: Id,
  state: SaleState,
  number: z.string().nullable(),
  lines: z.array(SaleLineView),
  tenders: z.array(TenderView),
  piecesMilli: z.int(),
  grossCents: Cents,
  itemDiscountCents: Cents,
  saleDiscountCents: Cents,
  totalCents: Cents,
  tenderedCents: CentsSum,
  dueCents: Cents,
  changeCents: Cents,
  salesperson: SalespersonRef.nullable(),
  cpf: z.string().nullable(),
  /** The registered customer, an act of its own; without name and CPF once the person was erased. */
  customer: z.object({ personId: Id, name: z.string().nullable(), maskedCpf: z.string().nullable() }).nullable(),
  note: z.string(),
  operator: z.object({ code: z.string(), name: z.string() }),
  startedAt: Instant,
  completedAt: Instant.nullable(),
  businessDay: BusinessDay.nullable(),
  /** The line the last command added or changed: what the till highlights. */
  lastLineId: Id.nullable(),
});

/** Where one document is on its way, with the server's own words when it stopped. */
export const DeliveryView = z.object({
  documentId: Id,
  kind: z.enum(['sale', 'cancellation', 'customer', 'cash']),
  state: DeliveryState,
  attempts: z.int(),
  lastError: z.object({ class: z.string(), text: z.string(), at: Instant }).nullable(),
  confirmedAt: Instant.nullable(),
});

export const CancellationView = z.object({
  cancellationId: Id,
  cancelledAt: Instant,
  reason: z.string(),
  operator: z.string(),
  delivery: DeliveryView,
});

/** One row of the sales list. */
export const SaleRowView = z.object({
  saleId: Id,
  number: z.string(),
  businessDay: BusinessDay,
  completedAt: Instant,
  operator: z.string(),
  piecesMilli: z.int(),
  totalCents: Cents,
  tenders: z.array(z.object({ description: z.string(), kind: PaymentKind, amountCents: Cents })),
  delivery: DeliveryView,
  cancellation: CancellationView.nullable(),
});

/** A printed paper as lines of text, with the version of the template that made it. */
export const PaperView = z.object({
  paperId: Id,
  documentId: Id,
  kind: z.enum([
    'sale',
    'cancellation',
    'session_opening',
    'supply',
    'withdrawal',
    'session_partial',
    'session_closing',
  ]),
  templateVersion: z.int(),
  /** Without a width: `contract/paper-layout.ts` lays them out. `right` stands at the right edge. */
  lines: z.array(
    z.object({
      text: z.string(),
      right: z.string().optional(),
      style: z.enum(['normal', 'bold', 'large', 'center', 'rule', 'code']),
    }),
  ),
});

/** A discount asked for at the till: a rate, an amount, the total that shall result, or none at all. */
export const DiscountInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('percent'), rateBp: RateBp }),
  z.object({ kind: z.literal('value'), amountCents: Cents }),
  z.object({ kind: z.literal('total'), totalCents: Cents }),
]);
export type DeliveryState = z.infer<typeof DeliveryState>;
export type PaymentKind = z.infer<typeof PaymentKind>;
export type SaleState = z.infer<typeof SaleState>;
export type SaleView = z.infer<typeof SaleView>;
export type SaleLineView = z.infer<typeof SaleLineView>;
export type TenderView = z.infer<typeof TenderView>;
export type SaleRowView = z.infer<typeof SaleRowView>;
export type DeliveryView = z.infer<typeof DeliveryView>;
export type CancellationView = z.infer<typeof CancellationView>;
export type PaperView = z.infer<typeof PaperView>;
export type DiscountInput = z.infer<typeof DiscountInput>;
