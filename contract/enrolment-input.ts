import { z } from 'zod';
import { StationCode } from './ids.ts';
import { PaymentKind } from './sale-views.ts';
import { TimeZone } from './time-zones.ts';

/** Where a server is, and as whom it is called; each station has a user of its own. */
export const ServerLogin = z.object({ server: z.string(), user: z.string().trim().min(1), password: z.string() });

/** One line of the de/para of payment types. */
export const PaymentMapping = z.object({ paymentTypeId: z.int(), kind: PaymentKind });

/** What binds a station to a server: where it is and as whom, and what a person may choose for the branch. */
export const EnrolmentInput = ServerLogin.extend({
  stationCode: StationCode,
  /** The customer of anonymous sales; null: the one the ERP calls CONSUMIDOR or CONSUMIDOR FINAL. */
  customerCode: z.string().trim().min(1).max(20).nullable().default(null),
  /** The salesperson of sales that name none, where the group's policy does not demand one; null: none. */
  salespersonCode: z.string().trim().min(1).max(7).nullable().default(null),
  /** The ERP's events of a sale and a return; null: those of the station's own row. */
  saleEvent: z.string().trim().min(1).max(15).nullable().default(null),
  returnEvent: z.string().trim().min(1).max(15).nullable().default(null),
  /** What the guess from the ERP's words got wrong: its payment types as kinds of the till. */
  paymentKinds: z.array(PaymentMapping).default([]),
  /** In which the branch counts its days; null: that of the branch's state. */
  timeZone: TimeZone.nullable().default(null),
  /** Which of the two columns of the price table is charged. */
  priceColumn: z.union([z.literal(1), z.literal(2)]).default(1),
});
export type EnrolmentInput = z.output<typeof EnrolmentInput>;
