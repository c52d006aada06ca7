import type { SendOutcomeView } from '../../contract/station-views.ts';

/** By hand: sales first; then what happened to the drawer, if the server is there for it. */
export function createSendNow({
  push,
  cash,
  countWaiting,
}: {
  readonly push: { readonly sendNow: () => Promise<SendOutcomeView> };
  readonly cash: { readonly sendNow: () => Promise<{ readonly sent: number; readonly confirmed: number }> };
  readonly countWaiting: () => number;
}): () => Promise<SendOutcomeView> {
  return async () => {
    const outcome = await push.sendNow();
    if (outcome.reason !== null && outcome.reason !== 'nothing_waiting') return outcome;
    const { sent, confirmed } = await cash.sendNow();
    if (sent === 0) return outcome;
    return {
      ran: true,
      reason: null,
      sent: outcome.sent + confirmed,
      confirmed: outcome.confirmed + confirmed,
      left: countWaiting(),
    };
  };
}
