import type { Connector } from '../connectors/connector.ts';
import { isVersionEnough } from '../setup/enrolment-rules.ts';
import type { Link } from './link.ts';
import type { Reachability } from './reachability.ts';

/**
 * Asks the server which station it still understands. Below that nothing is replicated, because what an old station
 * sends may be misread there; selling goes on. A server that is older, or says nothing of it, is talked to.
 */
export type VersionGate = {
  readonly ask: () => Promise<void>;
  /** The server did not say it yet, and may: worth asking as soon as it answered something else. */
  readonly isWanted: () => boolean;
};

export function createVersionGate({
  connector,
  reach,
  link,
  version,
}: {
  readonly connector: Connector;
  readonly reach: Reachability;
  readonly link: Link;
  /** Of this program. */
  readonly version: string;
}): VersionGate {
  let isSettled = false;

  return {
    isWanted: () => !isSettled && reach.isOnline(),
    ask: async () => {
      const reply = await connector.readServerVersion();
      if (!reply.ok) {
        isSettled = reply.failure.class === 'method' || reply.failure.class === 'refused';
        return link.noteFailure('version', reply.failure);
      }
      isSettled = true;
      link.noteAnswer('version');
      const { minimumStation } = reply.value;
      if (isVersionEnough(version, minimumStation)) return;
      reach.stop('version_too_old', `o servidor exige a versão ${minimumStation}; esta é a ${version}`);
    },
  };
}
