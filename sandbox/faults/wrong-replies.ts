import type { WireReply } from '../dialects/encode-reply.ts';
import type { FaultInjector, FaultTarget } from './fault-injector.ts';

/** What a proxy gives when it has nothing of another caller to mix up. */
const SOMEBODY_ELSES: WireReply = {
  status: 200,
  type: 'application/json; charset=utf-8',
  text: JSON.stringify({
    'odata.metadata': '/api/$metadata#millenium_eco.vitrine.lista',
    'odata.count': 1,
    value: [{ vitrine: 7, descricao: 'Outra loja', trans_id: 900_000 }],
  }),
};

/** Mixes replies up: a call gets the reply of the last call to another method. */
export type WrongReplies = { confuse(target: FaultTarget, url: URL, answer: WireReply): WireReply };

export function createWrongReplies(faults: FaultInjector): WrongReplies {
  let last: { readonly method: string; readonly answer: WireReply } | undefined;
  let other = SOMEBODY_ELSES;

  return {
    confuse(target, url, answer) {
      if (last !== undefined && last.method !== url.pathname) other = last.answer;
      last = { method: url.pathname, answer };
      return faults.strike('wrongReply', target) === undefined ? answer : other;
    },
  };
}
