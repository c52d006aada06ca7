import { patchModule } from '../../support/patch-module.ts';
import { plantedBugs } from './planted-bugs.ts';

/** Loads one module of the product with a planted bug in its source. */
export async function plantBug(name: string): Promise<void> {
  const bug = plantedBugs.find((planted) => planted.name === name);
  if (bug === undefined) throw new Error(`no planted bug is called "${name}"`);
  await patchModule(bug);
}
