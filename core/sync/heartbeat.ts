import type { SyncView } from '../../contract/station-views.ts';
import type { Connector, RemoteFailure } from '../connectors/connector.ts';
import type { HeartbeatReply } from '../connectors/station-reports.ts';

/**
 * Refused questions for the head before a batch goes all the same. Without an answer there is no bound: either the whole
 * server is away, or others answer and the breaker of the heartbeat opens.
 */
const MAX_HEAD_TRIES = 3;

/** What the heartbeat tells of this station beyond its queue. */
export type StationHeads = { readonly lastNumber: number; readonly auditHead: string };

/** Tells the ERP how this station is, and learns how far the ERP knows it. */
export type Heartbeat = {
  readonly beat: () => Promise<void>;
  /**
   * Before the first batch of a run the ERP is asked how far it knows this station: a restored or copied disk must be
   * known before anything of it is sent. A server that answers everything but this does not hold the sales up.
   */
  readonly mayPush: () => Promise<boolean>;
  /** The head is not known yet and asking may help: worth asking as soon as the ERP answered something else. */
  readonly isWanted: () => boolean;
  /** The heads were compared in this run, or the server has none to compare. */
  readonly isHeadKnown: () => boolean;
  /** The server takes heartbeats, as far as is known. */
  readonly isOffered: () => boolean;
};

export function createHeartbeat({
  connector,
  note,
  identity,
  readHeads,
  readView,
  sumWaitingCents,
  onServerHead,
}: {
  readonly connector: Connector;
  readonly note: {
    readonly answer: () => void;
    readonly failure: (failure: RemoteFailure) => void;
    /** It keeps failing while others answer: it is not waited for. */
    readonly isBroken: () => boolean;
  };
  readonly identity: { readonly stationCode: string; readonly installationId: string; readonly version: string };
  readonly readHeads: () => StationHeads;
  readonly readView: () => SyncView;
  /** For the ERP alone: at the till the sum of an offline day would tell what lies in the drawer. */
  readonly sumWaitingCents: () => number;
  readonly onServerHead: (head: HeartbeatReply) => void;
}): Heartbeat {
  let isOffered = true;
  let isHeadKnown = false;
  let tries = 0;

  async function beat(): Promise<void> {
    const { waiting, oldestWaitingAt, errors } = readView();
    const queue = { waiting, waitingCents: sumWaitingCents(), oldestWaitingAt, errors };
    const reply = await connector.sendHeartbeat({ ...identity, ...readHeads(), ...queue });
    if (reply.ok) {
      note.answer();
      isOffered = true;
      isHeadKnown = true;
      onServerHead(reply.value);
    } else if (reply.failure.class === 'method') {
      // A server without this method can be sold to all the same: monitoring goes, replication stays. Its breaker asks
      // again within the hour: the server may have been in the middle of an update.
      isOffered = false;
      note.failure(reply.failure);
    } else {
      if (reply.failure.class !== 'transient') tries += 1;
      note.failure(reply.failure);
    }
  }

  const isWanted = (): boolean => isOffered && !isHeadKnown && tries < MAX_HEAD_TRIES && !note.isBroken();

  return {
    beat,
    isWanted,
    isHeadKnown: () => isHeadKnown || !isOffered,
    isOffered: () => isOffered,
    mayPush: async () => {
      if (!isWanted()) return true;
      await beat();
      return isHeadKnown || !isOffered;
    },
  };
}
