import { hostileStrikes } from './faults.ts';

/** What is done to the whole line or to the ERP itself, not to one call. */
export const LINE_FAULTS = ['refused', 'nameNotFound', 'restoredBackup'] as const;

/** Every fault, in the order in which each is tried alone. */
export const faultNames: readonly string[] = [...hostileStrikes.map(({ name }) => name), ...LINE_FAULTS];
