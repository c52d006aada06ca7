import { formatCpf } from '../../../contract/format.ts';
import type { DocumentOutcome, PushReport, RemoteFailure } from '../connector.ts';
import type { OutgoingCustomer } from '../customer-document.ts';
import { isPassingRefusal } from './classify-reply.ts';
import type { MillenniumClient } from './client.ts';
import { findCustomerDifference } from './compare-customer.ts';
import { findByCpf } from './customer-reader.ts';
import { encodeCustomer } from './encode-customer.ts';
import { millenniumMethods } from './millennium-methods.ts';

/** Customers in a row that the server takes with an error of its own before it counts as down. */
const MAX_SERVER_ERRORS = 3;

type Pushed = {
  readonly outcome: DocumentOutcome;
  /** The server stopped answering: what is left is not tried. */
  readonly failure: RemoteFailure | null;
};

/**
 * Delivers customers one by one; each may be repeated without harm.
 *
 *   look up by CPF --there and equal, or not to be changed (what differs goes with the outcome)--> confirmed
 *         | not there, or something differs that the till said anew
 *   incluiroualterar (with the id that was found) --any answer or none--> look up by CPF
 *         there and equal: confirmed           refused: rejected with the server's words
 *         (whoever is there under the CPF is the customer, also when the change is refused: its id goes with the outcome)
 *         taken, and something differs: diverged      no answer, or all is as before: unknown, and looked up before the
 *                                                     next attempt
 */
export async function pushCustomers(batch: readonly OutgoingCustomer[], client: MillenniumClient): Promise<PushReport> {
  const outcomes: DocumentOutcome[] = [];
  let serverErrors = 0;
  for (const [index, outgoing] of batch.entries()) {
    const { outcome, failure } = await pushCustomer(outgoing, client);
    outcomes.push(outcome);
    serverErrors = outcome.errorClass === 'transient' ? serverErrors + 1 : 0;
    const isDown = serverErrors >= MAX_SERVER_ERRORS;
    if (failure === null && !isDown) continue;
    const rest = batch.slice(index + 1).map((left) => settle(left, 'untried'));
    const method = millenniumMethods.saveCustomer;
    return {
      outcomes: [...outcomes, ...rest],
      failure: failure ?? { class: 'transient', text: outcome.text ?? '', method },
    };
  }
  return { outcomes, failure: null };
}

async function pushCustomer(outgoing: OutgoingCustomer, client: MillenniumClient): Promise<Pushed> {
  const before = await findByCpf(outgoing.person.cpf, client);
  if (!before.ok) {
    if (before.failure.class === 'refused') return done(settle(outgoing, 'unknown', before.failure.text));
    if (before.failure.class === 'method') return done(settle(outgoing, 'rejected', before.failure.text));
    return { outcome: settle(outgoing, 'untried'), failure: before.failure };
  }
  if (before.value !== null) {
    const { ifThere } = outgoing.document;
    const difference = ifThere === 'keep' ? null : findCustomerDifference(outgoing, before.value);
    if (difference === null || ifThere === 'compare')
      return done(settle(outgoing, 'confirmed', difference, String(before.value.customerId)));
  }
  const reply = await client.call({
    method: millenniumMethods.saveCustomer,
    body: encodeCustomer(outgoing, before.value),
  });
  const failure = reply.ok ? findForeignAnswer(reply.value) : reply.failure;
  // A server without this method takes sales all the same: only what depends on the customer waits.
  if (failure?.class === 'method') return done(settle(outgoing, 'rejected', failure.text));
  if (failure !== null && failure.class !== 'refused' && failure.class !== 'transient') {
    return { outcome: settle(outgoing, 'untried'), failure };
  }
  // Whatever was answered: a proxy may have delivered it before, and a server may have taken it without an answer.
  const after = await findByCpf(outgoing.person.cpf, client);
  if (!after.ok) {
    const isLost = after.failure.class !== 'refused';
    return {
      outcome: { ...settle(outgoing, 'unknown', after.failure.text), errorClass: isLost ? 'transient' : 'refused' },
      failure: isLost ? after.failure : null,
    };
  }
  const difference = after.value === null ? 'not found' : findCustomerDifference(outgoing, after.value);
  const remoteRef = after.value === null ? null : String(after.value.customerId);
  if (difference === null) return done(settle(outgoing, 'confirmed', null, remoteRef));
  if (failure === null) {
    // As if it had never been sent: an ERP that went back in between, or a look-up behind its writes. It may pass.
    const isUntouched = before.value !== null && findCustomerDifference(outgoing, before.value) === difference;
    if (after.value !== null)
      return done(settle(outgoing, isUntouched ? 'unknown' : 'diverged', difference, remoteRef));
    return done({ ...settle(outgoing, 'unknown', 'taken, but not found'), errorClass: 'transient' });
  }
  if (failure.class === 'transient')
    return done({ ...settle(outgoing, 'unknown', failure.text), errorClass: 'transient' });
  return done(settle(outgoing, isPassingRefusal(failure.text) ? 'unknown' : 'rejected', failure.text, remoteRef));
}

/**
 * A list in which nobody is a customer is the answer of another call, which a proxy gave: it says nothing of whether the
 * customer was taken. Else what a read back shows unchanged would count as taken and ignored, and wait for a person.
 */
function findForeignAnswer(value: unknown): RemoteFailure | null {
  const rows = (value as { readonly value?: unknown } | null)?.value;
  if (!Array.isArray(rows)) return null;
  const isCustomer = rows.some((row) =>
    Object.keys((row ?? {}) as object).some((key) => key.toLowerCase() === 'cliente'),
  );
  const text = 'the answer is that of another call';
  return isCustomer ? null : { class: 'transient', text, method: millenniumMethods.saveCustomer };
}

function done(outcome: DocumentOutcome): Pushed {
  return { outcome, failure: null };
}

function settle(
  outgoing: OutgoingCustomer,
  result: DocumentOutcome['result'],
  text: string | null = null,
  remoteRef: string | null = null,
): DocumentOutcome {
  return {
    documentId: outgoing.document.documentId,
    result,
    text: text === null ? null : withoutPerson(text, outgoing),
    errorClass: text === null ? null : 'refused',
    remoteRef,
  };
}

/** Servers repeat what they refuse, and a document's error is kept where nothing can be erased. */
function withoutPerson(text: string, { person }: OutgoingCustomer): string {
  const { address } = person;
  const said = [
    person.cpf,
    formatCpf(person.cpf),
    person.name,
    person.email,
    person.phone,
    person.phone?.slice(2),
    address?.street,
    address?.complement,
    address?.postalCode,
    address?.postalCode.replace(/^(\d{5})(\d{3})$/, '$1-$2'),
  ].filter((value) => typeof value === 'string' && value.length >= 3);
  return said.reduce<string>((masked, value) => masked.replaceAll(toPattern(String(value)), '***'), text);
}

function toPattern(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`), 'giu');
}
