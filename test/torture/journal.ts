import { appendFileSync } from 'node:fs';
import type { JournalSale } from '../../scripts/demo/compare.ts';

/*
 * What was asked of a station and what it acknowledged, kept by who asked: written down before a call goes out and again when its
 * answer is there. It knows nothing of the product but its answers.
 */

/** A completed sale in the words of its acknowledgement. */
export type CompletedSale = {
  readonly number: string;
  readonly totalCents: number;
  readonly changeCents: number;
  /** SKU, thousandths and net cents of each line, in the order of the lines. */
  readonly lines: string;
  /** Payment type and cents of each tender. */
  readonly tenders: string;
  readonly paper: string;
};

export type Asked = { readonly commandId: string; readonly method: string; readonly input: object };

export type Journal = {
  /** As acknowledged by `sale.complete`, in that order. */
  readonly completed: Map<string, CompletedSale>;
  /** The same sales as the ERP has to hold them. */
  readonly sales: Map<string, JournalSale>;
  readonly cancelled: Set<string>;
  /** Money put into the drawer or taken out of it; kind and cents. */
  readonly moved: Map<string, { readonly kind: string; readonly amountCents: number }>;
  /** Names by CPF. */
  readonly customers: Map<string, { readonly personId: string; readonly name: string }>;
  /** Commands that were acknowledged, in their order. */
  readonly acknowledged: Asked[];
  /** What was asked and has no answer: at most one, as one person works at a till. */
  readonly open: () => Asked | null;
  readonly ask: (method: string, input: object) => void;
  readonly answer: (method: string, input: object, isOk: boolean, output: unknown) => void;
};

type CompletionOutput = {
  readonly sale: {
    readonly saleId: string;
    readonly number: string;
    readonly totalCents: number;
    readonly changeCents: number;
    readonly lines: readonly { readonly sku: string; readonly quantityMilli: number; readonly netCents: number }[];
    readonly tenders: readonly { readonly paymentTypeId: number; readonly amountCents: number }[];
  };
  readonly paper: { readonly lines: unknown };
};
type MovementOutput = { readonly movementId: string; readonly kind: string; readonly amountCents: number };
type CancelInput = { readonly saleId: string };
type CustomerInput = { readonly cpf: string; readonly name: string };

export function createJournal(file: string): Journal {
  let open: Asked | null = null;
  const journal: Journal = {
    completed: new Map(),
    sales: new Map(),
    cancelled: new Set(),
    moved: new Map(),
    customers: new Map(),
    acknowledged: [],
    open: () => open,
    ask: (method, input) => {
      const commandId = commandIdOf(input);
      // The same again after a kill is the same question.
      if (commandId === null || open?.commandId === commandId) return;
      open = { commandId, method, input };
      write({ asked: method, input });
    },
    answer: (method, input, isOk, output) => {
      const commandId = commandIdOf(input);
      if (commandId === null) return;
      open = null;
      write(isOk ? { acknowledged: method, commandId, output } : { refused: method, commandId, output });
      if (!isOk) return;
      journal.acknowledged.push({ commandId, method, input });
      note(method, input, output);
    },
  };

  function write(fact: object): void {
    appendFileSync(file, `${JSON.stringify(fact)}\n`);
  }

  function note(method: string, input: object, output: unknown): void {
    if (method === 'sale.complete') {
      const { sale, paper } = output as CompletionOutput;
      journal.completed.set(sale.saleId, {
        number: sale.number,
        totalCents: sale.totalCents,
        changeCents: sale.changeCents,
        lines: sale.lines.map(({ sku, quantityMilli, netCents }) => `${sku} ${quantityMilli} ${netCents}`).join('|'),
        tenders: sale.tenders.map(({ paymentTypeId, amountCents }) => `${paymentTypeId} ${amountCents}`).join('|'),
        paper: JSON.stringify(paper.lines),
      });
    } else if (method === 'sale.cancel') journal.cancelled.add((input as CancelInput).saleId);
    else if (method === 'cashSession.move') {
      const { movementId, kind, amountCents } = output as MovementOutput;
      journal.moved.set(movementId, { kind, amountCents });
    } else if (method === 'customer.register') {
      const { cpf, name } = input as CustomerInput;
      journal.customers.set(cpf, { personId: (output as { personId: string }).personId, name });
    }
  }

  return journal;
}

function commandIdOf(input: object): string | null {
  return 'commandId' in input && typeof input.commandId === 'string' ? input.commandId : null;
}
