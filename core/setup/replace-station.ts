import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { ReplacedStationView } from '../../contract/setup-views.ts';
import type { MethodParsed, MethodRefusal } from '../../contract/station-api.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Connector } from '../connectors/connector.ts';
import type { OperatorRow } from '../connectors/register-rows.ts';
import type { StationNews } from '../connectors/station-reports.ts';
import type { CheckPin } from '../operator/check-pin.ts';
import type { ServerFacts } from './check-server.ts';
import { enrolStation, type EnrolmentPorts } from './enrol-station.ts';
import { failureToRefusal } from './failure-to-refusal.ts';

/** A station that lives tells it every minute; one that missed five is not on, or has no network. */
const DEAD_AFTER_MS = 5 * 60_000;

type Input = MethodParsed<'setup.replace'>;
type Refused = MethodRefusal<'setup.replace'>;

/**
 * Enrols this machine in the place of a dead one.
 *
 *   support's login, manager's PIN -> a plain enrolment with a code nobody used -> the old one is known, silent and not
 *   replaced yet -> everything in one transaction
 *
 * The old code's numbers are never continued here: the old disk, should it come back, still delivers under them. The
 * ERP has no method that retires a station: that this one took its place is told with each heartbeat.
 */
export async function replaceStation(
  ports: EnrolmentPorts & { readonly checkPin: CheckPin },
  input: Input,
): Promise<Result<ReplacedStationView, Refused>> {
  const { stationCode, replaces, supportUser } = input;
  if (stationCode === replaces) return refuse({ code: 'code_not_new', stationCode, lastNumber: 0 });
  if (isSame(supportUser, input.user)) return refuse({ code: 'support_login_needed', user: supportUser });
  const enrolled = await enrolStation<Refused>(ports, input, {
    demo: null,
    replaces,
    authorise: async (connector, server) => {
      const support = await checkSupport(ports, input, server);
      return support.ok ? checkManager(ports.checkPin, connector, input, server) : support;
    },
    check: (facts) => checkReplaced(facts, input, ports.clock.nowMs()),
    write: (tx, facts) =>
      void appendAudit(tx, {
        atMs: ports.clock.nowMs(),
        operatorCode: null,
        approvedBy: input.operatorCode,
        action: 'station_replaced',
        subjectId: replaces,
        detail: { by: stationCode, supportUser, reason: input.reason, reported: toView(newsOf(facts, replaces)) },
      }),
  });
  return enrolled.ok ? ok(toView(newsOf(enrolled.value, replaces))) : enrolled;
}

/** A login of its own that the ERP knows. It does not tell what a login may do: a station's is refused by what stations told. */
async function checkSupport(
  { connect }: EnrolmentPorts,
  { supportUser, supportPassword }: Input,
  server: string,
): Promise<Result<null, Refused>> {
  const connector = connect({ serverUrl: server, serverUser: supportUser }, supportPassword);
  try {
    const answer = await connector.readServerVersion();
    return answer.ok ? ok(null) : refuse(await failureToRefusal(answer.failure, server, supportUser));
  } finally {
    await connector.close();
  }
}

/** The register of operators is the ERP's of this moment: nothing is kept here yet. */
async function checkManager(
  checkPin: CheckPin,
  connector: Connector,
  { user, operatorCode, pin }: Input,
  server: string,
): Promise<Result<null, Refused>> {
  const operators = await connector.readOperators();
  if (!operators.ok) return refuse(await failureToRefusal(operators.failure, server, user));
  const find = (code: string): OperatorRow | null =>
    operators.value.find((row) => row.isActive && row.operatorCode === code) ?? null;
  const checked = await checkPin(operatorCode, pin, find);
  if (!checked.ok) return checked;
  return checked.value.profile === 'cashier'
    ? refuse({ code: 'permission_required', permission: 'replace_station', profile: 'manager' })
    : ok(null);
}

function checkReplaced(
  facts: ServerFacts,
  { stationCode, replaces, supportUser }: Input,
  nowMs: number,
): Result<
  null,
  RefusalOf<'code_not_new' | 'station_never_used' | 'station_alive' | 'station_replaced' | 'support_login_needed'>
> {
  const { lastNumber, news, serverAt } = facts;
  if (news.some((row) => isSame(row.user, supportUser)))
    return refuse({ code: 'support_login_needed', user: supportUser });
  if (lastNumber > 0) return refuse({ code: 'code_not_new', stationCode, lastNumber });
  const old = news.find((row) => row.stationCode === replaces);
  if (old === undefined) return refuse({ code: 'station_never_used', stationCode: replaces });
  const successor = news.find((row) => row.replaces === replaces && row.stationCode !== stationCode);
  if (successor !== undefined)
    return refuse({ code: 'station_replaced', stationCode: replaces, by: successor.stationCode });
  // Both times are the server's own where it tells them: this machine's clock may be wrong.
  const silentMs = (serverAt === null ? nowMs : Date.parse(serverAt)) - Date.parse(old.at ?? '1970-01-01');
  if (silentMs >= DEAD_AFTER_MS) return ok(null);
  return refuse({ code: 'station_alive', stationCode: replaces, machine: old.machine, lastContactAt: old.at });
}

function newsOf({ news }: ServerFacts, stationCode: string): StationNews {
  const found = news.find((row) => row.stationCode === stationCode);
  if (found === undefined) throw new Error(`the ERP told nothing of station ${stationCode}`);
  return found;
}

function toView(news: StationNews): ReplacedStationView {
  const { stationCode, machine, at, lastNumber, waiting, waitingCents, oldestWaitingAt, errors } = news;
  return { stationCode, machine, lastContactAt: at, lastNumber, waiting, waitingCents, oldestWaitingAt, errors };
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
