import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder as makeFolderIn } from '../contract/make-folder.ts';
import { syncPath } from './sync-path.ts';

/** Makes a folder of this user alone, with those above it that are missing, for good; throws what the system says. */
export function makeFolder(path: string): void {
  makeFolderIn(path, {
    mkdir: (folder) => {
      mkdirSync(folder, { mode: 0o700 });
      syncPath(dirname(folder));
    },
    isFolder: (folder) => statSync(folder).isDirectory(),
    dirname,
  });
}
