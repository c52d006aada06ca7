import { formatCents, formatInstant } from '../../contract/format.ts';
import type { SendOutcomeView, SyncErrorView, SyncView } from '../../contract/station-views.ts';
import { alignColumns } from './columns.ts';

/** The connection to the ERP in the words of the badge. */
export function describeReachability(sync: SyncView, timeZone: string): string {
  return REACHABILITY[sync.reachability](sync, timeZone);
}

const REACHABILITY: Readonly<Record<SyncView['reachability'], (sync: SyncView, timeZone: string) => string>> = {
  online: () => 'online',
  unreachable: (sync, timeZone) =>
    `sem servidor · vendas normais${since(sync.unreachableSince, timeZone)}${nextTry(sync)}`,
  busy: (sync) => `licença do ERP em uso${nextTry(sync)}`,
  stopped: (sync) => `PARADA: ${STOPPED[sync.stoppedReason ?? 'other'] ?? ''}${said(sync.stoppedText)}`,
  disabled: () => 'INTEGRAÇÃO DESLIGADA nesta estação · vendas normais, guardadas aqui',
  connecting: () => 'conectando ao servidor · vendas normais',
  not_configured: () => 'sem servidor configurado',
};

const STOPPED: Readonly<Record<string, string>> = {
  password_wrong: 'usuário ou senha recusados pelo servidor',
  password_unreadable:
    'o cofre de senhas do sistema não responde: desbloqueie-o, ou informe a senha de novo em sync.resume',
  method_missing: 'o servidor não tem um método necessário',
  version_too_old: 'esta versão da estação é antiga demais para o servidor: atualize-a; as vendas continuam aqui',
  code_collision: 'o ERP tem outra venda com um número nosso (disco restaurado ou copiado?)',
  number_behind: 'o ERP conhece números acima do último desta estação (disco restaurado?)',
  audit_behind: 'o ERP conhece registros de auditoria que esta estação não tem (disco restaurado ou copiado?)',
  installation_other: 'outra instalação responde por esta estação no ERP',
  other: 'espera por uma pessoa',
};

const BREAKERS: Readonly<Record<SyncView['methods'][number]['state'], string>> = {
  open: 'falhando',
  half_open: 'falhando, em nova tentativa',
  missing: 'o servidor não tem',
};

/** What the server does not answer for while it answers for the rest, in one line each. */
export function describeMethods(sync: SyncView): string[] {
  return sync.methods.map(({ method, state, text, nextAttemptInMs }) => {
    return `${method}: ${BREAKERS[state]} (${text}) · nova tentativa em ${Math.ceil(nextAttemptInMs / 1000)} s`;
  });
}

/** What people have to know of, until one of them resumed. */
export function describeAlerts(sync: SyncView, timeZone: string): string[] {
  return sync.alerts.map(({ text, at }) => `${formatInstant(at, 'pt-BR', timeZone)} · ${text}`);
}

/** What waits to be sent, in one line. */
export function describeQueue(sync: SyncView, timeZone: string): string {
  if (sync.waiting === 0) return 'nada a enviar';
  const { oldestWaitingAt } = sync;
  const oldest =
    oldestWaitingAt === null ? '' : ` · mais antiga de ${formatInstant(oldestWaitingAt, 'pt-BR', timeZone)}`;
  return `${sync.waiting} a enviar${oldest}`;
}

const STATES: Readonly<Record<string, string>> = { rejected: 'recusada', diverged: 'diferente no ERP' };

const KINDS: Readonly<Record<SyncErrorView['delivery']['kind'], string>> = {
  sale: 'venda',
  cancellation: 'cancelamento',
  customer: 'cliente',
  cash: 'caixa',
};

/** The documents that wait for a person, with the server's own words. */
export function describeErrors(errors: readonly SyncErrorView[]): string[] {
  if (errors.length === 0) return ['Nenhum documento em erro.'];
  const rows = errors.map(({ number, totalCents, delivery, waitsFor }) => [
    number,
    KINDS[delivery.kind],
    delivery.kind === 'customer' || delivery.kind === 'cash' ? '' : formatCents(totalCents),
    waitsFor === null ? (STATES[delivery.state] ?? delivery.state) : `espera por ${waitsFor}`,
    `${delivery.attempts} tentativa${delivery.attempts === 1 ? '' : 's'}`,
    delivery.lastError?.text ?? '',
  ]);
  return [`${errors.length} documento${errors.length === 1 ? '' : 's'} em erro:`, ...alignColumns(rows)];
}

const NOT_RUN: Readonly<Record<NonNullable<SendOutcomeView['reason']>, string>> = {
  nothing_waiting: 'Nada a enviar.',
  unreachable: 'Não enviou: sem servidor. As vendas ficam guardadas aqui e seguem quando ele voltar.',
  busy: 'Não enviou: a licença do ERP está em uso.',
  stopped: 'Não enviou: a integração está parada e espera por uma pessoa (veja `station status`).',
  already_running: 'Um envio já está em andamento.',
  disabled: 'Não enviou: a integração está desligada nesta estação (`station integration on`).',
  connecting: 'Não enviou: a estação ainda se conecta ao servidor. Tente de novo em instantes.',
  not_configured: 'Não enviou: a estação não tem servidor configurado.',
};

/** What came of "send now". */
export function describeSending(outcome: SendOutcomeView): string[] {
  const reason = outcome.reason === null ? [] : [NOT_RUN[outcome.reason]];
  const done = outcome.ran
    ? [`Enviados ${outcome.sent} · confirmados ${outcome.confirmed} · restam ${outcome.left}`]
    : [];
  return [...done, ...reason];
}

function since(instant: string | null, timeZone: string): string {
  return instant === null ? '' : ` · desde ${formatInstant(instant, 'pt-BR', timeZone)}`;
}

function nextTry({ nextAttemptInMs }: SyncView): string {
  return nextAttemptInMs === null ? '' : ` · nova tentativa em ${Math.ceil(nextAttemptInMs / 1000)} s`;
}

function said(text: string | null): string {
  return text === null ? '' : ` (${text})`;
}
