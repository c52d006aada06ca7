/** A payment term as far as choosing one goes. */
export type PaymentTerm = {
  readonly paymentTermId: number;
  readonly code: string;
  readonly installments: readonly { readonly days: number }[];
};

/**
 * The code of the term that says best how a sale is paid over time; empty when the ERP registers none.
 *
 * The tender of the most instalments decides, as the sale is paid when its last one is. Of the terms with that many
 * instalments the one that falls due first counts (at once before in thirty days), then the lowest id. Without such a
 * term the next shorter one, else the shortest: the instalments themselves are sent with the sale.
 * Source: docs/decisions/0008-payment-terms-of-a-sale.md
 */
export function choosePaymentTerm(
  terms: readonly PaymentTerm[],
  tenders: readonly { readonly installments: number }[],
): string {
  const wanted = Math.max(1, ...tenders.map(({ installments }) => installments));
  const [best] = terms.toSorted(
    (a, b) =>
      distance(a, wanted) - distance(b, wanted) || firstDue(a) - firstDue(b) || a.paymentTermId - b.paymentTermId,
  );
  return best?.code ?? '';
}

/** 0 for as many as wanted; any that is shorter comes before any that is longer. */
function distance(term: PaymentTerm, wanted: number): number {
  const count = countOf(term);
  return count <= wanted ? wanted - count : 1000 + count;
}

/** A term without instalments is paid at once. */
function countOf({ installments }: PaymentTerm): number {
  return Math.max(1, installments.length);
}

function firstDue({ installments }: PaymentTerm): number {
  return Math.min(...installments.map(({ days }) => days), installments.length === 0 ? 0 : Infinity);
}
