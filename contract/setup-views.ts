import { z } from 'zod';
import { Cents } from './money.ts';
import { PaymentKind } from './sale-views.ts';

/** A product with both columns of the price table: one of them is on its tag. */
export const PricePreviewView = z.object({
  barcode: z.string(),
  description: z.string(),
  color: z.string(),
  size: z.string(),
  price1Cents: Cents,
  price2Cents: Cents.nullable(),
});

/**
 * One payment type of the ERP and what the till takes it for. `guessedKind`: by the ERP's own words; `kind`: what holds,
 * chosen by a person where it differs.
 */
export const PaymentMappingView = z.object({
  paymentTypeId: z.int(),
  code: z.string(),
  description: z.string(),
  guessedKind: PaymentKind,
  kind: PaymentKind,
});

export type PricePreviewView = z.infer<typeof PricePreviewView>;
export type PaymentMappingView = z.infer<typeof PaymentMappingView>;
