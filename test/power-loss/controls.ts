import { fileURLToPath } from 'node:url';
import type { CoreOptions } from '../../scripts/core-process.ts';

/** Runs that must lose: a machine that finds nothing in them finds nothing anywhere. */
export const CONTROLS = ['synchronous-normal', 'lying-sync'] as const;
export type Control = (typeof CONTROLS)[number];

const projectFile = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The core of `control`: for `synchronous-normal` from its sources, one word of which is changed as they are loaded. */
export function programOf(control: Control | null): Pick<CoreOptions, 'program' | 'nodeOptions'> {
  return control === 'synchronous-normal' ? patchedBy('test/power-loss/plant-normal.ts') : {};
}

/** A core whose log counts as long after some pages: its thread moves it while the till sells, as in a day without rest. */
export function busyLogProgram(): Pick<CoreOptions, 'program' | 'nodeOptions'> {
  return patchedBy('test/power-loss/short-log.ts');
}

function patchedBy(preload: string): Pick<CoreOptions, 'program' | 'nodeOptions'> {
  return { nodeOptions: ['--import', projectFile(preload)], program: projectFile('core/main.ts') };
}
