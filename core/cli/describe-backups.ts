import type { BackupFileView, BackupPlaceView, BackupView, RestorationView } from '../../contract/backup-api.ts';
import { formatCents, formatInstant, formatMegabytes } from '../../contract/format.ts';
import { countPt } from '../../contract/refusal-texts/refusal-words.ts';
import { alignColumns } from './columns.ts';

const PLACES: Readonly<Record<BackupFileView['place'], string>> = {
  first: 'neste computador',
  second: 'segundo lugar',
  folder: 'pasta',
};

/** Both places, a line each. */
export function describeBackups({ places }: BackupView): string[] {
  return alignColumns(places.map((place) => [PLACES[place.place], describePlace(place)]));
}

/** The same in one line, for the support sheet. */
export function describeBackupsShort({ places, restored }: BackupView): string {
  const each = places.map((place) => `${PLACES[place.place]} ${describePlace(place, false)}`);
  return [...each, ...(restored === null ? [] : [describeRestoration(restored)])].join(' · ');
}

/** What was sold after the backup is at the ERP as far as it arrived there. */
function describeRestoration({ restoredAt, since }: RestorationView): string {
  const when = `RESTAURADA em ${formatInstant(restoredAt)}`;
  if (since === null) return `${when}; o que foi vendido depois da cópia ainda não foi perguntado ao ERP`;
  if (since.sales === 0) return `${when}; o ERP não tem venda que falte aqui`;
  return `${when}; ${since.sales} vendas depois da cópia só no ERP, ${formatCents(since.totalCents)}`;
}

function describePlace({ state, folder, madeAt, newRecords, error }: BackupPlaceView, isLong = true): string {
  const where = isLong && folder !== null ? ` em ${folder}` : '';
  const last = madeAt === null ? 'nenhuma' : formatInstant(madeAt);
  switch (state) {
    case 'not_configured':
      return 'não escolhido (station backup --second PASTA)';
    case 'never':
      return `nenhuma ainda${where}`;
    case 'failed':
      return `FALHOU${where}: ${error?.text ?? ''} · última: ${last}`;
    case 'old':
      return `${last}${where} · ${newRecords} registros depois dela`;
    case 'ok':
      return `${last}${where}`;
  }
}

/** The files, the newest first: when, where, whether they are whole, and what is in them. */
export function describeBackupFiles(files: readonly BackupFileView[], nowMs: number): string[] {
  if (files.length === 0) return ['Nenhuma cópia de segurança.'];
  return alignColumns(
    files.map((file) => [
      formatInstant(file.madeAt),
      describeAge(nowMs - Date.parse(file.madeAt)),
      PLACES[file.place],
      file.stationCode ?? '',
      describeState(file),
      file.sales === null ? '' : `${countPt(file.sales, 'venda', 'vendas')}, ${file.waiting} a enviar`,
      formatMegabytes(file.bytes),
      file.file,
    ]),
  );
}

function describeState({ state, isChecked, detail, sameStation, place }: BackupFileView): string {
  if (state === 'damaged') return `DANIFICADA (${detail ?? ''})`;
  // Of a folder without a station it is not known whose they should be.
  const other = sameStation || place === 'folder' ? '' : ', de outra instalação';
  return `${isChecked ? 'conferida agora' : 'conferida ao ser feita'}${other}`;
}

function describeAge(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 120) return `há ${minutes} min`;
  const hours = Math.round(minutes / 60);
  return hours < 48 ? `há ${hours} h` : `há ${Math.round(hours / 24)} dias`;
}
