import { fileURLToPath } from 'node:url';
import { REAL_CORE } from './recorded-core.ts';

/** Runs that must lose: a machine that finds nothing in them finds nothing anywhere. */
export const CONTROLS = ['synchronous-normal', 'lying-sync'] as const;
export type Control = (typeof CONTROLS)[number];

const projectFile = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The core of `control`: for `synchronous-normal` from its sources, one word of which is changed as they are loaded. */
export function programOf(control: Control | null): readonly string[] {
  if (control !== 'synchronous-normal') return REAL_CORE;
  return ['--import', projectFile('test/power-loss/plant-normal.ts'), projectFile('core/main.ts')];
}
