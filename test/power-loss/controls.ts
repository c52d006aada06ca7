import { fileURLToPath } from 'node:url';
import type { CoreOptions } from '../../scripts/core-process.ts';

/** Runs that must lose: a machine that finds nothing in them finds nothing anywhere. */
export const CONTROLS = ['synchronous-normal', 'lying-sync'] as const;
export type Control = (typeof CONTROLS)[number];

const projectFile = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The core of `control`: for `synchronous-normal` from its sources, one word of which is changed as they are loaded. */
export function programOf(control: Control | null): Pick<CoreOptions, 'program' | 'nodeOptions'> {
  if (control !== 'synchronous-normal') return {};
  const nodeOptions = ['--import', projectFile('test/power-loss/plant-normal.ts')];
  return { nodeOptions, program: projectFile('core/main.ts') };
}
