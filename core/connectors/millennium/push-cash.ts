import { z } from 'zod';
import type { CashDocument } from '../cash-document.ts';
import type { DocumentOutcome, PushReport, RemoteFailure } from '../connector.ts';
import { isPassingRefusal } from './classify-reply.ts';
import type { MillenniumClient } from './client.ts';
import { decodeObject, lowerKeys } from './decode-list.ts';
import { encodeCash } from './encode-cash.ts';
import { erpInteger, erpKey, erpText } from './field-codecs.ts';
import { maskPersonal } from './mask-text.ts';
import { millenniumMethods } from './millennium-methods.ts';

/** `acao` of one record that is there now: nothing to do, included, changed. */
const TAKEN: ReadonlySet<number> = new Set([0, 1, 2]);

const Action = z
  .object({ id: erpKey, acao: erpInteger, erro: erpText })
  .transform((row) => ({ id: row.id.toLowerCase(), action: row.acao, text: maskPersonal(row.erro) }));
const Reply = z.object({ acoes: z.array(z.preprocess(lowerKeys, Action)) });

/**
 * Tells the ERP what happened to the drawer (assumed). A record is kept there once, by its id, and the same again is
 * "nothing to do": that answer is the read-back, and an unknown outcome is simply told again.
 *
 *   batch --acoes by id--> 0, 1, 2: confirmed | 100: rejected | not in the answer: unknown
 *         --refused whole--> each alone: one record must not hold the others up
 *         --no answer, method not there--> the failure decides, nothing is rejected for it
 */
export async function pushCash(batch: readonly CashDocument[], client: MillenniumClient): Promise<PushReport> {
  const method = millenniumMethods.cash;
  const reply = await client.call({ method, body: { registros: batch.map(encodeCash) } });
  if (!reply.ok) return failed(batch, reply.failure, client);
  const answer = decodeObject(reply.value, Reply, method);
  if (!answer.ok) return failed(batch, answer.failure, client);
  const byId = new Map(answer.value.acoes.map((action) => [action.id, action]));
  const outcomes = batch.map((document) => {
    const action = byId.get(document.documentId.toLowerCase());
    if (action === undefined) return settle(document, 'unknown', null, 'transient');
    if (TAKEN.has(action.action)) return settle(document, 'confirmed');
    return refused(document, action.text || 'refused without a text');
  });
  return { outcomes, failure: null };
}

async function failed(
  batch: readonly CashDocument[],
  failure: RemoteFailure,
  client: MillenniumClient,
): Promise<PushReport> {
  const [only] = batch;
  if (failure.class === 'refused' && batch.length > 1) {
    const outcomes: DocumentOutcome[] = [];
    for (const document of batch) {
      const single = await pushCash([document], client);
      outcomes.push(...single.outcomes);
      if (single.failure !== null && single.failure.class !== 'refused') return { outcomes, failure: single.failure };
    }
    return { outcomes, failure: null };
  }
  if (failure.class === 'refused' && only !== undefined)
    return { outcomes: [refused(only, failure.text)], failure: null };
  // Without an answer it may have arrived; any other failure says that nothing of it did.
  const result = failure.class === 'transient' ? 'unknown' : 'untried';
  const text = result === 'unknown' ? failure.text : null;
  return { outcomes: batch.map((document) => settle(document, result, text, 'transient')), failure };
}

function refused(document: CashDocument, text: string): DocumentOutcome {
  return settle(document, isPassingRefusal(text) ? 'unknown' : 'rejected', text, 'refused');
}

function settle(
  { documentId }: CashDocument,
  result: DocumentOutcome['result'],
  text: string | null = null,
  errorClass: DocumentOutcome['errorClass'] = null,
): DocumentOutcome {
  return { documentId, result, text, errorClass: text === null ? null : errorClass, remoteRef: null };
}
