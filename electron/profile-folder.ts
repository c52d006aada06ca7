import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeFolder } from '../contract/make-folder.ts';

/**
 * The folder of Chromium's profile, below the data: one window per data folder, by Chromium's own lock in it.
 *
 * Where nothing can be written there the core refuses to start, and the window must open to say why: it gets a folder of
 * this start alone, which goes with it.
 */
export function prepareProfileFolder(data: string): string {
  const folder = join(data, 'window');
  try {
    makeFolder(folder, {
      mkdir: (path) => mkdirSync(path, { mode: 0o700 }),
      isFolder: (path) => statSync(path).isDirectory(),
      dirname,
    });
    // Chromium takes a profile that it cannot lock for one that is in use, and ends without a word.
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    const borrowed = mkdtempSync(join(tmpdir(), 'station-window-'));
    process.once('exit', () => rmSync(borrowed, { recursive: true, force: true, maxRetries: 3 }));
    return borrowed;
  }
}
