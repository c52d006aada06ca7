import type { PaymentKind } from '../../contract/sale-views.ts';
import type { PaymentTypeView } from '../../contract/station-views.ts';

/** A tender as it was given. Cash is the amount handed over, change included. */
export type GivenTender = { readonly kind: PaymentKind; readonly amountCents: number };

/**
 * What is still due and what goes back.
 *
 * Change due = tendered - total when more was given than is due; it only ever comes out of cash, because a tender
 * that allows no change is refused above what is due (`refuseTender`). Units: integer cents.
 */
export function computePayment(
  totalCents: number,
  tenders: readonly GivenTender[],
): { readonly tenderedCents: number; readonly dueCents: number; readonly changeCents: number } {
  const tenderedCents = tenders.reduce((sum, tender) => sum + tender.amountCents, 0);
  return {
    tenderedCents,
    dueCents: Math.max(0, totalCents - tenderedCents),
    changeCents: Math.max(0, tenderedCents - totalCents),
  };
}

/** Kinds of payment this till can take so far, and how each behaves. */
export function describePaymentKind(kind: PaymentKind): Pick<PaymentTypeView, 'supported' | 'maximumInstallments'> {
  switch (kind) {
    case 'cash':
    case 'debit_card':
    case 'pix':
      return { supported: true, maximumInstallments: 1 };
    case 'credit_card':
      return { supported: true, maximumInstallments: 12 };
    case 'store_credit':
    case 'other':
      return { supported: false, maximumInstallments: 1 };
  }
}

/**
 * The largest number of instalments an amount may be split into: none below the minimum instalment.
 *
 * Units: integer cents. Source: policy `parcelaMinimaCents` of the station group.
 */
export function maximumInstallments(amountCents: number, minimumCents: number, kind: PaymentKind): number {
  const { maximumInstallments: most } = describePaymentKind(kind);
  if (minimumCents === 0) return most;
  return Math.max(1, Math.min(most, Math.floor(amountCents / minimumCents)));
}

/**
 * Tenders net of change, in the order they were given: what the ERP is told. The change is taken off the cash.
 *
 * Shape: same tenders, those that went back whole left out; they add up to the total.
 */
export function netOfChange<Tender extends GivenTender>(tenders: readonly Tender[], changeCents: number): Tender[] {
  let left = changeCents;
  const net: Tender[] = [];
  for (const tender of tenders.toReversed()) {
    const taken = tender.kind === 'cash' ? Math.min(left, tender.amountCents) : 0;
    left -= taken;
    if (tender.amountCents > taken) net.unshift({ ...tender, amountCents: tender.amountCents - taken });
  }
  if (left !== 0) throw new Error(`change of ${changeCents} cents is more than the cash that was given`);
  return net;
}
