import { ok, refuse, type Result } from '../../contract/result.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import type { Connector } from '../connectors/connector.ts';
import type { StationRow } from '../connectors/register-rows.ts';
import type { Heartbeat, StationNews } from '../connectors/station-reports.ts';
import { failureToRefusal, type ServerRefusal } from './failure-to-refusal.ts';

/** What taking a station showed. */
export type Claimed = {
  /** The highest sale number the ERP holds under this station's code; 0 when it holds none. */
  readonly lastNumber: number;
  /** What the stations of the company told last. */
  readonly news: readonly StationNews[];
  /** Its clock; null where it does not say. */
  readonly serverAt: string | null;
};

export type ClaimRefusal = ServerRefusal | RefusalOf<'station_claimed' | 'user_taken'>;

const NOTHING_YET = {
  lastNumber: 0,
  auditHead: '',
  waiting: 0,
  waitingCents: 0,
  oldestWaitingAt: null,
  errors: 0,
} as const;

/**
 * Takes a station for this installation at the ERP, which remembers who took it first, and looks whether its login is
 * another station's.
 *
 * What can be known: a second installation (the ERP tells which one took the code), and a login that an active station
 * used at its last contact. A login that a person or another program uses shows only while it is connected, as
 * `user_connected`. Refused for its login the code stays taken for this installation, which may try again.
 */
export async function claimStation(
  wanted: {
    readonly connector: Connector;
    readonly server: string;
    readonly input: { readonly user: string; readonly stationCode: string };
    readonly replaces: string | null;
    readonly installationId: string;
    readonly version: string;
    /** What this station has already; nothing at enrolment. */
    readonly report?: Omit<Heartbeat, 'stationCode' | 'installationId' | 'version'>;
  },
  stations: readonly StationRow[],
): Promise<Result<Claimed, ClaimRefusal>> {
  const { user, stationCode } = wanted.input;
  const reply = await wanted.connector.sendHeartbeat({
    stationCode,
    installationId: wanted.installationId,
    version: wanted.version,
    ...(wanted.report ?? NOTHING_YET),
    isClaim: true,
  });
  if (!reply.ok) {
    // A server without this method cannot tell a clone; the collision of a number still does, at the first sale.
    if (reply.failure.class === 'method') return ok({ lastNumber: 0, news: [], serverAt: null });
    return refuse(await failureToRefusal(reply.failure, wanted.server, user));
  }
  const { installationId, lastNumber, serverAt, stations: news } = reply.value;
  if (installationId !== '' && installationId !== wanted.installationId) {
    const owner = news.find((row) => row.stationCode === stationCode);
    const { machine = '', at: lastContactAt = null } = owner ?? {};
    return refuse({ code: 'station_claimed', stationCode, installation: installationId, machine, lastContactAt });
  }
  const retired = new Set([stationCode, wanted.replaces, ...news.map((row) => row.replaces)]);
  const isInUse = (row: StationNews): boolean =>
    !retired.has(row.stationCode) && stations.some((own) => own.stationCode === row.stationCode && own.isActive);
  const other = news.find((row) => row.user.toLowerCase() === user.toLowerCase() && isInUse(row));
  if (other === undefined) return ok({ lastNumber: lastNumber ?? 0, news, serverAt });
  const { machine, at: lastContactAt } = other;
  return refuse({ code: 'user_taken', user, stationCode: other.stationCode, machine, lastContactAt });
}
