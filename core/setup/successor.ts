import type { Database } from '../../db/database-types.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import type { Connector } from '../connectors/connector.ts';
import type { StationNews } from '../connectors/station-reports.ts';

/** Notices that another machine took this station's place while this one was away. */
export type SuccessorWatch = {
  /** `connector`, whose heartbeats are watched. */
  readonly watch: (connector: Connector) => Connector;
  /** The station that told it took this one's place; null when none did, as far as the last heartbeat knew. */
  readonly find: () => StationNews | null;
};

/** Nothing is kept: the first heartbeat after a start tells it again. */
export function createSuccessorWatch(db: Database): SuccessorWatch {
  let successor: StationNews | null = null;
  return {
    watch: (connector) => ({
      ...connector,
      sendHeartbeat: async (heartbeat) => {
        const reply = await connector.sendHeartbeat(heartbeat);
        const own = findEnrolment(db.read)?.stationCode;
        if (reply.ok && own !== undefined) {
          successor = reply.value.stations.find((row) => row.replaces === own && row.stationCode !== own) ?? null;
        }
        return reply;
      },
    }),
    find: () => successor,
  };
}
