import { parseCents, parseRateBp } from '../../contract/format.ts';
import type { DiscountInput } from '../../contract/sale-views.ts';

export type DiscountKind = 'percent' | 'value' | 'total';

/**
 * The discount that was typed: `10%` and `=200` say their kind themselves, a bare number is of the chosen `kind`.
 * Null when it is none.
 */
export function readDiscount(text: string, kind: DiscountKind): DiscountInput | null {
  const typed = text.trim();
  const isTotal = typed.startsWith('=');
  const isPercent = typed.endsWith('%');
  if (isTotal && isPercent) return null;
  if (isPercent || (kind === 'percent' && !isTotal)) {
    const rateBp = parseRateBp(typed);
    return rateBp === null ? null : { kind: 'percent', rateBp };
  }
  const cents = parseCents(isTotal ? typed.slice(1) : typed);
  if (cents === null) return null;
  return isTotal || kind === 'total' ? { kind: 'total', totalCents: cents } : { kind: 'value', amountCents: cents };
}
