import type { CatalogIssue } from './catalog-line-rules.ts';
import type { CatalogEntry, CatalogPlan } from './catalog-plan-rules.ts';
import type { Noted } from './push-journal.ts';

/** One record or line that did not get through, for a script. */
export type PushError = {
  readonly line: number;
  readonly kind: CatalogEntry['kind'] | 'line';
  readonly key: string;
  /** Of a line: what is wrong with which cell. */
  readonly field?: string;
  readonly value?: string;
  readonly expected?: string;
  readonly text: string;
};

/**
 * How a run ended, over all runs of the same file. `products`, `prices`, `stock`: records the ERP has now, of which
 * `changed` were included or changed and `unchanged` were so before; `pending`: without an answer.
 */
export type PushSummary = {
  readonly products: number;
  readonly prices: number;
  readonly stock: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly pending: number;
  readonly errors: readonly PushError[];
};

/** Adds up what became of each record of a plan and of the lines that were left out. */
export function summarizePush(
  plan: CatalogPlan,
  noted: ReadonlyMap<string, Noted>,
  issues: readonly CatalogIssue[],
): PushSummary {
  const entries = entriesOf(plan);
  const resultOf = ({ id }: CatalogEntry): Noted['result'] | undefined => noted.get(id)?.result;
  const count = (keep: (entry: CatalogEntry) => boolean): number => entries.filter(keep).length;
  const isTaken = (entry: CatalogEntry): boolean =>
    ['unchanged', 'included', 'changed'].includes(resultOf(entry) ?? '');
  const refused = entries.flatMap((entry): PushError[] => {
    const outcome = noted.get(entry.id);
    if (outcome === undefined || outcome.result === 'unchanged' || isTaken(entry)) return [];
    return [
      {
        line: entry.line,
        kind: entry.kind,
        key: keyOf(entry),
        text: outcome.text ?? 'o ERP não respondeu por este registro',
      },
    ];
  });
  return {
    products: count((entry) => entry.kind === 'products' && isTaken(entry)),
    prices: count((entry) => entry.kind === 'prices' && isTaken(entry)),
    stock: count((entry) => entry.kind === 'stock' && isTaken(entry)),
    changed: count((entry) => resultOf(entry) === 'included' || resultOf(entry) === 'changed'),
    unchanged: count((entry) => resultOf(entry) === 'unchanged'),
    pending: count((entry) => resultOf(entry) === undefined || resultOf(entry) === 'unknown'),
    errors: [...issues.map(toError), ...refused],
  };
}

/** A line that cannot be read, as an error. */
export function toError({ line, field, value, expected }: CatalogIssue): PushError {
  const text = value === '' ? `falta ${expected}` : `"${value}" não serve: ${expected}`;
  return { line, kind: 'line', key: '', field, value, expected, text };
}

const WORDS: Readonly<Record<Noted['result'] | 'untried', string>> = {
  unchanged: 'sem mudança',
  included: 'incluído',
  changed: 'alterado',
  refused: 'erro',
  unknown: 'sem resposta',
  untried: 'não enviado',
};

/** What became of each record, as the lines of a spreadsheet with its header. */
export function reportRows(
  plan: CatalogPlan,
  noted: ReadonlyMap<string, Noted>,
  issues: readonly CatalogIssue[],
): string[][] {
  const records = entriesOf(plan).map((entry) => {
    const outcome = noted.get(entry.id);
    const text = outcome?.text ?? '';
    return [
      String(entry.line),
      KINDS[entry.kind],
      keyOf(entry),
      WORDS[outcome?.result ?? 'untried'],
      String(outcome?.transId ?? ''),
      text,
    ];
  });
  const lines = issues.map((issue) => {
    const { field, text } = toError(issue);
    return [String(issue.line), 'linha', field ?? '', 'inválida', '', text];
  });
  return [['linha', 'tipo', 'chave', 'resultado', 'trans_id', 'texto'], ...lines, ...records];
}

const KINDS: Readonly<Record<CatalogEntry['kind'], string>> = {
  products: 'produto',
  prices: 'preço',
  stock: 'estoque',
};

function entriesOf({ products, prices, stock }: CatalogPlan): CatalogEntry[] {
  return [...products, ...prices, ...stock];
}

function keyOf(entry: CatalogEntry): string {
  return entry.id.slice(entry.id.indexOf(':') + 1);
}
