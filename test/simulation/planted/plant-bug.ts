import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { plantedBugs } from './planted-bugs.ts';

/**
 * Loads one module of the product with a planted bug in its source. Nothing of it is in the product: the patch is data, and
 * a text that is not found exactly once ends the run, so that a bug that is not there any more is not called caught.
 */
export async function plantBug(name: string): Promise<void> {
  const bug = plantedBugs.find((planted) => planted.name === name);
  if (bug === undefined) throw new Error(`no planted bug is called "${name}"`);
  // Modules of CommonJS that require one another do not load under a hook of this Node: those there are come first.
  await import('axios');
  await import('better-sqlite3');
  const suffix = `/${bug.file}`;
  registerHooks({
    load: (url, context, nextLoad) => {
      if (!url.endsWith(suffix) || url.includes('/node_modules/')) return nextLoad(url, context);
      let source = readFileSync(fileURLToPath(url), 'utf8');
      for (const [text, instead] of bug.patches) {
        const places = source.split(text).length - 1;
        if (places !== 1) throw new Error(`planted bug "${name}": its text is ${places} times in ${bug.file}: ${text}`);
        source = source.replace(text, () => instead);
      }
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}
