import {
  DEFAULT_TIME_ZONE,
  formatCents,
  formatCnpj,
  formatDay,
  formatInstant,
  formatMegabytes,
} from '../../contract/format.ts';
import { countPt, deliveryStatesPt } from '../../contract/refusal-texts/refusal-words.ts';
import type { DoctorCheckView, HealthView, LoadView, StationView, SummaryView } from '../../contract/station-views.ts';
import { alignColumns, labelled } from './columns.ts';
import { describeBackupsShort } from './describe-backups.ts';
import { describeAlerts, describeMethods, describeQueue, describeReachability } from './describe-sync.ts';

/** The support sheet: what a person reads over the phone. */
export function describeStatus(view: StationView, health: HealthView, startedHere: boolean): string[] {
  const { station, sync } = view;
  const timeZone = station?.timeZone ?? DEFAULT_TIME_ZONE;
  const when = (at: string | null): string => (at === null ? 'nunca' : formatInstant(at, 'pt-BR', timeZone));
  const place =
    station === null
      ? ([['Estação', 'sem cadastro: use `station enrol`']] as const)
      : ([
          [
            'Estação',
            `${station.code} · ${station.description}${view.setup === 'demo' ? ' · LOJA DE DEMONSTRAÇÃO' : ''}`,
          ],
          ['Filial', `${station.branchCode} · ${station.branchName} · CNPJ ${formatCnpj(station.cnpj)}`],
          ['Servidor', station.server],
        ] as const);
  return labelled([
    ...place,
    ['Versão', `${view.version} · banco ${view.schemaVersion}`],
    ['Integração', describeReachability(sync, timeZone)],
    ...describeAlerts(sync, timeZone).map((line) => ['AVISO', line] as const),
    ...describeMethods(sync).map((line) => ['Método', line] as const),
    ['Fila', describeQueue(sync, timeZone)],
    ['Erros', sync.errors === 0 ? 'nenhum' : `${sync.errors} (veja \`station errors\`)`],
    ['Última confirmação', when(sync.lastConfirmedAt)],
    ['Última leitura', when(sync.lastPullAt)],
    ['Carga inicial', describeLoad(view.load)],
    ['Operador', view.operator === null ? 'ninguém' : `${view.operator.code} · ${view.operator.name}`],
    ['Caixa', describeSession(view, when)],
    ['Catálogo', `${health.products} produtos · ${health.skus} SKUs`],
    ['Vendas guardadas', String(health.sales)],
    ['Banco', `${formatMegabytes(health.databaseBytes)} · log ${formatMegabytes(health.walBytes)}`],
    ['Cópias', describeBackupsShort(view.backup)],
    ['Atraso do núcleo', `p50 ${milliseconds(health.eventLoopP50Ms)} · p99 ${milliseconds(health.eventLoopP99Ms)}`],
    ['Núcleo', startedHere ? 'iniciado só para este comando' : `em execução (processo ${health.pid})`],
    ['Dados', health.data],
  ]);
}

const LOAD_STATES: Readonly<Record<LoadView['state'], string>> = {
  idle: 'não começou',
  running: 'em andamento',
  done: 'completa',
  failed: 'parada',
};

/** How far the initial load is, in one line. */
export function describeLoad(load: LoadView): string {
  const done = load.steps.filter((step) => step.state === 'done').length;
  const failed = load.steps.find((step) => step.error !== null && step.state !== 'done');
  const detail = load.state === 'done' || load.state === 'idle' ? '' : ` · ${done} de ${load.steps.length} etapas`;
  return `${LOAD_STATES[load.state]}${detail}${failed === undefined ? '' : ` · ${STEP_NAMES[failed.step]}: ${failed.error}`}`;
}

/** The steps of the initial load in words. */
export const STEP_NAMES: Readonly<Record<LoadView['steps'][number]['step'], string>> = {
  station: 'estação',
  branch: 'filial',
  operators: 'operadores',
  salespeople: 'vendedores',
  payment_types: 'tipos de pagamento',
  payment_terms: 'condições de pagamento',
  financial_reasons: 'motivos financeiros',
  promotions: 'promoções',
  customers: 'cliente padrão',
  products: 'produtos',
  prices: 'preços',
  stock: 'estoque',
};

/** The day's figures: what was sold and cancelled here against what the ERP confirmed, down to the document. */
export function describeSummary(summary: SummaryView): string[] {
  const ticketCents = summary.sales === 0 ? 0 : Math.round(summary.soldCents / summary.sales);
  const { confirmed } = summary;
  const otherDays = [
    'de vendas de outros dias',
    `${summary.cancelledOtherDays} · ${formatCents(summary.cancelledOtherDaysCents)}`,
  ];
  const totals = alignColumns([
    ['Vendas', String(summary.sales)],
    ['Peças', (summary.piecesMilli / 1000).toLocaleString('pt-BR')],
    ['Bruto', formatCents(summary.grossCents)],
    ['Descontos', formatCents(summary.discountCents)],
    ['Vendido', formatCents(summary.soldCents)],
    ['Canceladas no dia', `${summary.cancelled} · ${formatCents(summary.cancelledCents)}`],
    ...(summary.cancelledOtherDays === 0 ? [] : [otherDays]),
    ['Líquido', formatCents(summary.netCents)],
    ['Ticket médio', formatCents(ticketCents)],
    [
      'Confirmado no ERP',
      [
        countPt(confirmed.sales, 'venda', 'vendas'),
        countPt(confirmed.cancellations, 'cancelamento', 'cancelamentos'),
        formatCents(confirmed.netCents),
      ].join(' · '),
    ],
    ['Diferença', formatCents(summary.differenceCents)],
  ]);
  const payments = summary.byPaymentKind.map((row) => [
    row.description,
    String(row.count),
    formatCents(row.amountCents),
  ]);
  const hours = summary.byHour.map((row) => [
    `${String(row.hour).padStart(2, '0')}h`,
    String(row.sales),
    formatCents(row.soldCents),
  ]);
  const open = summary.unconfirmed.map(({ kind, number, amountCents, state }) => [
    kind === 'sale' ? 'venda' : 'cancelamento',
    number,
    formatCents(amountCents),
    deliveryStatesPt[state] ?? state,
  ]);
  return [
    `Resumo de ${formatDay(summary.businessDay)}`,
    ...totals,
    ...section('Pagamentos (líquido do que voltou)', payments),
    ...section('Vendas por hora (com as canceladas)', hours),
    ...section('Ainda não confirmadas no ERP (somam a diferença)', open),
  ];
}

const CHECK_MARKS: Readonly<Record<DoctorCheckView['state'], string>> = {
  ok: 'ok',
  warning: 'ATENÇÃO',
  failed: 'FALHA',
};

/** The checks of `doctor` under each other, each advice below its check. */
export function describeChecks(checks: readonly DoctorCheckView[]): string[] {
  const lines = alignColumns(checks.map((check) => [CHECK_MARKS[check.state], check.name, check.detail]));
  return checks.flatMap((check, index) => [
    lines[index] ?? '',
    ...(check.advice === null ? [] : [`         -> ${check.advice}`]),
  ]);
}

function section(title: string, rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : ['', title, ...alignColumns(rows)];
}

function describeSession({ cashSession }: StationView, when: (at: string) => string): string {
  if (cashSession === null) return 'fechado';
  return `aberto em ${when(cashSession.openedAt)} por ${cashSession.openedBy}, dia ${formatDay(cashSession.businessDay)}`;
}

function milliseconds(ms: number): string {
  return `${ms.toLocaleString('pt-BR', { maximumFractionDigits: 1 })} ms`;
}
