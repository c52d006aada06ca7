import { watch } from 'node:fs';
import { join } from 'node:path';
import { buildApp } from './build.ts';
import { projectFolder } from './resolve-electron.ts';

const WATCHED = ['contract', 'db', 'core', 'sandbox', 'renderer', 'electron'];
/** An editor writes a file in several steps. */
const QUIET_MS = 120;

/** Builds what changed, each time a source changes. The window notices a new build by itself. */
export function watchSources(log: (line: string) => void): void {
  let timer: NodeJS.Timeout | undefined;
  let isBuilding = false;
  let isStale = false;

  async function build(): Promise<void> {
    if (isBuilding) {
      isStale = true;
      return;
    }
    isBuilding = true;
    try {
      const built = await buildApp(log);
      if (built.includes('electron')) log('The code of the window itself changed: quit and start again to see it.');
    } catch (error) {
      // Half-typed code does not build; the last good build goes on running.
      log(error instanceof Error ? error.message : String(error));
    }
    isBuilding = false;
    if (isStale) schedule();
    isStale = false;
  }

  function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void build(), QUIET_MS);
  }

  for (const folder of WATCHED) watch(join(projectFolder, folder), { recursive: true }, schedule);
}
