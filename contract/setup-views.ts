import { z } from 'zod';
import { Instant, StationCode } from './ids.ts';
import { Cents, CentsSum } from './money.ts';
import { PaymentKind } from './sale-views.ts';

/**
 * A station of the ERP as one to choose. `branchName`: empty where the ERP's list of branches cannot be read; `missing`:
 * what its record lacks before it can sell, in the ERP's own field names (`ativo`: it is switched off there).
 */
export const StationChoiceView = z.object({
  stationCode: StationCode,
  description: z.string(),
  branchName: z.string(),
  missing: z.array(z.string()),
});

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

/** What a station that was given up told last: what may still be on its disk. */
export const ReplacedStationView = z.object({
  stationCode: StationCode,
  machine: z.string(),
  lastContactAt: Instant.nullable(),
  lastNumber: z.int(),
  waiting: z.int(),
  waitingCents: CentsSum,
  oldestWaitingAt: Instant.nullable(),
  errors: z.int(),
});

export type ReplacedStationView = z.infer<typeof ReplacedStationView>;
export type StationChoiceView = z.infer<typeof StationChoiceView>;
export type PricePreviewView = z.infer<typeof PricePreviewView>;
export type PaymentMappingView = z.infer<typeof PaymentMappingView>;
