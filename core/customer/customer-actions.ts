import { ok, refuse } from '../../contract/result.ts';
import { findCustomer, findCustomerByCpf, listCustomersByName } from '../../db/customer-queries.ts';
import type { Database } from '../../db/database-types.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { ActionHandler } from '../handlers.ts';
import { requireOperator } from '../operator/authorise.ts';
import { parseSearch } from './customer-rules.ts';
import { toCustomerRow, toCustomerView } from './customer-view.ts';

/** Rows of one search: who does not find the customer among them types more. */
const MAX_ROWS = 20;

/** Looking customers up. Each look-up leaves a row in the audit chain: who looked, and how many were found. */
export function createCustomerActions({ db, clock }: { readonly db: Database; readonly clock: Clock }): {
  readonly 'customer.search': ActionHandler<'customer.search'>;
  readonly 'customer.get': ActionHandler<'customer.get'>;
} {
  return {
    'customer.search': async ({ text }) => {
      const operator = requireOperator(db.read);
      if (!operator.ok) return operator;
      const parsed = parseSearch(text);
      if (!parsed.ok) return parsed;
      const search = parsed.value;
      const found =
        search.by === 'name'
          ? listCustomersByName(db.read, search.begin, MAX_ROWS)
          : [findCustomerByCpf(db.read, search.cpf)].filter((customer) => customer !== null);
      noteLookUp(operator.value.operatorCode, null, { by: search.by, found: found.length });
      return ok(found.map(toCustomerRow));
    },

    'customer.get': async ({ personId }) => {
      const operator = requireOperator(db.read);
      if (!operator.ok) return operator;
      const customer = findCustomer(db.read, personId);
      if (customer === null) return refuse({ code: 'customer_not_found', personId });
      noteLookUp(operator.value.operatorCode, personId, {});
      return ok(toCustomerView(db.read, customer));
    },
  };

  function noteLookUp(operatorCode: string, subjectId: string | null, detail: Readonly<Record<string, unknown>>): void {
    db.write((tx) =>
      appendAudit(tx, { atMs: clock.nowMs(), operatorCode, action: 'customer_look_up', subjectId, detail }),
    );
  }
}
