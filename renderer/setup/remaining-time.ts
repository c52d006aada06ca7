import type { LoadView } from '../../contract/station-views.ts';

/** Registers that bring one row for each SKU; the others are over in a moment. */
const BY_SKU: ReadonlySet<string> = new Set(['prices', 'stock']);

/** Whether every product is here: the ERP does not say how many there are, so that until then nobody knows. */
export function isCatalogueCounted({ steps }: LoadView): boolean {
  return steps.some(({ step, state }) => step === 'products' && state === 'done');
}

/**
 * Seconds until the initial load is over at the rate so far, rounded up to five; null while nobody can know. `skus`: how
 * many are here, null where that was not read yet.
 */
export function estimateRemainingSeconds(load: LoadView, skus: number | null): number | null {
  const { state, steps, rowsPerSecond } = load;
  if (state !== 'running' || !isCatalogueCounted(load) || skus === null || rowsPerSecond <= 0) return null;
  const rows = steps
    .filter(({ step, state: at }) => BY_SKU.has(step) && at !== 'done')
    .reduce((sum, step) => sum + Math.max(0, skus - step.rows), 0);
  return Math.max(5, Math.ceil(rows / rowsPerSecond / 5) * 5);
}
