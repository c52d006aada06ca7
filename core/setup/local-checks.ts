import { existsSync, openSync, closeSync, fsyncSync, readdirSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { formatMegabytes } from '../../contract/format.ts';
import type { DoctorCheckView } from '../../contract/station-views.ts';
import type { Database } from '../../db/database-types.ts';
import { findBrokenLink } from '../audit/audit.ts';
import { listMissingRegisters } from '../../db/missing-register-queries.ts';
import { isSynchronousFull } from '../../db/integrity-queries.ts';
import { backupChecks } from '../backup/backup-checks.ts';
import type { Clock } from '../clock.ts';
import { checkDatabase } from './check-database.ts';
import { describeSkippedRows, viewSkippedRows } from '../connectors/skipped-rows.ts';
import { readMethodNamesFile } from '../connectors/method-names-file.ts';
import { readPoliciesReading } from './read-policies.ts';
import { checkSecrets } from './check-secrets.ts';
import type { SecretStore } from './secret-store.ts';

/** A year of a busy store is below this. */
const LOW_DISK_BYTES = 2 * 1024 ** 3;
/** A day of sales with its log and one copy before a migration. */
const FULL_DISK_BYTES = 200 * 1024 ** 2;

/** A checkpoint follows every quiet moment: a log this long says that something holds it back. */
const LONG_WAL_BYTES = 256 * 1024 ** 2;

/** Links of the audit chain that are read in a few milliseconds. */
const AUDIT_TAIL = 500;

/** One question of `doctor`: it answers, and what it throws is an answer too. */
export type Check = { readonly name: string; readonly run: () => Promise<Answer> | Answer };
export type Answer = Omit<DoctorCheckView, 'name'>;

/** What can be known without a server: folder, disk, database, passwords, policies. */
export function localChecks({
  data,
  db,
  clock,
  secrets,
}: {
  readonly data: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: SecretStore;
}): readonly Check[] {
  return [
    { name: 'Pasta de dados', run: () => checkFolder(data) },
    { name: 'Espaço em disco', run: () => checkDisk(data) },
    { name: 'Banco de dados', run: () => checkFile(db.file) },
    { name: 'Log do banco (WAL)', run: () => checkWal(db.file) },
    { name: 'Gravação segura', run: () => checkSynchronous(db) },
    { name: 'Auditoria', run: () => checkAuditTail(db) },
    { name: 'Pasta de registros', run: () => checkLogs(join(data, 'logs')) },
    ...backupChecks({ data, db, nowMs: clock.nowMs }),
    { name: 'Guarda de senhas', run: () => checkSecrets(secrets) },
    { name: 'Políticas do grupo', run: () => checkPolicies(db) },
    { name: 'Cadastros do ERP', run: () => checkRegisters(db) },
    { name: 'Linhas dos cadastros', run: () => checkRows(db) },
    { name: 'Nomes dos métodos do ERP', run: () => checkMethodNames(data) },
  ];
}

function checkFolder(data: string): Answer {
  const probe = join(data, `.doctor-${process.pid}`);
  const descriptor = openSync(probe, 'w', 0o600);
  try {
    writeSync(descriptor, 'ok');
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
    unlinkSync(probe);
  }
  return ok(`${data} aceita gravação`);
}

async function checkDisk(data: string): Promise<Answer> {
  const { bavail, bsize } = await statfs(data);
  const free = bavail * bsize;
  const detail = `${(free / 1024 ** 3).toLocaleString('pt-BR', { maximumFractionDigits: 1 })} GB livres`;
  const advice = 'Libere espaço: sem disco a estação para de vender.';
  if (free < FULL_DISK_BYTES) return { state: 'failed', detail, advice };
  return free < LOW_DISK_BYTES ? { state: 'warning', detail, advice } : ok(detail);
}

async function checkFile(file: string): Promise<Answer> {
  const findings = await checkDatabase(file);
  if (findings.length === 0) return ok(`íntegro, ${formatMegabytes(statSync(file).size)}`);
  const advice = 'Pare de vender nesta estação e chame o suporte: o banco deve ser restaurado de uma cópia.';
  return { state: 'failed', detail: findings.join('; '), advice };
}

function checkWal(file: string): Answer {
  const bytes = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const detail = formatMegabytes(bytes);
  if (bytes < LONG_WAL_BYTES) return ok(detail);
  return {
    state: 'warning',
    detail,
    advice: 'Reinicie a estação fora do horário de venda; se voltar, chame o suporte.',
  };
}

function checkSynchronous(db: Database): Answer {
  if (isSynchronousFull(db.read)) return ok('cada venda está no disco antes de ser confirmada (synchronous FULL)');
  return {
    state: 'failed',
    detail: 'a conexão não espera o disco',
    advice: 'Chame o suporte: uma queda de energia pode perder vendas.',
  };
}

/** The end of the chain, where a forger would write; the whole of it is verified at night. */
function checkAuditTail(db: Database): Answer {
  const broken = findBrokenLink(db.read, AUDIT_TAIL);
  if (broken === null) return ok(`últimos ${AUDIT_TAIL} registros conferem`);
  return {
    state: 'failed',
    detail: `o registro ${broken} da auditoria não confere`,
    advice: 'Não apague nada e chame o suporte: o banco foi alterado por fora da estação.',
  };
}

function checkLogs(folder: string): Answer {
  if (!existsSync(folder)) return { state: 'warning', detail: `${folder} não existe`, advice: 'Reinicie a estação.' };
  const files = readdirSync(folder);
  const bytes = files.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return ok(`${files.length} ${files.length === 1 ? 'arquivo' : 'arquivos'}, ${formatMegabytes(bytes)} em ${folder}`);
}

function checkPolicies(db: Database): Answer {
  const { policies, wrongFields } = readPoliciesReading(db.read);
  if (wrongFields.length === 0) return ok(`versão ${policies.version}`);
  const detail = `valores sem sentido no ERP: ${wrongFields.join(', ')}; valem os padrões`;
  return { state: 'warning', detail, advice: 'Corrija esses campos no grupo de estações do ERP.' };
}

function checkMethodNames(data: string): Answer {
  const { changed, problem } = readMethodNamesFile(data);
  if (problem === null) return ok(changed === 0 ? 'os do contrato' : `${changed} trocados por esta instalação`);
  const advice = 'Corrija ou apague o arquivo na pasta de dados; até lá valem os nomes do contrato.';
  return { state: 'failed', detail: problem, advice };
}

function checkRegisters(db: Database): Answer {
  const missing = listMissingRegisters(db.read);
  if (missing.length === 0) return ok('todos os que a estação usa');
  const detail = `sem ${missing.map(({ register, detail: said }) => `${register} (${said})`).join('; ')}`;
  const advice =
    'A venda continua sem eles. Peça esses métodos a quem administra o servidor, ou informe os nomes deles.';
  return { state: 'warning', detail, advice };
}

function checkRows(db: Database): Answer {
  const skipped = viewSkippedRows(db.read);
  if (skipped.length === 0) return ok('todas puderam ser lidas');
  return {
    state: 'warning',
    detail: describeSkippedRows(skipped).join('; '),
    advice: 'Essas linhas não estão aqui: corrija os campos no ERP; elas entram na próxima leitura.',
  };
}

function ok(detail: string): Answer {
  return { state: 'ok', detail, advice: null };
}
