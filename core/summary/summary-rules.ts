import type { SummaryView } from '../../contract/station-views.ts';
import { netOfChange, type GivenTender } from '../sale/tender-rules.ts';

type PaymentRow = SummaryView['byPaymentKind'][number];

/** A tender as it was handed over, with the change of its whole sale. */
export type SummedTender = GivenTender &
  Pick<PaymentRow, 'paymentTypeId' | 'description'> & { readonly saleId: string; readonly changeCents: number };

/** A sale or a cancellation of the day. `amountCents` is positive for both. */
export type SummedDocument = SummaryView['unconfirmed'][number] & { readonly isConfirmed: boolean };

const KINDS: readonly PaymentRow['kind'][] = ['cash', 'debit_card', 'credit_card', 'pix', 'store_credit', 'other'];

/**
 * What stayed of each payment type: taken by the sales, less given back by the cancellations.
 *
 * Change comes off the tender that it comes off in the document, sale by sale (`netOfChange`), so that each type is
 * what the ERP was told. Shape: tenders of one sale in the order they were given; one row per payment type, cash
 * first, described as it was last. `count` counts tenders taken. Units: integer cents.
 */
export function sumByPaymentType(taken: readonly SummedTender[], givenBack: readonly SummedTender[]): PaymentRow[] {
  const rows = new Map<number, PaymentRow>();
  const add = (tender: SummedTender, sign: 1 | -1): void => {
    const { paymentTypeId, kind, description } = tender;
    const before = rows.get(paymentTypeId);
    rows.set(paymentTypeId, {
      paymentTypeId,
      kind: before?.kind ?? kind,
      description: sign === 1 ? description : (before?.description ?? description),
      count: (before?.count ?? 0) + (sign === 1 ? 1 : 0),
      amountCents: (before?.amountCents ?? 0) + sign * tender.amountCents,
    });
  };
  for (const tender of withoutChange(taken)) add(tender, 1);
  for (const tender of withoutChange(givenBack)) add(tender, -1);
  return [...rows.values()].toSorted(
    (a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.paymentTypeId - b.paymentTypeId,
  );
}

/**
 * The day's documents against those that the ERP confirmed. A sale counts there from its own confirmation until that
 * of its cancellation. The difference is the sum of the documents listed, neither more nor less.
 */
export function compareWithErp(
  documents: readonly SummedDocument[],
): Pick<SummaryView, 'confirmed' | 'differenceCents' | 'unconfirmed'> {
  const confirmed = { sales: 0, cancellations: 0, netCents: 0 };
  const unconfirmed: SummaryView['unconfirmed'] = [];
  let differenceCents = 0;
  for (const { kind, number, state, isConfirmed, ...document } of documents) {
    const amountCents = kind === 'sale' ? document.amountCents : 0 - document.amountCents;
    if (isConfirmed) {
      confirmed[kind === 'sale' ? 'sales' : 'cancellations'] += 1;
      confirmed.netCents += amountCents;
    } else {
      unconfirmed.push({ kind, number, amountCents, state });
      differenceCents += amountCents;
    }
  }
  return { confirmed, differenceCents, unconfirmed };
}

function withoutChange(tenders: readonly SummedTender[]): SummedTender[] {
  const sales = Map.groupBy(tenders, ({ saleId }) => saleId);
  return [...sales.values()].flatMap((sale) => netOfChange(sale, sale[0]?.changeCents ?? 0));
}
