import type { BrowserWindow } from 'electron';
import { watch } from 'node:fs';
import type { StationProcess } from './station-process.ts';

/** A file is seen to change more than once while it is written. */
const QUIET_MS = 100;

/** While developing: a new build of the renderer reloads the window, a new build of the core starts the core anew. */
export function watchBuild(options: { folder: string; window: BrowserWindow; station: StationProcess }): void {
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  function act(): void {
    const names = changed;
    changed = new Set();
    if (names.has('renderer.stamp') && !options.window.isDestroyed()) options.window.webContents.reload();
    if (names.has('core.stamp') || names.has('db.stamp')) void options.station.restart();
  }

  // The stamp of a part is the last file its build writes.
  watch(options.folder, (_kind, name) => {
    if (name === null) return;
    changed.add(name);
    clearTimeout(timer);
    timer = setTimeout(act, QUIET_MS);
  });
}
