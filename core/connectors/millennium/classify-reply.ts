import { z } from 'zod';
import type { Remote, RemoteFailure } from '../connector.ts';
import type { HttpReply } from '../http.ts';
import { parseJson } from './parse-json.ts';

/** How much of a server's text is kept: enough for a person, and a page of HTML is not. */
const MAX_TEXT = 500;

const ErrorBody = z.object({
  error: z.object({ message: z.union([z.object({ value: z.string() }), z.string()]) }),
});

/**
 * What a reply means, by the wire contract (sections 2 and 7): the body is read before the status is looked at,
 * because this ERP tells its cases apart by text.
 *
 * Shape: the parsed body of a success, or the class of the failure with the server's words. `isOtherLogin401` asks the
 * client to log in again and repeat once.
 */
export function classifyReply(
  reply: HttpReply,
  method: string,
): { readonly remote: Remote<unknown>; readonly isUnexplained401: boolean } {
  if (!reply.answered) return failed({ class: 'transient', text: reply.text, method });
  const { status } = reply;
  const parsed = parseJson(reply.body);
  const error = parsed.ok ? ErrorBody.safeParse(parsed.value) : null;
  const said = error?.success === true ? messageText(error.data) : null;
  // What a proxy or a portal says is kept only for people; it decides nothing but licence and login.
  const text = clip(said ?? (parsed.ok ? reply.body : `HTTP ${status} that cannot be read: ${plainText(reply.body)}`));
  const words = withoutAccents(said ?? reply.body);

  if (status === 401 || (status === 403 && words.includes('sess'))) {
    if (words.includes('senha invalida')) return failed({ class: 'password', text, method });
    if (/ultrapassado o maximo|maximo de sess|ja esta conectado/.test(words)) {
      return failed({ class: 'busy', text, method, isSessionTaken: true });
    }
    return { ...failed({ class: 'transient', text, method }), isUnexplained401: true };
  }
  if ((status === 429 || status === 500 || status === 503) && words.includes('licen')) {
    return failed({ class: 'busy', text, method });
  }
  // A page of HTML may be a proxy's: it does not stop the connector, but a register may be done without.
  if (status === 404) {
    const isOwn = parsed.ok || reply.body.trim() === '';
    return failed({ class: isOwn ? 'method' : 'transient', text, method, isNotFound: true });
  }
  if (status >= 400 && status < 500 && status !== 408 && status !== 429 && said !== null) {
    return failed({ class: 'refused', text, method });
  }
  // Some servers put an error into a success.
  if (status < 300 && said !== null) return failed({ class: 'refused', text, method });
  if ((status === 200 || status === 201) && parsed.ok) {
    return { remote: { ok: true, value: parsed.value }, isUnexplained401: false };
  }
  return failed({ class: 'transient', text: said === null ? text : `HTTP ${status}: ${text}`, method });
}

/**
 * Whether a refusal of one record says that another time may do: somebody has the record open.
 * Assumed: no list of such texts is published, so the number of tries stays bounded.
 */
export function isPassingRefusal(text: string): boolean {
  return /em uso|deadlock|tente novamente|try again/.test(withoutAccents(text));
}

/** Whether a sale was refused because the ERP does not know its customer. Assumed, as above. */
export function isUnknownCustomer(text: string): boolean {
  return /cliente.{0,20}(nao cadastrad|nao encontrad|inexistente)/.test(withoutAccents(text));
}

/**
 * Whether a refusal says that the record is there already. When a look-up shows none all the same, it is not visible yet
 * (committed late), and nothing is decided.
 */
export function isDuplicateRefusal(text: string): boolean {
  return /ja (foi )?cadastrad|ja exist|ja inclu|duplicad|duplicate|unique/.test(withoutAccents(text));
}

function failed(failure: RemoteFailure): { readonly remote: Remote<never>; readonly isUnexplained401: false } {
  return { remote: { ok: false, failure }, isUnexplained401: false };
}

function messageText({ error }: z.infer<typeof ErrorBody>): string {
  return typeof error.message === 'string' ? error.message : error.message.value;
}

function plainText(html: string): string {
  return html.slice(0, 4 * MAX_TEXT).replaceAll(/<[^>]*>/g, ' ');
}

function clip(text: string): string {
  // A page of products is a megabyte, and comes through here too.
  return text
    .slice(0, 4 * MAX_TEXT)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, MAX_TEXT);
}

function withoutAccents(text: string): string {
  return text
    .slice(0, 4 * MAX_TEXT)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase();
}
