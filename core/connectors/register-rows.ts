import type { PaymentKind } from '../../contract/sale-views.ts';
import type { Profile } from '../../contract/policies.ts';

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

export type ProductRow = {
  readonly productId: number;
  readonly productCode: string;
  readonly reference: string;
  readonly description: string;
  readonly unit: string;
  readonly ncm: string;
  readonly brand: string;
  readonly collection: string;
  readonly productGroup: string;
  readonly department: string;
  readonly isActive: boolean;
  readonly isBlocked: boolean;
  readonly transId: number;
  readonly skus: readonly {
    readonly sku: string;
    readonly colorCode: string;
    readonly color: string;
    readonly printCode: string;
    readonly print: string;
    readonly size: string;
    readonly isActive: boolean;
    readonly barcodes: readonly string[];
  }[];
};
export type PriceRow = {
  readonly sku: string;
  readonly price1Cents: number | null;
  readonly price2Cents: number | null;
  readonly isBlocked: boolean;
  readonly transId: number;
};
export type StockRow = {
  readonly sku: string;
  readonly branchCode: string;
  readonly quantityMilli: number | null;
  readonly transId: number;
};

/** Registers small enough to be read whole. */
export type StationRow = {
  readonly stationId: number;
  readonly stationCode: string;
  readonly description: string;
  readonly groupId: number;
  readonly branchId: number;
  readonly cashRegisterCode: number;
  readonly series: string;
  readonly saleEvent: string;
  readonly returnEvent: string;
  readonly showcaseId: number;
  readonly priceTableId: number;
  readonly isActive: boolean;
  readonly transId: number;
};
export type GroupRow = {
  readonly groupId: number;
  readonly code: string;
  readonly description: string;
  /** In the ERP's own words; `core/setup` makes typed policies of it. */
  readonly policies: Readonly<Record<string, unknown>>;
  readonly transId: number;
};
export type BranchRow = {
  readonly branchId: number;
  readonly branchCode: string;
  readonly name: string;
  readonly tradeName: string;
  readonly cnpj: string;
  /** Two letters of the Brazilian state, empty when the ERP does not say it. */
  readonly state: string;
};
export type OperatorRow = {
  readonly operatorId: number;
  readonly operatorCode: string;
  readonly name: string;
  readonly profile: Profile;
  /** PHC string of argon2id. */
  readonly pinHash: string;
  readonly permissions: Readonly<Record<string, unknown>>;
  readonly isActive: boolean;
  readonly transId: number;
};
export type SalespersonRow = {
  readonly salespersonId: number;
  readonly salespersonCode: string;
  readonly name: string;
  readonly isActive: boolean;
};
export type PaymentTypeRow = {
  readonly paymentTypeId: number;
  readonly code: string;
  readonly description: string;
  readonly kind: PaymentKind;
  readonly isActive: boolean;
};
export type CardRegisters = {
  readonly brands: readonly { readonly cardBrandId: number; readonly description: string }[];
  readonly acquirers: readonly { readonly acquirerId: number; readonly description: string }[];
};
export type CustomerRow = { readonly customerId: number; readonly customerCode: string; readonly name: string };
