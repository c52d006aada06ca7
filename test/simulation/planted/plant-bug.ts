import { patchModule } from '../../support/patch-module.ts';
import { plantedBugs } from './planted-bugs.ts';

/** Loads the modules of the product with a planted bug in their source. */
export async function plantBug(name: string): Promise<void> {
  const bug = plantedBugs.find((planted) => planted.name === name);
  if (bug === undefined) throw new Error(`no planted bug is called "${name}"`);
  for (const [file, patches] of Map.groupBy(bug.patches, ([path]) => path))
    await patchModule({ name, file, patches: patches.map(([, text, instead]) => [text, instead] as const) });
}
