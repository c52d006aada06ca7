import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { NAME_HASH, parseBackupName, type BackupName } from './backup-name-rules.ts';
import type { KeptBackup } from './retention-rules.ts';

/** Bytes read at once for a hash. */
const CHUNK_BYTES = 1024 * 1024;

/** Which installation a backup belongs to, as its name carries it. */
export function installationMark(installationId: string): string {
  return createHash('sha256').update(installationId).digest('hex').slice(0, NAME_HASH.installation);
}

/** The hash of a file's bytes, as its name carries it. */
export function contentMark(file: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const descriptor = openSync(file, 'r');
  try {
    for (;;) {
      const count = readSync(descriptor, chunk, 0, CHUNK_BYTES, null);
      if (count === 0) return hash.digest('hex').slice(0, NAME_HASH.content);
      hash.update(chunk.subarray(0, count));
    }
  } finally {
    closeSync(descriptor);
  }
}

/** The finished backups in a folder, of every station that shares it; none when it is not there. */
export function listBackupFiles(folder: string): (KeptBackup & BackupName & { readonly file: string })[] {
  const found = [];
  for (const name of readNames(folder)) {
    const parts = parseBackupName(name);
    const file = join(folder, name);
    const bytes = parts === null ? undefined : statSync(file, { throwIfNoEntry: false })?.size;
    if (parts !== null && bytes !== undefined) found.push({ ...parts, name, file, bytes });
  }
  return found;
}

/**
 * What is wrong with a backup as a file, or null: its bytes are those its name was made of. A file that a person named
 * otherwise says nothing of its content, so that only SQLite can judge it.
 */
export function findNameMismatch(file: string): string | null {
  const hash = parseBackupName(basename(file))?.hash;
  return hash === undefined || contentMark(file) === hash ? null : 'o conteúdo não é o que foi guardado';
}

/** The first bytes of every database of SQLite. */
const SQLITE_MAGIC = 'SQLite format 3\0';

/** The same by size alone, for a list: a file that was cut short is shorter than its own head says. */
export function findSizeMismatch(file: string): string | null {
  const head = Buffer.alloc(32);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, head, 0, head.length, 0);
  } finally {
    closeSync(descriptor);
  }
  // The format of SQLite's head: page size at 16 (1 stands for 65536), pages at 28.
  const pageBytes = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  const expected = pageBytes * head.readUInt32BE(28);
  const { size } = statSync(file);
  if (!head.toString('latin1').startsWith(SQLITE_MAGIC)) return 'não é um banco de dados';
  return size === expected && size > 0 ? null : `tem ${size} bytes e deveria ter ${expected}`;
}

/** How a half-made backup is named: whose it is, and which process makes it. */
export function draftName(installation: string, pid: number): string {
  return `.${installation}.${pid}.part`;
}

/** Removes what killed processes left half made of one installation's backups. */
export function removeDrafts(folder: string, installation: string): void {
  for (const name of readNames(folder)) {
    if (name.startsWith(`.${installation}.`)) rmSync(join(folder, name), { force: true });
  }
}

/** Removes a half-made file with what SQLite may have put beside it. */
export function removeDraft(draft: string): void {
  for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${draft}${suffix}`, { force: true });
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return [];
    throw error;
  }
}
