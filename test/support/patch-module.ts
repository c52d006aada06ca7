import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A mistake as a change to the source of one module: each text is found exactly once, and gives way to the other. */
export type ModulePatch = {
  readonly name: string;
  /** Path within the project. */
  readonly file: string;
  readonly patches: readonly (readonly [text: string, instead: string])[];
};

/**
 * Loads one module of the product with a mistake in its source. Nothing of it is in the product: the patch is data, and a
 * text that is not found exactly once ends the run, so that a mistake that is not there any more is not called caught.
 */
export async function patchModule({ name, file, patches }: ModulePatch): Promise<void> {
  // Modules of CommonJS that require one another do not load under a hook of this Node: those there are come first.
  await import('axios');
  await import('better-sqlite3');
  const suffix = `/${file}`;
  registerHooks({
    load: (url, context, nextLoad) => {
      if (!url.endsWith(suffix) || url.includes('/node_modules/')) return nextLoad(url, context);
      let source = readFileSync(fileURLToPath(url), 'utf8');
      for (const [text, instead] of patches) {
        const places = source.split(text).length - 1;
        if (places !== 1) throw new Error(`planted bug "${name}": its text is ${places} times in ${file}: ${text}`);
        source = source.replace(text, () => instead);
      }
      return { format: 'module-typescript', source, shortCircuit: true };
    },
  });
}
