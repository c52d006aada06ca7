import { createHash } from 'node:crypto';
import type { SaleView } from '../../contract/sale-views.ts';

/*
 * What was asked and what was answered, kept by whoever stands at the till and by nobody else: after a power cut the
 * station must hold what its answers said, as facts that are compared one by one.
 */

/** What one call changes when it is done: facts by their name, `sale 0199...` and what was said of it; null ends one. */
export type Change = readonly (readonly [name: string, value: string | null])[];

type Entry = {
  readonly run: number;
  readonly id: number;
  readonly method: string;
  /** How many entries were answered when this one was asked. */
  readonly answeredBefore: number;
  change: Change | null;
};

/** What becomes of a call. `fail`: the core ended over it, so that it may be done and is asked again. */
type Asked = { readonly answer: (change: Change) => void; readonly fail: () => void };

export type Journal = {
  /** A call leaves; its reply, if any, is told later. */
  readonly ask: (run: number, id: number, method: string) => Asked;
  readonly entries: readonly Readonly<Entry>[];
  /** A call that is none of the till's. */
  readonly ignore: (run: number, id: number) => void;
  /** Whether this call failed or is ignored: what was said of it counts for nothing. */
  readonly isIgnored: (run: number, id: number) => boolean;
};

export function createJournal(): Journal {
  const entries: Entry[] = [];
  const ignored = new Set<string>();
  let answered = 0;
  let askedSince: number | null = null;
  return {
    entries,
    ignore: (run, id) => void ignored.add(`${run}/${id}`),
    isIgnored: (run, id) => ignored.has(`${run}/${id}`),
    ask: (run, id, method) => {
      const entry: Entry = { run, id, method, answeredBefore: askedSince ?? answered, change: null };
      entries.push(entry);
      return {
        answer: (change) => {
          answered += 1;
          entry.change = change;
          askedSince = null;
        },
        fail: () => {
          entries.splice(entries.indexOf(entry), 1);
          ignored.add(`${run}/${id}`);
          askedSince ??= answered;
        },
      };
    },
  };
}

/** A sale in the words of the journal, from the till's view or from the rows alike. */
export function saleFact(sale: {
  readonly state: string;
  readonly number: string | null;
  /** Of a completed sale; before it nothing of it is on the disk. */
  readonly totalCents: number | null;
  readonly changeCents: number | null;
  readonly lines: readonly { readonly sku: string; readonly quantityMilli: number; readonly unitPriceCents: number }[];
  readonly tenders: readonly { readonly paymentTypeId: number; readonly amountCents: number }[];
}): string {
  const isDone = sale.state === 'completed';
  return JSON.stringify({
    state: sale.state,
    number: sale.number,
    totalCents: isDone ? sale.totalCents : null,
    changeCents: isDone ? sale.changeCents : null,
    lines: sale.lines.map(({ sku, quantityMilli, unitPriceCents }) => [sku, quantityMilli, unitPriceCents]),
    tenders: sale.tenders.map(({ paymentTypeId, amountCents }) => [paymentTypeId, amountCents]),
  });
}

export function saleChange(view: SaleView): Change {
  return [[`sale ${view.saleId}`, saleFact(view)]];
}

export function paperFact(lines: unknown): string {
  return createHash('sha256').update(JSON.stringify(lines)).digest('hex');
}

/** `facts` after `change`. */
export function applyChange(facts: Map<string, string>, change: Change): void {
  for (const [name, value] of change) {
    if (value === null) facts.delete(name);
    else facts.set(name, value);
  }
}
