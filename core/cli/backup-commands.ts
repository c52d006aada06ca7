import { existsSync } from 'node:fs';
import type { BackupView } from '../../contract/backup-api.ts';
import { show, showRefusal, withStation, writeAnswer, type CommandContext } from './command-context.ts';
import { describeBackupFiles, describeBackups } from './describe-backups.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** `station backup`: makes one in each place now; `second` chooses the second place first, null gives it up. */
export function backUpNow(context: CommandContext, second: string | null | undefined): Promise<ExitCode> {
  return withStation(context, async (station) => {
    if (second !== undefined) {
      const configured = await station.client.call('backup.configure', { secondFolder: second });
      if (!configured.ok) return showRefusal(context, configured.error);
    }
    return show(context, station, 'backup.now', {}, describeBackups, judge);
  });
}

/** `station backups`: every backup of both places, or those in a folder, which needs no station. */
export async function listBackups(
  context: CommandContext,
  options: { readonly folder?: string; readonly verify?: boolean },
): Promise<ExitCode> {
  const verify = options.verify === true;
  const nowMs = Date.now();
  if (options.folder === undefined) {
    return withStation(context, (station) =>
      show(context, station, 'backup.list', { verify }, (files) => describeBackupFiles(files, nowMs)),
    );
  }
  if (!existsSync(options.folder)) {
    context.writeErr(
      `A pasta ${options.folder} não existe. Confira o caminho, e se o disco ou pen drive está montado.`,
    );
    return EXIT.usage;
  }
  // Loaded here: every other command does without the database's own library.
  const { listBackups: list } = await import('../backup/list-backups.ts');
  const folders = [{ place: 'folder', folder: options.folder }] as const;
  const files = list({ folders, installationId: null, verify: verify ? 'all' : 'none' });
  writeAnswer(context, { ok: true, output: files }, () => describeBackupFiles(files, nowMs));
  return EXIT.ok;
}

function judge({ places }: BackupView): ExitCode {
  return places.some(({ state }) => state === 'failed' || state === 'never') ? EXIT.attention : EXIT.ok;
}
