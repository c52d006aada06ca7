import { z } from 'zod';
import { Instant } from './ids.ts';
import { action, query } from './method.ts';
import { Cents } from './money.ts';

/**
 * One of the two places of backups.
 *
 * `not_configured`: the second place was not chosen. `never`: nothing is there yet. `failed`: the last try failed, see
 * `error`; what is there is as old as `madeAt`. `old`: something happened since, and hours passed. `newRecords`: audit
 * rows that are not in the newest backup, 0 when nothing happened since.
 */
export const BackupPlaceView = z.object({
  place: z.enum(['first', 'second']),
  folder: z.string().nullable(),
  state: z.enum(['ok', 'old', 'never', 'failed', 'not_configured']),
  file: z.string().nullable(),
  madeAt: Instant.nullable(),
  bytes: z.int().nullable(),
  newRecords: z.int(),
  error: z
    .object({
      /** `place_missing`: not there (USB stick out, share away). `no_space`: the reserve of the disk would be used up. */
      code: z.enum(['place_missing', 'no_space', 'not_verified', 'timeout', 'failed']),
      text: z.string(),
    })
    .nullable(),
});

/**
 * The last time this station was brought back from a backup; null when never, or more than a week ago.
 *
 * `fileNumber`: the last number in the backup; new sales have numbers above `raisedTo`. `since`: sales made after the
 * backup that only the ERP holds, in integer cents; null until it answered.
 */
export const RestorationView = z.object({
  restoredAt: Instant,
  file: z.string(),
  fileNumber: z.int(),
  raisedTo: z.int(),
  since: z.object({ sales: z.int(), totalCents: Cents }).nullable(),
});

/** Backups of this station: both places, whether one is being made, and whether the station itself came from one. */
export const BackupView = z.object({
  running: z.boolean(),
  places: z.array(BackupPlaceView),
  restored: RestorationView.nullable(),
});

/**
 * One file among the backups. `complete`: its size and content are those it was named with (`isChecked`: all of it was
 * read now; otherwise its size and head). `sameStation`: made by this installation.
 */
export const BackupFileView = z.object({
  place: z.enum(['first', 'second', 'folder']),
  file: z.string(),
  madeAt: Instant,
  bytes: z.int(),
  stationCode: z.string().nullable(),
  sameStation: z.boolean(),
  state: z.enum(['complete', 'damaged']),
  isChecked: z.boolean(),
  detail: z.string().nullable(),
  sales: z.int().nullable(),
  waiting: z.int().nullable(),
  lastNumber: z.int().nullable(),
});

/** Methods of backups; restoring and delivering from a file work without a core and are commands of the shell alone. */
export const backupApi = {
  'backup.view': query(z.object({}), BackupView, []),
  /** Makes one in each place now and answers when both are done, well or not. */
  'backup.now': action(z.object({}), BackupView, []),
  /** Chooses the second place; null gives it up. It must be there, be a folder and take files. */
  'backup.configure': action(z.object({ secondFolder: z.string().trim().min(1).max(500).nullable() }), BackupView, [
    'backup_folder_unusable',
  ]),
  /** Every backup of both places, the newest first. `verify`: read whole, not by head and size alone. */
  'backup.list': action(z.object({ verify: z.boolean().default(false) }), z.array(BackupFileView), []),
} as const;

export type BackupView = z.infer<typeof BackupView>;
export type BackupPlaceView = z.infer<typeof BackupPlaceView>;
export type BackupFileView = z.infer<typeof BackupFileView>;
export type RestorationView = z.infer<typeof RestorationView>;
