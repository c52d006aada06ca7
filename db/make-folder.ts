import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing, for this user alone. Node's own `recursive` never comes back where
 * the system says that a folder is missing which it has just refused to make (/proc, some shares).
 *
 * Throws what the system says: no leave, a file in the way, a place where no folder can be.
 */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
    return;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    const parent = dirname(path);
    if (code !== 'ENOENT' || parent === path) throw error;
    makeFolder(parent);
  }
  // Once: with its parent there, what the system says now is the answer.
  mkdirSync(path, { mode: 0o700 });
}
