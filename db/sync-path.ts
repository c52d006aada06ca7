import { closeSync, fsyncSync, openSync, statSync } from 'node:fs';

/** Folders that cannot be synced: may not be read, or of a file system (some shares) that keeps their order itself. */
const FOLDER_REFUSALS: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EINVAL', 'ENOTSUP', 'EBADF']);

/**
 * What was written is on the medium when this returns, as far as the medium says the truth. A new or renamed file is there
 * after a power cut only when its folder was synced too.
 */
export function syncPath(path: string): void {
  const isFolder = statSync(path).isDirectory();
  // Windows syncs no folders; its file system keeps their order itself.
  if (isFolder && process.platform === 'win32') return;
  try {
    const descriptor = openSync(path, isFolder ? 'r' : 'r+');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (isFolder && error instanceof Error && 'code' in error && FOLDER_REFUSALS.has(error.code)) return;
    throw error;
  }
}
