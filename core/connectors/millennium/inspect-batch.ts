import type { DocumentOutcome, OutgoingDocument, Remote } from '../connector.ts';
import type { OrderReader } from './order-reader.ts';
import { readBack } from './push-batch.ts';
import { settle, startTrack } from './push-track.ts';

/** Looks each document of a batch up and judges it as a push would; nothing is sent. */
export async function inspectBatch(
  batch: readonly OutgoingDocument[],
  orders: OrderReader,
): Promise<Remote<readonly DocumentOutcome[]>> {
  const tracks = batch.map((outgoing) => startTrack({ ...outgoing, triedBefore: true }));
  const failure = await readBack(tracks, orders);
  if (failure !== null) return { ok: false, failure };
  for (const track of tracks) {
    if (track.step === 'include') settle(track, 'waiting', 'the order is not at the server');
    else if (track.step === 'status') settle(track, 'sent', 'the order is there, and not in its state');
  }
  return { ok: true, value: tracks.flatMap(({ outcome }) => (outcome === null ? [] : [outcome])) };
}
