import type { CustomerAddress, CustomerConsents } from '../../contract/customer-views.ts';
import { ok, refuse } from '../../contract/result.ts';
import { findCustomer, findCustomerByCpf, type CustomerRecord } from '../../db/customer-queries.ts';
import { setSaleCustomer } from '../../db/customer-writes.ts';
import { refId, type CommandHandler } from '../handlers.ts';
import { requireOperator } from '../operator/authorise.ts';
import type { Random } from '../random.ts';
import { requireOpenSale } from '../sale/at-the-till.ts';
import { parseCpf } from '../sale/cpf-rules.ts';
import { getSaleView } from '../sale/sale-view.ts';
import { customerBytes } from './customer-rules.ts';
import { getCustomerView } from './customer-view.ts';
import { commitCustomer, newSalt, writeCustomer } from './write-customer.ts';

/** Registering customers and naming one on a sale. Neither asks the ERP: it is told when it answers. */
export function createCustomerCommands({ random }: { readonly random: Random }): {
  readonly 'customer.register': CommandHandler<'customer.register'>;
  readonly 'customer.update': CommandHandler<'customer.update'>;
  readonly 'sale.setCustomer': CommandHandler<'sale.setCustomer'>;
} {
  return {
    'customer.register': {
      decide: (tx, input, { nowMs }) => {
        const operator = requireOperator(tx);
        if (!operator.ok) return operator;
        const cpf = parseCpf(input.cpf);
        if (cpf === null) return refuse({ code: 'cpf_invalid', cpf: input.cpf });
        const before = findCustomerByCpf(tx, cpf);
        const base = before ?? {
          personId: random.newId(),
          cpf,
          ...NOTHING_GIVEN,
          salt: newSalt(random),
          registeredAtMs: nowMs,
        };
        // Who is here already keeps what is not said again.
        const customer = {
          ...base,
          name: input.name,
          phone: input.phone ?? base.phone,
          email: input.email ?? base.email,
          address: toJson(input.address) ?? base.address,
          consents: toJson(input.consents) ?? base.consents,
        };
        if (before === null || customerBytes(customer) !== customerBytes(before)) {
          writeCustomer(tx, customer, before, { operatorCode: operator.value.operatorCode, nowMs, random });
        }
        return ok({ personId: customer.personId });
      },
      view: (db, ref) => getCustomerView(db, refId(ref, 'personId')),
    },

    'customer.update': {
      decide: (tx, { personId, name, phone, email, address, consents }, { nowMs }) => {
        const operator = requireOperator(tx);
        if (!operator.ok) return operator;
        const before = findCustomer(tx, personId);
        if (before === null) return refuse({ code: 'customer_not_found', personId });
        const customer: CustomerRecord = {
          ...before,
          name: name ?? before.name,
          phone: phone === undefined ? before.phone : phone,
          email: email === undefined ? before.email : email,
          address: address === undefined ? before.address : toJson(address),
          consents: consents === undefined ? before.consents : toJson(consents),
        };
        if (customerBytes(customer) !== customerBytes(before)) {
          writeCustomer(tx, customer, before, { operatorCode: operator.value.operatorCode, nowMs, random });
        }
        return ok({ personId });
      },
      view: (db, ref) => getCustomerView(db, refId(ref, 'personId')),
    },

    'sale.setCustomer': {
      decide: (tx, { saleId, personId }) => {
        const sale = requireOpenSale(tx, saleId);
        if (!sale.ok) return sale;
        if (personId === null) {
          setSaleCustomer(tx, saleId, null);
          return ok({ saleId });
        }
        const customer = findCustomer(tx, personId);
        if (customer === null) return refuse({ code: 'customer_not_found', personId });
        setSaleCustomer(tx, saleId, { personId, commitment: commitCustomer(customer) });
        return ok({ saleId });
      },
      view: (db, ref) => getSaleView(db, refId(ref, 'saleId')),
    },
  };
}

const NOTHING_GIVEN = { phone: null, email: null, address: null, consents: null };

function toJson(given: CustomerAddress | CustomerConsents | null): string | null {
  return given === null ? null : JSON.stringify(given);
}
