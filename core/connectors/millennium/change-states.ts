import type { RemoteFailure } from '../connector.ts';
import type { MillenniumClient } from './client.ts';
import { decodeObject } from './decode-list.ts';
import { MillenniumActions, type MillenniumAction } from './decode-order.ts';
import { encodeDelivery } from './encode-sale.ts';
import { millenniumMethods, orderStatus } from './millennium-methods.ts';
import { settle, type PushTrack } from './push-track.ts';

/** `acao` of one record: the order is not known there. */
const UNKNOWN_ORDER = 1;
/** `acao` of one record: its state is another now. */
const CHANGED = 2;
/** `acao` of one record: refused, with a text. */
const REFUSED = 100;
/** Longest reason the ERP keeps with a cancellation. */
const MAX_REASON = 255;

/**
 * Asks for the intended state of each track, in one call for each shop window. What a record was refused for is noted on
 * its track; what really became of it is read back by the caller. Answers are matched by key: one may be missing.
 */
export async function changeStates(
  tracks: readonly PushTrack[],
  client: MillenniumClient,
): Promise<RemoteFailure | null> {
  for (const [showcaseId, group] of Map.groupBy(tracks, (track) => track.outgoing.document.showcaseId)) {
    const failure = await changeGroup(showcaseId, group, client);
    if (failure !== null) return failure;
  }
  return null;
}

async function changeGroup(
  showcaseId: number,
  tracks: readonly PushTrack[],
  client: MillenniumClient,
): Promise<RemoteFailure | null> {
  for (const track of tracks) track.touched = true;
  const method = millenniumMethods.changeStatus;
  const reply = await client.call({
    method,
    body: { vitrine: showcaseId, somente_inclui_pedido: false, status_pedidos: tracks.map(encodeState) },
  });
  if (!reply.ok) {
    if (reply.failure.class !== 'refused') return reply.failure;
    return refuseCall(showcaseId, tracks, client, reply.failure);
  }
  const actions = decodeObject(reply.value, MillenniumActions, method);
  if (!actions.ok) return actions.failure;
  for (const action of actions.value.acoes) {
    const track = tracks.find(({ number }) => number === action.number);
    if (track !== undefined) noteAction(track, action);
  }
  return null;
}

/** One record may have spoilt the whole call: each is asked for alone, so that the others go on. */
async function refuseCall(
  showcaseId: number,
  tracks: readonly PushTrack[],
  client: MillenniumClient,
  failure: RemoteFailure,
): Promise<RemoteFailure | null> {
  const [only, ...others] = tracks;
  if (only !== undefined && others.length === 0) {
    only.refusal = failure.text;
    return null;
  }
  for (const track of tracks) {
    const single = await changeGroup(showcaseId, [track], client);
    if (single !== null) return single;
  }
  return null;
}

function noteAction(track: PushTrack, { action, text }: MillenniumAction): void {
  if (action === CHANGED) track.changed = true;
  track.refusal = action === REFUSED ? text || 'refused without a text' : null;
  if (action === UNKNOWN_ORDER && track.outgoing.document.kind === 'cancellation') {
    settle(track, 'waiting', 'the sale is not at the server');
  }
}

function encodeState({ outgoing: { document } }: PushTrack): unknown {
  if (document.kind === 'sale') return encodeDelivery(document, orderStatus.delivered);
  return {
    cod_pedidov: document.number,
    status: orderStatus.cancelled,
    obs_canc: document.reason.slice(0, MAX_REASON),
  };
}
