import { fileURLToPath } from 'node:url';

/*
 * The programs as they ship, bundled: one starts in a quarter of the time that Node needs for the sources, and a run of
 * all tests starts some hundreds. `build-programs.ts` makes them anew when a source changed.
 */

export const CORE = programFile('core/main.js');
export const CLI = programFile('core/cli.js');
export const SANDBOX = programFile('sandbox/main.js');

function programFile(path: string): string {
  return fileURLToPath(new URL(`../../out/${path}`, import.meta.url));
}
