import type { SaleView } from '../../contract/sale-views.ts';

/*
 * What people did at one till, written down beside it: the judge knows nothing of the station but what it was told.
 */

export type LedgerSale = {
  readonly saleId: string;
  readonly number: string;
  readonly totalCents: number;
  readonly changeCents: number;
  readonly lines: readonly { readonly sku: string; readonly quantityMilli: number; readonly netCents: number }[];
  readonly tenders: readonly { readonly paymentTypeId: number; readonly amountCents: number }[];
  readonly cpf: string | null;
  readonly cashSessionId: string;
  isCancelled: boolean;
};

export type LedgerCash = {
  readonly kind: 'ABERTURA' | 'SUPRIMENTO' | 'SANGRIA' | 'FECHAMENTO';
  readonly amountCents: number;
  readonly cashSessionId: string;
};

export type Ledger = {
  readonly sales: Map<string, LedgerSale>;
  readonly cash: LedgerCash[];
  /** Names by CPF. */
  readonly customers: Map<string, { personId: string; name: string }>;
  parked: number;
  abandoned: number;
};

export function createLedger(): Ledger {
  return { sales: new Map(), cash: [], customers: new Map(), parked: 0, abandoned: 0 };
}

export function copyLedger(ledger: Ledger): Ledger {
  return structuredClone(ledger);
}

/** A completed sale as its own till told it. */
export function noteSale(ledger: Ledger, sale: SaleView, cpf: string | null, cashSessionId: string): void {
  ledger.sales.set(sale.saleId, {
    saleId: sale.saleId,
    number: sale.number ?? '',
    totalCents: sale.totalCents,
    changeCents: sale.changeCents,
    lines: sale.lines.map(({ sku, quantityMilli, netCents }) => ({ sku, quantityMilli, netCents })),
    tenders: sale.tenders.map(({ paymentTypeId, amountCents }) => ({ paymentTypeId, amountCents })),
    cpf,
    cashSessionId,
    isCancelled: false,
  });
}

export function countDocuments({ sales, cash, customers, parked, abandoned }: Ledger): number {
  const cancelled = [...sales.values()].filter(({ isCancelled }) => isCancelled).length;
  return sales.size + cancelled + cash.length + customers.size + parked + abandoned;
}

/** What should be in the drawer of a session: what went in less what went out. */
export function drawerCents({ sales, cash }: Ledger, cashSessionId: string, cashType: number): number {
  let drawer = 0;
  for (const row of cash) {
    if (row.cashSessionId !== cashSessionId || row.kind === 'FECHAMENTO') continue;
    drawer += row.kind === 'SANGRIA' ? -row.amountCents : row.amountCents;
  }
  for (const sale of sales.values()) {
    if (sale.cashSessionId !== cashSessionId || sale.isCancelled) continue;
    for (const tender of sale.tenders) if (tender.paymentTypeId === cashType) drawer += tender.amountCents;
    drawer -= sale.changeCents;
  }
  return drawer;
}
