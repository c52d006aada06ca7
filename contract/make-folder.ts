/** What the rule asks the system for; the contract itself imports nothing of Node. */
type System = {
  /** Makes one folder whose parent is there, for this user alone; throws what the system says. */
  readonly mkdir: (path: string) => void;
  readonly isFolder: (path: string) => boolean;
  readonly dirname: (path: string) => string;
};

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` never comes back where the system says that
 * a folder is missing which it has just refused to make (/proc, some shares): the core and the window ask here instead.
 *
 * Throws what the system says: no leave, a file in the way, a place where no folder can be.
 */
export function makeFolder(path: string, system: System): void {
  try {
    system.mkdir(path);
    return;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST' && system.isFolder(path)) return;
    const parent = system.dirname(path);
    if (code !== 'ENOENT' || parent === path) throw error;
    makeFolder(parent, system);
  }
  // Once: with its parent there, what the system says now is the answer.
  system.mkdir(path);
}
