import { formatQuantity } from '../../contract/format.ts';
import type { Texts } from '../i18n/texts.ts';

/** How a balance looks: none and unknown are quiet, and one below zero asks to be counted. Selling is never refused by it. */
export type StockTone = 'some' | 'none' | 'unknown' | 'below';

export function stockTone(stockMilli: number | null): StockTone {
  if (stockMilli === null) return 'unknown';
  if (stockMilli === 0) return 'none';
  return stockMilli < 0 ? 'below' : 'some';
}

/** `12 peças`, `Sem estoque`, `Estoque não informado`, `-2 no sistema`. */
export function stockWords(t: Texts, stockMilli: number | null): string {
  if (stockMilli === null) return t.search.stockUnknown;
  if (stockMilli === 0) return t.search.stockNone;
  const quantity = formatQuantity(stockMilli);
  return stockMilli < 0 ? t.search.stockBelow(quantity) : t.till.pieces(quantity);
}
