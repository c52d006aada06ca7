/* Rows of registers as the station keeps them; identities are the ERP's own, texts are cleaned. */

/** How a sale is paid over time; instalments in their order. */
export type PaymentTermRow = {
  readonly paymentTermId: number;
  readonly code: string;
  readonly description: string;
  readonly installments: readonly PaymentTermInstallment[];
  readonly isActive: boolean;
};
export type PaymentTermInstallment = { readonly number: number; readonly days: number; readonly shareBp: number };

/** Why money goes into or out of the drawer beside sales. */
export type FinancialReasonRow = {
  readonly financialReasonId: number;
  readonly code: string;
  readonly description: string;
  readonly direction: 'in' | 'out';
  readonly isActive: boolean;
  readonly transId: number;
};

/** A promotion; what it demands and gives stays in the ERP's own words until the till knows them. */
export type PromotionRow = {
  readonly promotionId: number;
  readonly code: string;
  readonly description: string;
  /** Both ends inclusive; null is open. */
  readonly startsAtMs: number | null;
  readonly endsAtMs: number | null;
  readonly priority: number;
  readonly isCumulative: boolean;
  /** Empty: all branches. */
  readonly branchIds: readonly number[];
  readonly rule: { readonly weekdays: unknown; readonly condition: unknown; readonly benefit: unknown };
  readonly isActive: boolean;
  readonly transId: number;
};

/** A product with both columns of the price table, for a person to compare with its tag. */
export type PricePreviewRow = {
  readonly barcode: string;
  readonly description: string;
  readonly color: string;
  readonly size: string;
  readonly price1Cents: number;
  readonly price2Cents: number | null;
};
