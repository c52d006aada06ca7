import type { Clock } from '../../clock.ts';
import type { OutgoingDocument, PushReport, RemoteFailure, RevisionRange } from '../connector.ts';
import { isDuplicateRefusal, isPassingRefusal, isUnknownCustomer } from './classify-reply.ts';
import type { MillenniumClient } from './client.ts';
import { encodeSale } from './encode-sale.ts';
import { millenniumMethods } from './millennium-methods.ts';
import type { OrderReader, OrderScope } from './order-reader.ts';
import { judge, settle, startTrack, type PushTrack } from './push-track.ts';
import { changeStates } from './change-states.ts';

/** Sales in a row that the server takes with an error of its own before it counts as down. */
const MAX_SERVER_ERRORS = 3;
/** States are asked for again this often within one push: a record in use is free again in a moment. */
const STATE_ROUNDS = 3;
/** Wait between those rounds. */
const STATE_PAUSE_MS = 300;

type PushParts = { readonly client: MillenniumClient; readonly orders: OrderReader; readonly clock: Clock };

/**
 * Delivers a batch. Each step may be repeated without harm; a push that was cut off anywhere is taken up by the next.
 *
 *   tried before --look up--> (nothing there) --+
 *   new sale --------------------------------> inclui --taken--> processastatus 3, one batch --> read back --> confirmed
 *                                                |  refused or unanswered: look up
 *                                                |    there: go on; not there: rejected, or unknown when unanswered
 *   cancellation ----------------------------------------------> processastatus 5, same batch --> read back --> confirmed
 *
 * Once a number is found to be another document's no further sale of the batch is included.
 * A call that got no answer is followed by a look-up: when that fails twice, the server is down and the push ends.
 */
export async function pushBatch(batch: readonly OutgoingDocument[], parts: PushParts): Promise<PushReport> {
  const tracks = batch.map((outgoing) => startTrack(outgoing));
  const failure =
    (await lookUp(tracks, parts)) ?? (await includeSales(tracks, parts)) ?? (await bringToState(tracks, parts));
  for (const track of tracks) {
    if (track.outcome !== null) continue;
    if (track.included) settle(track, 'sent', track.refusal);
    else if (!track.touched) settle(track, 'untried');
    else settle(track, 'unknown', failure?.text ?? track.refusal, failure === null ? 'refused' : 'transient');
  }
  const outcomes = tracks.flatMap(({ outcome }) => (outcome === null ? [] : [outcome]));
  const revisions = findRevisions(tracks);
  return { outcomes, failure, ...(revisions === null ? {} : { revisions }) };
}

/** Only of what this push surely changed: an order that was found as it should be may have been changed long ago. */
function findRevisions(tracks: readonly PushTrack[]): RevisionRange | null {
  const revisions = tracks.flatMap(({ changed, outcome, revision }) =>
    changed && outcome?.result === 'confirmed' && revision !== null ? [revision] : [],
  );
  return revisions.length === 0 ? null : { lowest: Math.min(...revisions), highest: Math.max(...revisions) };
}

async function lookUp(tracks: readonly PushTrack[], { orders }: PushParts): Promise<RemoteFailure | null> {
  return readBack(
    tracks.filter((track) => track.step === 'look-up'),
    orders,
  );
}

async function includeSales(tracks: readonly PushTrack[], parts: PushParts): Promise<RemoteFailure | null> {
  let serverErrors = 0;
  for (const track of tracks) {
    if (track.step !== 'include' || track.outgoing.document.kind !== 'sale') continue;
    // The number of one is another's: this disk may be an older one, and what follows completed on the newer.
    if (tracks.some(({ outcome }) => outcome?.result === 'collision')) return null;
    track.touched = true;
    const reply = await parts.client.call({
      method: millenniumMethods.includeSale,
      body: encodeSale(track.outgoing.document),
    });
    if (reply.ok) {
      track.included = true;
      // Never a 3 once the cancellation was tried: it could revive what the cancellation ends.
      if (track.outgoing.cancellationTried) settle(track, 'sent');
      else track.step = 'status';
      serverErrors = 0;
      continue;
    }
    const { failure } = reply;
    if (failure.class !== 'refused' && failure.class !== 'transient') return failure;
    // A proxy may have delivered it before, and a server may have taken it without an answer: only a look tells.
    const order = await parts.orders.findOrder(track.number, scopeOf(track));
    if (!order.ok) return order.failure;
    judge(track, order.value);
    if (track.step !== 'include') {
      track.included = order.value !== null;
      continue;
    }
    const mayPass = isPassingRefusal(failure.text) || isDuplicateRefusal(failure.text);
    if (isCustomerLost(track, failure)) settle(track, 'waiting', failure.text);
    else if (failure.class === 'refused' && !mayPass) settle(track, 'rejected', failure.text);
    else settle(track, 'unknown', failure.text, failure.class);
    serverErrors = failure.class === 'transient' ? serverErrors + 1 : 0;
    if (serverErrors >= MAX_SERVER_ERRORS) return failure;
  }
  return null;
}

/** The ERP was restored from a backup that is older than the sale's customer: who is told to it again first. */
function isCustomerLost({ outgoing: { document } }: PushTrack, { class: failureClass, text }: RemoteFailure): boolean {
  const hasCustomer = document.kind === 'sale' && document.customer !== null;
  return hasCustomer && failureClass === 'refused' && isUnknownCustomer(text);
}

async function bringToState(tracks: readonly PushTrack[], parts: PushParts): Promise<RemoteFailure | null> {
  for (let round = 1; round <= STATE_ROUNDS; round += 1) {
    const open = tracks.filter((track) => track.step === 'status');
    if (open.length === 0) return null;
    if (round > 1) await parts.clock.sleep(STATE_PAUSE_MS);
    const failure = await changeStates(open, parts.client);
    if (failure !== null && failure.class !== 'transient') return failure;
    // Without an answer the read back tells what was done, and whether the server is there at all.
    const readFailure = await readBack(
      open.filter((track) => track.step === 'status'),
      parts.orders,
    );
    if (readFailure !== null) return readFailure;
    for (const track of open) {
      // It was there a moment ago, or was just taken: asked again by key, and not sent again in this push.
      if (track.step === 'include') settle(track, 'unknown', 'taken, but not found', 'transient');
    }
    // Read back without it: what is still open waits for the back-off.
    if (failure !== null && open.some((track) => track.step === 'status')) return failure;
    for (const track of open) {
      const isLast = round === STATE_ROUNDS || (track.refusal !== null && !isPassingRefusal(track.refusal));
      if (track.step !== 'status' || !isLast) continue;
      // Not rejected yet: no list of passing texts is published, so the replicator counts the tries.
      const text = track.refusal ?? 'the state did not change';
      settle(track, track.outgoing.document.kind === 'sale' ? 'sent' : 'unknown', text);
    }
  }
  return null;
}

/** Looks at the ERP for each track and judges what is there. */
export async function readBack(tracks: readonly PushTrack[], orders: OrderReader): Promise<RemoteFailure | null> {
  const groups = Map.groupBy(tracks, (track) => JSON.stringify(scopeOf(track)));
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const found = await orders.readOrders(
      group.map((track) => track.number),
      scopeOf(first),
    );
    if (!found.ok) return found.failure;
    for (const track of group) judge(track, found.value.get(track.number) ?? null);
  }
  return null;
}

function scopeOf({ outgoing: { document } }: PushTrack): OrderScope {
  return { showcaseId: document.showcaseId, branchCode: document.branchCode };
}
