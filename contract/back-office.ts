import { z } from 'zod';
import { BusinessDay } from './ids.ts';
import { Cents, SignedCents } from './money.ts';

/*
 * What a back office writes into the ERP and reads from it through the station: products, prices, stock, invoices.
 * No till needs it; the command line does.
 */

/** Records that travel in one call at most: a line of the socket holds them with room to spare. */
export const MAX_BACK_OFFICE_BATCH = 200;

/** Text of the ERP; absent leaves what the ERP has. */
const text = z.string().max(255).optional();
const flag = z.boolean().optional();

/** One SKU of a product as it is to be. Without `sku` the ERP makes the key of a new one. */
const SkuRecord = z.object({
  sku: text,
  colorId: z.int().optional(),
  colorCode: text,
  color: text,
  printId: z.int().optional(),
  printCode: text,
  print: text,
  size: text,
  barcode: text,
  barcode13: text,
  barcodeReference: text,
  isActive: flag,
});

/** A product as it is to be; what is absent stays as the ERP has it. Key: `productCode`. */
export const ProductRecord = z.object({
  productCode: z.string().min(1).max(60),
  description: z.string().min(1).max(100),
  reference: text,
  ncm: text,
  unit: text,
  brand: text,
  collection: text,
  productGroup: text,
  department: text,
  isActive: flag,
  isBlocked: flag,
  isDeleted: flag,
  skus: z.array(SkuRecord).max(2000),
});
export type ProductRecord = z.output<typeof ProductRecord>;

/** The prices of one SKU. Units: integer cents; an absent second price leaves what the ERP has. */
export const PriceRecord = z.object({ sku: z.string().min(1), price1Cents: Cents, price2Cents: Cents.optional() });
export type PriceRecord = z.output<typeof PriceRecord>;

/** The balance of one SKU in one branch. Units: integer thousandths, may be negative. */
export const StockRecord = z.object({ sku: z.string().min(1), branchCode: z.string().min(1), quantityMilli: z.int() });
export type StockRecord = z.output<typeof StockRecord>;

const list = <Record extends z.ZodType>(record: Record) => z.array(record).min(1).max(MAX_BACK_OFFICE_BATCH);

/** One call's worth of records of one kind. A stock batch names each SKU once: the ERP answers by SKU alone. */
export const BackOfficeBatch = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('products'), showcaseId: z.int(), records: list(ProductRecord) }),
  z.object({ kind: z.literal('prices'), showcaseId: z.int(), priceTableId: z.int(), records: list(PriceRecord) }),
  z.object({ kind: z.literal('stock'), showcaseId: z.int(), records: list(StockRecord) }),
]);
export type BackOfficeBatch = z.output<typeof BackOfficeBatch>;

/**
 * What the ERP did with one record. unknown: its answer did not name this key, or said that another time may do; it is
 * asked again, as the calls include or change and a repeat does no harm.
 *
 * Shape: `key` is the product code or the SKU as it was sent; `text` the server's words when it did not take it.
 */
export const RecordOutcome = z.object({
  key: z.string(),
  result: z.enum(['unchanged', 'included', 'changed', 'refused', 'unknown']),
  text: z.string().nullable(),
  transId: z.int().nullable(),
});
export type RecordOutcome = z.output<typeof RecordOutcome>;

/** By what a line without a `sku` finds its own among those of the ERP. */
export const SkuIdentity = z.object({
  sku: z.string(),
  colorCode: z.string(),
  printCode: z.string(),
  size: z.string(),
  barcodes: z.array(z.string()),
});
export type SkuIdentity = z.output<typeof SkuIdentity>;

/** Where the back office writes when nothing else is said: the station's own server, shop window, table and branch. */
export const BackOfficeTarget = z.object({
  server: z.string(),
  user: z.string(),
  showcaseId: z.int(),
  priceTableId: z.int(),
  branchCode: z.string(),
});
export type BackOfficeTarget = z.output<typeof BackOfficeTarget>;

/** Which invoices: from a cursor on, and of which days of issue. */
export const InvoiceRequest = z.object({
  showcaseId: z.int(),
  transId: z.int().min(0),
  top: z.int().min(1).max(1000),
  since: BusinessDay.nullable(),
  until: BusinessDay.nullable(),
});
export type InvoiceRequest = z.output<typeof InvoiceRequest>;

/**
 * An invoice of the ERP (faturamento): a dispatched sale, or a return (`operation` E, positive amounts).
 *
 * Units: integer cents and thousandths. Nothing of the customer but the ERP's own number.
 */
export const InvoiceView = z.object({
  transId: z.int(),
  movement: z.string(),
  invoice: z.string(),
  issuedOn: z.string(),
  orderCode: z.string(),
  documentId: z.string(),
  branchCode: z.string(),
  customerId: z.int().nullable(),
  operation: z.string(),
  status: z.int().nullable(),
  isCancelled: z.boolean(),
  quantityMilli: z.int(),
  totalCents: SignedCents,
  adjustmentCents: SignedCents,
  items: z.array(z.object({ sku: z.string(), barcode: z.string(), quantityMilli: z.int(), unitCents: SignedCents })),
  payments: z.array(
    z.object({
      paymentTypeId: z.int().nullable(),
      installment: z.int(),
      dueOn: z.string(),
      amountCents: SignedCents,
    }),
  ),
});
export type InvoiceView = z.output<typeof InvoiceView>;

/** A page of invoices, with the cursor to ask with next and whether to ask at once. */
export const InvoicePage = z.object({ rows: z.array(InvoiceView), nextTransId: z.int(), more: z.boolean() });
export type InvoicePage = z.output<typeof InvoicePage>;
