import type { DenominationCount } from './cash-views.ts';

/**
 * What notes and coins come to: the same sum for the window, which shows it while it is typed, and for the core, whose
 * sum counts. One value named twice counts twice. Units: integer cents.
 */
export function sumDenominations(denominations: readonly DenominationCount[]): number {
  return denominations.reduce((sum, { valueCents, quantity }) => sum + valueCents * quantity, 0);
}
