import { createHash } from 'node:crypto';
import { ok, refuse } from '../../contract/result.ts';
import { findSalesperson } from '../../db/operator-queries.ts';
import { setSalePerson, setSalesperson } from '../../db/sale-writes.ts';
import { refId, type CommandHandler } from '../handlers.ts';
import type { Random } from '../random.ts';
import { requireOpenSale } from './at-the-till.ts';
import { parseCpf } from './cpf-rules.ts';
import { getSaleView } from './sale-view.ts';

/** The salesperson who gets the sale, and the customer's CPF for the receipt. */
export function createPeopleCommands({ random }: { readonly random: Random }): {
  readonly 'sale.setSalesperson': CommandHandler<'sale.setSalesperson'>;
  readonly 'sale.setCpf': CommandHandler<'sale.setCpf'>;
} {
  return {
    'sale.setSalesperson': {
      decide: (tx, { saleId, lineId, salespersonCode }) => {
        const sale = requireOpenSale(tx, saleId);
        if (!sale.ok) return sale;
        // A till types 24 where the ERP keeps 000024.
        const salesperson =
          findSalesperson(tx, salespersonCode) ?? findSalesperson(tx, salespersonCode.padStart(6, '0'));
        if (salesperson === null || !salesperson.isActive)
          return refuse({ code: 'salesperson_unknown', salespersonCode });
        if (lineId !== null && !sale.value.items.some((item) => item.lineId === lineId))
          return refuse({ code: 'line_not_found', lineId });
        setSalesperson(tx, saleId, lineId, salesperson.code);
        return ok({ saleId });
      },
      view: (db, ref) => getSaleView(db, refId(ref, 'saleId')),
    },

    'sale.setCpf': {
      decide: (tx, input, { nowMs }) => {
        const sale = requireOpenSale(tx, input.saleId);
        if (!sale.ok) return sale;
        if (input.cpf === null || input.cpf === '') {
          setSalePerson(tx, input.saleId, null);
          return ok({ saleId: input.saleId });
        }
        const cpf = parseCpf(input.cpf);
        if (cpf === null) return refuse({ code: 'cpf_invalid', cpf: input.cpf });
        const salt = Buffer.from(random.bytes(16)).toString('hex');
        const commitment = createHash('sha256').update(`${salt}:${cpf}`).digest('hex');
        setSalePerson(tx, input.saleId, { personId: random.newId(), cpf, salt, commitment, createdAtMs: nowMs });
        return ok({ saleId: input.saleId });
      },
      view: (db, ref) => getSaleView(db, refId(ref, 'saleId')),
    },
  };
}
