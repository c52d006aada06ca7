import { readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CORE } from '../support/programs.ts';

/** Writes `preload.ts` as plain JavaScript into `folder`: a core would take longer to read its types than to start. */
export function writePreload(folder: string): string {
  const file = join(folder, 'preload.mjs');
  writeFileSync(file, stripTypeScriptTypes(readFileSync(join(import.meta.dirname, 'preload.ts'), 'utf8')));
  return file;
}

/** What a core is started with to die at a point or to break a promise. */
export function preloadOptions(
  preload: string,
  wanted: {
    readonly plant: string | null;
    readonly point?: string;
    readonly hit?: number;
    readonly from?: 'ready' | null;
  },
): string[] {
  const url = pathToFileURL(preload);
  url.searchParams.set('core', pathToFileURL(CORE).href);
  for (const [name, value] of Object.entries(wanted)) if (value !== null) url.searchParams.set(name, String(value));
  return ['--import', url.href];
}
