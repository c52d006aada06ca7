import { existsSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { checkBackup, copySnapshot, readBackupFacts, type BackupFacts } from '../../db/backup-file.ts';
import { makeFolder } from '../../db/make-folder.ts';
import { syncPath } from '../../db/sync-path.ts';
import type { BackupPlaceView } from '../../contract/backup-api.ts';
import {
  contentMark,
  draftName,
  installationMark,
  listBackupFiles,
  removeDraft,
  removeDrafts,
} from './backup-files.ts';
import { formatBackupName } from './backup-name-rules.ts';
import { findSurplus } from './retention-rules.ts';
import { findPlaceProblem } from './second-place.ts';

/** What stays free on the disk of a place: weeks of sales. A backup never takes the room a sale needs. */
const RESERVE_BYTES = 500 * 1024 ** 2;
/** Copying rests as long as it works, within these bounds: the disk belongs to the till. */
const SHORTEST_REST_MS = 2;
const LONGEST_REST_MS = 200;

type Failure = NonNullable<BackupPlaceView['error']>;

/** A backup that was verified, or why there is none. */
export type MadeBackup =
  | {
      readonly ok: true;
      readonly file: string;
      readonly madeAtMs: number;
      readonly bytes: number;
      readonly facts: BackupFacts;
    }
  | { readonly ok: false; readonly failure: Failure };

export type MakeBackupJob = {
  readonly source: string;
  readonly folder: string;
  readonly place: 'first' | 'second';
  readonly nowMs: number;
  /** What must stay free on the disk. */
  readonly reserveBytes?: number;
};

/**
 * Makes one backup of `source` in `folder`: runs on a thread of its own, and blocks it.
 *
 *   room? -> copy to a draft -> sync -> open read-only, check, compare -> name with the hash -> sync the folder -> retention
 *
 * Killed anywhere before the naming there is a draft, which is no backup and is removed by the next try. Each process has
 * a draft of its own: one that outlives its core, in a call to a share that hung, finds it gone and never names another's.
 */
export async function makeBackup({
  source,
  folder,
  place,
  nowMs,
  reserveBytes = RESERVE_BYTES,
}: MakeBackupJob): Promise<MadeBackup> {
  if (place === 'first') makeFolder(folder);
  else {
    const problem = findPlaceProblem(folder);
    if (problem !== null) return fail('place_missing', problem);
  }
  const { installationId, stationCode } = readBackupFacts(source);
  const installation = installationMark(installationId);
  removeDrafts(folder, installation);
  const draft = join(folder, draftName(installation, process.pid));
  const lacking = makeRoom(folder, installation, sizeOf(source) + sizeOf(`${source}-wal`) + reserveBytes);
  if (lacking !== null) return fail('no_space', lacking);
  try {
    const facts = await copySnapshot(source, draft, createPace(draft));
    syncPath(draft);
    const findings = checkBackup(draft);
    if (findings.length > 0) return fail('not_verified', findings.join('; '));
    const found = readBackupFacts(draft);
    if (JSON.stringify(found) !== JSON.stringify(facts)) {
      return fail('not_verified', `${JSON.stringify(found)} em vez de ${JSON.stringify(facts)}`);
    }
    const name = formatBackupName({ stationCode, installation, madeAtMs: nowMs, hash: contentMark(draft) });
    renameSync(draft, join(folder, name));
    syncPath(folder);
    const own = listBackupFiles(folder).filter((file) => file.installation === installation);
    // Names count seconds: of two of one second the one just made is the newer.
    const justMadeFirst = own.toSorted((a, b) => Number(b.name === name) - Number(a.name === name));
    // The one just made stays even when the clock went back and made it look the oldest.
    for (const surplus of findSurplus(justMadeFirst)) {
      if (surplus.name !== name) rmSync(join(folder, surplus.name), { force: true });
    }
    return { ok: true, file: name, madeAtMs: nowMs, bytes: sizeOf(join(folder, name)), facts };
  } finally {
    removeDraft(draft);
  }
}

/** Frees room by the oldest backups, but for the newest; says what is lacking when that is not enough. */
function makeRoom(folder: string, installation: string, neededBytes: number): string | null {
  const own = listBackupFiles(folder)
    .filter((file) => file.installation === installation)
    .toSorted((a, b) => a.madeAtMs - b.madeAtMs);
  for (;;) {
    const { bavail, bsize } = statfsSync(folder);
    const lackingBytes = neededBytes - bavail * bsize;
    if (lackingBytes <= 0) return null;
    const oldest = own.length > 1 ? own.shift() : undefined;
    if (oldest === undefined) return `faltam ${Math.ceil(lackingBytes / 1024 ** 2)} MB em ${folder}`;
    rmSync(join(folder, oldest.name), { force: true });
  }
}

/** Between steps: what was copied goes to the medium, and the disk is left alone as long as it was used. */
function createPace(draft: string): () => void {
  const bell = new Int32Array(new SharedArrayBuffer(4));
  let endedMs = performance.now();
  return () => {
    // What was copied goes to the medium at once, so that a sale's own sync never waits for a heap of it.
    if (existsSync(draft)) syncPath(draft);
    const workedMs = performance.now() - endedMs;
    Atomics.wait(bell, 0, 0, Math.min(LONGEST_REST_MS, Math.max(SHORTEST_REST_MS, workedMs)));
    endedMs = performance.now();
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function fail(code: Failure['code'], text: string): MadeBackup {
  return { ok: false, failure: { code, text } };
}
