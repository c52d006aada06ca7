import type Database from 'better-sqlite3';
import { ErpError } from '../http/erp-error.ts';

/** The credit a return gave: its number is the number of the entry movement (`saida`). Amounts in cents. */
export type Credit = {
  readonly saida: number;
  readonly cancelado: number;
  readonly total_cents: number;
  readonly used_cents: number;
};

export type Credits = {
  find(numero: string): Credit | undefined;
  /**
   * Holds an amount of a credit for a document, or spends it; the same document again replaces what it held, 0 lets
   * it go. Throws ErpError when the credit is not there, is cancelled, or has not got as much.
   */
  hold(numero: string, document: string, cents: number, isSpent: boolean): void;
  /** What a document held or spent is free again. */
  release(document: string): void;
};

export function createCredits(db: Database.Database): Credits {
  const find = db.prepare<[number], Credit>(
    `SELECT e.saida, e.cancelado, e.total_cents,
       (SELECT coalesce(sum(u.valor_cents), 0) FROM credit_uses u WHERE u.saida = e.saida) AS used_cents
     FROM exchanges e WHERE e.saida = ?`,
  );
  const drop = db.prepare('DELETE FROM credit_uses WHERE saida = ? AND document = ?');
  const dropAll = db.prepare('DELETE FROM credit_uses WHERE document = ?');
  const insert = db.prepare('INSERT INTO credit_uses VALUES (?, ?, ?, ?)');
  const findCredit = (numero: string): Credit | undefined => find.get(/^\d{1,15}$/.test(numero) ? Number(numero) : -1);

  return {
    find: findCredit,
    hold(numero, document, cents, isSpent) {
      const known = findCredit(numero);
      if (known === undefined) throw new ErpError(400, `Crédito não cadastrado(a): ${numero}`);
      drop.run(known.saida, document);
      const { used_cents, total_cents, cancelado } = findCredit(numero) ?? known;
      if (cancelado === 1) throw new ErpError(400, `Crédito cancelado: ${numero}`);
      const free = total_cents - used_cents;
      if (cents > free)
        throw new ErpError(
          400,
          `Crédito ${numero} sem saldo: ${(free / 100).toFixed(2)} de ${(cents / 100).toFixed(2)}`,
        );
      if (cents > 0) insert.run(known.saida, document, cents, Number(isSpent));
    },
    release: (document) => void dropAll.run(document),
  };
}
