import { join } from 'node:path';
import { DEFAULT_TIME_ZONE, formatInstant } from '../../contract/format.ts';
import type { BackupPlaceView } from '../../contract/backup-api.ts';
import type { Database } from '../../db/database-types.ts';
import { getInstallationId } from '../../db/setup-queries.ts';
import type { Answer, Check } from '../setup/local-checks.ts';
import { readTimeZone } from '../setup/read-policies.ts';
import { viewPlace } from './backup-view.ts';
import { runBackupJob } from './run-backup-job.ts';

/** Reading one backup whole; a share that does not answer is told as such. */
const CHECK_TIMEOUT_MS = 60_000;

/** What `doctor` asks of both places: how old the newest backup is, and whether all of it can be read back now. */
export function backupChecks(ports: {
  readonly data: string;
  readonly db: Database;
  readonly nowMs: () => number;
}): readonly Check[] {
  const viewOf = (place: 'first' | 'second'): BackupPlaceView =>
    viewPlace(ports.db.read, ports.data, place, ports.nowMs());
  return [
    { name: 'Cópia de segurança', run: () => checkPlace(ports.db, viewOf('first')) },
    { name: 'Segunda cópia', run: () => checkPlace(ports.db, viewOf('second')) },
  ];
}

async function checkPlace(db: Database, view: BackupPlaceView): Promise<Answer> {
  const { place, folder, state, file, madeAt, newRecords, error } = view;
  if (folder === null) {
    const advice = 'Escolha um pen drive, outro disco ou a rede: `station backup --second PASTA`.';
    return { state: 'warning', detail: 'não escolhida: um defeito deste disco levaria tudo', advice };
  }
  if (file === null || madeAt === null) {
    if (newRecords === 0) return { state: 'ok', detail: 'nada aconteceu ainda que precise de cópia', advice: null };
    const detail = error === null ? `nenhuma em ${folder}` : `nenhuma em ${folder}: ${error.text}`;
    return { state: 'warning', detail, advice: ADVICE[error?.code ?? 'failed'] };
  }
  const path = join(folder, file);
  const made = `de ${formatInstant(madeAt, 'pt-BR', readTimeZone(db.read) ?? DEFAULT_TIME_ZONE)} em ${folder}`;
  if (error?.code === 'place_missing') {
    return { state: 'warning', detail: `última ${made}; ${error.text}`, advice: ADVICE.place_missing };
  }
  const files = await runBackupJob<'list'>(
    { kind: 'list', folders: [{ place, folder }], installationId: getInstallationId(db.read), verify: 'newest' },
    AbortSignal.timeout(CHECK_TIMEOUT_MS),
  );
  const found = files.find((one) => one.file === path);
  if (found?.state !== 'complete') {
    const detail = `última ${made}; ${found === undefined ? 'não está mais lá' : (found.detail ?? '')}`;
    return { state: 'failed', detail, advice: 'Faça outra agora com `station backup` e confira o disco.' };
  }
  const verified = `${made}, conferida agora`;
  if (error !== null) {
    return { state: 'warning', detail: `${verified}; a seguinte falhou: ${error.text}`, advice: ADVICE[error.code] };
  }
  if (state === 'old') {
    const detail = `${verified}; ${newRecords} registros depois dela`;
    return { state: 'warning', detail, advice: 'Faça outra agora com `station backup`.' };
  }
  return { state: 'ok', detail: verified, advice: null };
}

const ADVICE: Readonly<Record<NonNullable<BackupPlaceView['error']>['code'], string>> = {
  place_missing: 'Conecte o pen drive, o disco ou a rede; a cópia segue sozinha. As vendas continuam.',
  no_space: 'Libere espaço nesse disco: a cópia só é feita se sobrarem 500 MB.',
  not_verified: 'Chame o suporte: a cópia não conferiu, e o banco pode estar danificado.',
  timeout: 'O disco ou a rede não respondeu a tempo: confira.',
  failed: 'Faça uma agora com `station backup`; se não der certo, confira o disco.',
};
