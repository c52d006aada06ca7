import type { LoadView } from '../../contract/station-views.ts';

/** Registers that come once for each row of the products; the others are over in a moment. */
const LIKE_PRODUCTS: ReadonlySet<string> = new Set(['prices', 'stock']);

/**
 * Seconds until the initial load is over at the rate so far, rounded up to five; null while nobody can know: the ERP
 * does not say how many products it has, so that the first guess is possible when all of them are here.
 */
export function estimateRemainingSeconds({ state, steps, rowsPerSecond }: LoadView): number | null {
  const products = steps.find(({ step }) => step === 'products');
  if (state !== 'running' || products?.state !== 'done' || rowsPerSecond <= 0) return null;
  const rows = steps
    .filter(({ step, state: at }) => LIKE_PRODUCTS.has(step) && at !== 'done')
    .reduce((sum, step) => sum + Math.max(0, products.rows - step.rows), 0);
  return Math.max(5, Math.ceil(rows / rowsPerSecond / 5) * 5);
}
