import type { BrowserWindow } from 'electron';
import { watch } from 'node:fs';
import type { StationProcess } from './station-process.ts';

/** While developing: a new build of the renderer reloads the window, a new build of the core starts the core anew. */
export function watchBuild(options: { folder: string; window: BrowserWindow; station: StationProcess }): void {
  // The stamp of a part is the last file its build writes.
  watch(options.folder, (kind, name) => {
    if (kind !== 'change') return;
    if (name === 'renderer.stamp' && !options.window.isDestroyed()) options.window.webContents.reload();
    if (name === 'core.stamp' || name === 'db.stamp') void options.station.restart();
  });
}
