import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { JournalSale } from './compare.ts';

/** What the driver was told, on disk before it goes on: the witness against which the ERP is held. */
export type Journal = {
  readonly addSale: (sale: Omit<JournalSale, 'cancelled'>) => void;
  readonly addCancellation: (saleId: string) => void;
  readonly sales: () => readonly JournalSale[];
  readonly close: () => void;
};

/** Appends each acknowledged fact as a line of `file`. */
export function createJournal(file: string): Journal {
  const descriptor = openSync(file, 'a');
  const sales = new Map<string, JournalSale>();

  function write(fact: unknown): void {
    writeSync(descriptor, `${JSON.stringify(fact)}\n`);
    fsyncSync(descriptor);
  }

  return {
    addSale: (sale) => {
      write({ sold: sale });
      if (sales.has(sale.saleId)) throw new Error(`sale ${sale.number} was acknowledged twice as new`);
      sales.set(sale.saleId, { ...sale, cancelled: false });
    },
    addCancellation: (saleId) => {
      const sale = sales.get(saleId);
      if (sale === undefined) throw new Error(`cancelled ${saleId}, which was never sold`);
      write({ cancelled: saleId });
      sales.set(saleId, { ...sale, cancelled: true });
    },
    sales: () => [...sales.values()],
    close: () => closeSync(descriptor),
  };
}
