/**
 * The cash that must be in the drawer: float + taken - change - given back for cancelled sales. May be negative when
 * more was given back than taken. Units: integer cents.
 */
export function expectedCash(
  floatCents: number,
  moved: { readonly takenCents: number; readonly changeCents: number; readonly returnedCents: number },
): number {
  return floatCents + moved.takenCents - moved.changeCents - moved.returnedCents;
}
