import { DENOMINATIONS_CENTS, type CountPlace, type DenominationCount } from '../../contract/cash-views.ts';
import { parseCents } from '../../contract/format.ts';

/** What was typed into the count so far, by the key of its field. */
export type CountEntry = Readonly<Record<string, string>>;

export const EMPTY_COUNT: CountEntry = {};

/** The key of a note or coin, and of a place that is counted as an amount. */
export function denominationKey(valueCents: number): string {
  return `note ${valueCents}`;
}
export function placeKey({ paymentTypeId, acquirerId }: Pick<CountPlace, 'paymentTypeId' | 'acquirerId'>): string {
  return `place ${paymentTypeId} ${acquirerId ?? ''}`;
}

/** A quantity as typed, 0 for nothing; null when it is none. */
export function readQuantity(text: string | undefined): number | null {
  const typed = (text ?? '').trim();
  if (typed === '') return 0;
  return /^\d{1,5}$/.test(typed) ? Number(typed) : null;
}

/** An amount as typed, 0 for nothing; null when it is none. */
export function readAmount(text: string | undefined): number | null {
  return (text ?? '').trim() === '' ? 0 : parseCents(text ?? '');
}

/** The notes and coins that were typed; what cannot be read counts nothing until it is corrected. */
export function readDenominations(entry: CountEntry): DenominationCount[] {
  return DENOMINATIONS_CENTS.flatMap((valueCents) => {
    const quantity = readQuantity(entry[denominationKey(valueCents)]) ?? 0;
    return quantity === 0 ? [] : [{ valueCents, quantity }];
  });
}

/** Whether everything that was typed can be read. */
export function isReadable(entry: CountEntry, places: readonly CountPlace[]): boolean {
  return (
    DENOMINATIONS_CENTS.every((valueCents) => readQuantity(entry[denominationKey(valueCents)]) !== null) &&
    places.every((place) => place.kind === 'cash' || readAmount(entry[placeKey(place)]) !== null)
  );
}
