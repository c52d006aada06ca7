import { dirname } from 'node:path';
import type { Operation } from './read-trace.ts';

/*
 * The disk as a file system without favours keeps it: what was synced is there, of all else anything may be.
 */

/** A write or a change of size that no sync has made durable yet; `order` is its place among all operations. */
export type Unsynced =
  | { readonly order: number; readonly kind: 'write'; readonly offset: number; readonly bytes: Buffer }
  | { readonly order: number; readonly kind: 'truncate'; readonly size: number };

/** One file, whatever its name: its bytes as they are on the medium, and what is only in the machine's memory. */
export type DiskFile = { durable: Buffer; unsynced: Unsynced[]; size: number };

/** A change of names in a folder: all of its `moves` or none. `null` ends a name. */
type NameChange = {
  readonly order: number;
  readonly folders: readonly string[];
  readonly moves: readonly (readonly [string, DiskFile | 'folder' | null])[];
};

/**
 * When names are durable. `journal`: as ext4, xfs and NTFS do it, all changes of names in their order, and any sync
 * takes those before it along. `posix`: as the standard says, only a sync of the folder itself.
 */
export type NameModel = 'journal' | 'posix';

export type Disk = {
  readonly apply: (operation: Operation) => void;
  /** What is on the medium for certain, and what may be. */
  readonly durableNames: () => ReadonlyMap<string, DiskFile | 'folder'>;
  readonly unsyncedNames: () => readonly NameChange[];
};

/** `isLying`: a medium that says "synced" and keeps nothing. */
export function createDisk(model: NameModel, isLying = false): Disk {
  const names = new Map<string, DiskFile | 'folder'>([['.', 'folder']]);
  const durable = new Map<string, DiskFile | 'folder'>([['.', 'folder']]);
  let unsynced: NameChange[] = [];
  let order = 0;

  function fileAt(path: string): DiskFile {
    const found = names.get(path);
    if (found === undefined || found === 'folder') throw new Error(`no file ${path} on the recorded disk`);
    return found;
  }

  function change(...moves: NameChange['moves']): void {
    for (const [path, file] of moves) {
      if (file === null) names.delete(path);
      else names.set(path, file);
    }
    unsynced.push({ order, folders: moves.map(([path]) => dirname(path)), moves });
  }

  function sync(path: string): void {
    if (isLying) return;
    const found = names.get(path);
    if (found !== undefined && found !== 'folder') {
      found.durable = renderAll(found);
      found.unsynced = [];
    }
    const isTaken = (pending: NameChange): boolean =>
      model === 'journal' || (found === 'folder' && pending.folders.includes(path));
    for (const pending of unsynced) if (isTaken(pending)) applyNames(durable, pending);
    unsynced = unsynced.filter((pending) => !isTaken(pending));
  }

  return {
    apply: (operation) => {
      order += 1;
      switch (operation.kind) {
        case 'create':
          if (!names.has(operation.file)) change([operation.file, { durable: Buffer.alloc(0), unsynced: [], size: 0 }]);
          return;
        case 'mkdir':
          if (!names.has(operation.file)) change([operation.file, 'folder']);
          return;
        case 'unlink':
          if (names.has(operation.file)) change([operation.file, null]);
          return;
        case 'rename': {
          const moved = names.get(operation.file);
          if (moved === undefined) throw new Error(`no file ${operation.file} to rename`);
          change([operation.to, moved], [operation.file, null]);
          return;
        }
        case 'append':
        case 'write': {
          const file = fileAt(operation.file);
          const offset = operation.kind === 'write' ? operation.offset : file.size;
          file.unsynced.push({ order, kind: 'write', offset, bytes: operation.bytes });
          file.size = Math.max(file.size, offset + operation.bytes.length);
          return;
        }
        case 'truncate': {
          const file = fileAt(operation.file);
          file.unsynced.push({ order, kind: 'truncate', size: operation.size });
          file.size = operation.size;
          return;
        }
        case 'sync':
          sync(operation.file);
          return;
        case 'failed-sync': {
          // What Linux does: what could not be written counts as written, is read from memory, and a later sync says yes.
          const file = names.get(operation.file);
          if (file !== undefined && file !== 'folder') file.unsynced = [];
          return;
        }
        case 'reply':
      }
    },
    durableNames: () => durable,
    unsyncedNames: () => unsynced,
  };
}

/** One change of names, on a map of names. */
export function applyNames(names: Map<string, DiskFile | 'folder'>, { moves }: NameChange): void {
  for (const [path, file] of moves) {
    if (file === null) names.delete(path);
    else names.set(path, file);
  }
}

/** The file with everything that was ever written to it. */
function renderAll(file: DiskFile): Buffer {
  let bytes = file.durable;
  const needed = file.unsynced.reduce(
    (size, change) => (change.kind === 'write' ? Math.max(size, change.offset + change.bytes.length) : size),
    bytes.length,
  );
  if (needed > bytes.length) {
    // Room for what comes: a log grows with each sync.
    const grown = Buffer.alloc(needed);
    bytes.copy(grown);
    bytes = grown;
  }
  let { length } = file.durable;
  for (const change of file.unsynced) {
    if (change.kind === 'truncate') {
      bytes.fill(0, Math.min(change.size, bytes.length));
      length = change.size;
    } else {
      change.bytes.copy(bytes, change.offset);
      length = Math.max(length, change.offset + change.bytes.length);
    }
  }
  return length > bytes.length
    ? Buffer.concat([bytes, Buffer.alloc(length - bytes.length)])
    : bytes.subarray(0, length);
}
