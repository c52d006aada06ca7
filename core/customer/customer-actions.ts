import { maskCpf } from '../../contract/format.ts';
import type { CustomerSearchView, CustomerView } from '../../contract/customer-views.ts';
import type { MethodRefusal } from '../../contract/station-api.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import { findCustomer, findCustomerByCpf, listCustomersByName } from '../../db/customer-queries.ts';
import type { Database } from '../../db/database-types.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { Connector, Remote } from '../connectors/connector.ts';
import type { CustomerQuery, FoundCustomer } from '../connectors/customer-document.ts';
import type { ActionHandler } from '../handlers.ts';
import { requireOperator } from '../operator/authorise.ts';
import type { Random } from '../random.ts';
import { parseCpf } from '../sale/cpf-rules.ts';
import { failureToRefusal } from '../setup/failure-to-refusal.ts';
import { parseSearch } from './customer-rules.ts';
import { getCustomerView, toCustomerRow, toCustomerView } from './customer-view.ts';
import { keepServerCustomer } from './write-customer.ts';

/** Rows of one search: who does not find the customer among them types more. */
const MAX_ROWS = 20;
/** The customer stands at the counter: who is not found by then is registered, and matched by CPF later. */
const ONLINE_BOUND_MS = 2_000;

/** Looking customers up. Each look-up leaves a row in the audit chain: who looked, and how many were found. */
export function createCustomerActions({
  db,
  clock,
  random,
  connector,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  /** The one that runs, when the ERP answered lately; null otherwise, so that nobody waits for a server that is not there. */
  readonly connector: () => Connector | null;
}): {
  readonly 'customer.search': ActionHandler<'customer.search'>;
  readonly 'customer.fetch': ActionHandler<'customer.fetch'>;
  readonly 'customer.get': ActionHandler<'customer.get'>;
} {
  return {
    'customer.search': async ({ text, online }) => {
      const operator = requireOperator(db.read);
      if (!operator.ok) return operator;
      const parsed = parseSearch(text);
      if (!parsed.ok) return parsed;
      const search = parsed.value;
      const local =
        search.by === 'name'
          ? listCustomersByName(db.read, search.begin, MAX_ROWS)
          : [findCustomerByCpf(db.read, search.cpf)].filter((customer) => customer !== null);
      const answer = online ? await ask(search.by === 'cpf' ? { cpf: search.cpf } : { name: text }) : null;
      const found = answer?.ok === true ? answer.value : [];
      const view: CustomerSearchView = {
        customers: [...local.map(toCustomerRow), ...found.flatMap((one) => toServerRow(one))].slice(0, MAX_ROWS),
        server: online ? (answer?.ok === true ? 'answered' : 'no_answer') : 'not_asked',
      };
      noteLookUp(operator.value.operatorCode, null, {
        by: search.by,
        found: view.customers.length,
        server: view.server,
      });
      return ok(view);
    },

    'customer.fetch': async ({ customerId }) => {
      const operator = requireOperator(db.read);
      if (!operator.ok) return operator;
      const answer = await ask({ customerId });
      if (answer === null || !answer.ok) return refuse(await toRefusal(answer));
      const found = answer.value.find((one) => one.customerId === customerId);
      const cpf = found === undefined ? null : parseCpf(found.person.cpf);
      if (found === undefined || cpf === null) return refuse({ code: 'customer_not_at_server', customerId });
      return keep(operator.value.operatorCode, found);
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

  /** Null when the ERP did not answer in time. The call itself ends by its own bound, and nobody waits for it. */
  async function ask(query: CustomerQuery): Promise<Remote<readonly FoundCustomer[]> | null> {
    const running = connector();
    if (running === null) return null;
    const bound = new AbortController();
    const late = clock.sleep(ONLINE_BOUND_MS, bound.signal).then(() => null);
    const answer = await Promise.race([running.findCustomers(query, MAX_ROWS), late]);
    bound.abort();
    return answer;
  }

  function keep(operatorCode: string, found: FoundCustomer): Result<CustomerView, MethodRefusal<'customer.fetch'>> {
    const enrolment = findEnrolment(db.read);
    if (enrolment === null) throw new Error('somebody is logged in at a station that is not enrolled');
    const personId = db.write((tx) =>
      keepServerCustomer(tx, found, {
        connector: enrolment.connector,
        operatorCode,
        nowMs: clock.nowMs(),
        random,
      }),
    );
    return ok(getCustomerView(db.read, personId));
  }

  /** Who is registered here already is among the local rows. */
  function toServerRow({ customerId, person }: FoundCustomer): CustomerSearchView['customers'] {
    const cpf = parseCpf(person.cpf);
    if (cpf === null || findCustomerByCpf(db.read, cpf) !== null) return [];
    return [{ personId: null, customerId, name: person.name, maskedCpf: maskCpf(cpf) }];
  }

  async function toRefusal(answer: Extract<Remote<never>, { ok: false }> | null): ReturnType<typeof failureToRefusal> {
    const enrolment = findEnrolment(db.read);
    const server = enrolment?.serverUrl ?? '';
    return answer === null
      ? { code: 'server_unreachable', server, reason: 'tempo esgotado' }
      : failureToRefusal(answer.failure, server, enrolment?.serverUser ?? '');
  }

  function noteLookUp(operatorCode: string, subjectId: string | null, detail: Readonly<Record<string, unknown>>): void {
    db.write((tx) =>
      appendAudit(tx, { atMs: clock.nowMs(), operatorCode, action: 'customer_look_up', subjectId, detail }),
    );
  }
}
