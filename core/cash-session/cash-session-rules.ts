import type { CountLineView, CountPlace } from '../../contract/cash-views.ts';
import type { PaymentKind } from '../../contract/sale-views.ts';

/** A day of the shop ends this long after midnight: who sells past it on the eve of Christmas is not stopped. */
export const DAY_ENDS_AFTER_MS = 5 * 3_600_000;

/** Cash that moved in a drawer since its opening, in cents, each part 0 or more. */
export type MovedCash = {
  readonly takenCents: number;
  readonly changeCents: number;
  readonly returnedCents: number;
  readonly suppliedCents: number;
  readonly withdrawnCents: number;
};

/**
 * The cash that must be in the drawer: float + taken - change - given back for cancelled sales + supplies - withdrawals.
 * May be negative when more was given back than taken. Units: integer cents.
 */
export function expectedCash(floatCents: number, moved: MovedCash): number {
  const sold = moved.takenCents - moved.changeCents - moved.returnedCents;
  return floatCents + sold + moved.suppliedCents - moved.withdrawnCents;
}

/** Whether a withdrawal leaves the drawer at 0 or more by what the station knows. Units: integer cents. */
export function canWithdraw(expectedCents: number, amountCents: number): boolean {
  return amountCents <= expectedCents;
}

/** What a session took by one payment type other than cash, of cards by one acquirer; negative when more went back. */
export type TakenByType = {
  readonly paymentTypeId: number;
  readonly acquirerId: number | null;
  readonly acquirer: string | null;
  readonly description: string;
  readonly kind: PaymentKind;
  readonly amountCents: number;
};

/** A payment type that the till takes. */
type KnownType = Pick<CountPlace, 'paymentTypeId' | 'description' | 'kind'>;

/**
 * What a cashier is asked to count: cash first, then each type that the till takes or took, of cards one for each acquirer
 * that was used. The list says where something may be, never how much.
 */
export function listPlaces(types: readonly KnownType[], taken: readonly TakenByType[]): CountPlace[] {
  const cash = types.find(({ kind }) => kind === 'cash');
  const used = taken.map(({ paymentTypeId, acquirerId, acquirer, description, kind }) => ({
    paymentTypeId,
    acquirerId,
    description: acquirer === null ? description : `${description} · ${acquirer}`,
    kind,
  }));
  const unused = types
    .filter(
      ({ kind, paymentTypeId }) => kind !== 'cash' && !used.some((place) => place.paymentTypeId === paymentTypeId),
    )
    .map(({ paymentTypeId, description, kind }) => ({ paymentTypeId, acquirerId: null, description, kind }));
  return [
    {
      paymentTypeId: cash?.paymentTypeId ?? NO_CASH_TYPE,
      acquirerId: null,
      description: cash?.description ?? 'Dinheiro',
      kind: 'cash',
    },
    ...[...used, ...unused].toSorted(
      (a, b) => a.paymentTypeId - b.paymentTypeId || (a.acquirerId ?? 0) - (b.acquirerId ?? 0),
    ),
  ];
}

/** The ERP registers no type that is cash; the drawer is counted all the same. */
export const NO_CASH_TYPE = 0;

/** An amount counted of a place; null acquirer where the place has none. */
type CountedAmount = Pick<CountPlace, 'paymentTypeId' | 'acquirerId'> & { readonly countedCents: number };

/**
 * What was expected and counted of each place. What was counted nowhere is 0; a place named twice counts twice.
 *
 * Shape: one line a place, same order. Units: integer cents.
 */
export function compareCount({
  places,
  expectedCashCents,
  countedCashCents,
  taken,
  amounts,
}: {
  readonly places: readonly CountPlace[];
  readonly expectedCashCents: number;
  readonly countedCashCents: number;
  readonly taken: readonly TakenByType[];
  readonly amounts: readonly CountedAmount[];
}): CountLineView[] {
  return places.map((place) => {
    const expectedCents = place.kind === 'cash' ? expectedCashCents : sumAt(place, taken, (row) => row.amountCents);
    const countedCents = place.kind === 'cash' ? countedCashCents : sumAt(place, amounts, (row) => row.countedCents);
    return { ...place, expectedCents, countedCents, differenceCents: countedCents - expectedCents };
  });
}

function sumAt<Row extends Pick<CountPlace, 'paymentTypeId' | 'acquirerId'>>(
  place: CountPlace,
  rows: readonly Row[],
  centsOf: (row: Row) => number,
): number {
  return rows
    .filter((row) => row.paymentTypeId === place.paymentTypeId && row.acquirerId === place.acquirerId)
    .reduce((sum, row) => sum + centsOf(row), 0);
}
