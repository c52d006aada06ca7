import type { CatalogIssue } from '../back-office/catalog-line-rules.ts';
import type { CatalogEntry } from '../back-office/catalog-plan-rules.ts';
import { toError, type PushError, type PushSummary } from '../back-office/push-report-rules.ts';
import { alignColumns } from './columns.ts';
import type { CommandContext } from './command-context.ts';

/** Errors shown at once; a person reads no more, and the report has them all. */
const MAX_SHOWN = 50;
/** A line of progress at most this often. */
const PROGRESS_MS = 1_000;

const NAMES: Readonly<Record<CatalogEntry['kind'], string>> = {
  products: 'produtos',
  prices: 'preços',
  stock: 'estoque',
};

/** What is wrong with a file of which nothing was sent. */
export function describeIssues(issues: readonly CatalogIssue[]): string[] {
  const next = 'Nada foi enviado. Corrija o arquivo, ou deixe essas linhas de fora com --skip-bad.';
  return [...shorten(issues.map(toError)), next];
}

/** How a run ended. */
export function describePush({ products, prices, stock, changed, unchanged, pending, errors }: PushSummary): string[] {
  const totals = alignColumns([
    ['Produtos', String(products)],
    ['Preços', String(prices)],
    ['Saldos', String(stock)],
    ['Incluídos ou alterados', String(changed)],
    ['Sem mudança', String(unchanged)],
    ['Sem resposta', String(pending)],
    ['Erros', String(errors.length)],
  ]);
  const next =
    pending > 0 || errors.some(({ kind }) => kind !== 'line')
      ? ['O mesmo comando continua daqui: só o que falta ou está em erro é enviado de novo.']
      : [];
  return [...totals, ...shorten(errors), ...next];
}

/** Says on standard error how far a run is. */
export function createProgress({ writeErr, json }: CommandContext) {
  let saidAtMs = 0;
  return (kind: CatalogEntry['kind'], done: number, all: number): void => {
    const nowMs = performance.now();
    if (json || (done < all && nowMs - saidAtMs < PROGRESS_MS)) return;
    saidAtMs = nowMs;
    writeErr(`  ${NAMES[kind]}: ${done} de ${all}`);
  };
}

function shorten(errors: readonly PushError[]): string[] {
  const shown = errors.slice(0, MAX_SHOWN).map(({ line, kind, key, field, text }) => {
    const what = kind === 'line' ? (field ?? '') : `${NAMES[kind]} ${key}`;
    return `linha ${line}, ${what}: ${text}`;
  });
  return errors.length > MAX_SHOWN ? [...shown, `e mais ${errors.length - MAX_SHOWN}`] : shown;
}
