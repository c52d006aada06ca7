import { refuse, ok, type Result } from '../../contract/result.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import type { BranchRow, Connector, GroupRow, Remote, StationRow } from '../connectors/connector.ts';
import { chooseDefaultCustomer } from './default-customer-rules.ts';
import { isVersionEnough, missingBranchFields, missingStationFields } from './enrolment-rules.ts';
import { failureToRefusal, type ServerRefusal } from './failure-to-refusal.ts';
import { decodePolicies } from './policies-rules.ts';

/** What enrolment learns from the ERP: everything the first document of this station will need. */
export type ServerFacts = {
  readonly station: StationRow;
  readonly branch: BranchRow;
  readonly group: GroupRow;
  readonly defaultCustomerId: number;
  /** The highest sale number the ERP holds under this station's code; 0 when it holds none. */
  readonly lastNumber: number;
};

export type EnrolmentRefusal = ServerRefusal | RefusalOf<'station_unknown' | 'station_claimed' | 'register_incomplete'>;

type Wanted = {
  readonly connector: Connector;
  readonly server: string;
  readonly user: string;
  readonly stationCode: string;
  readonly customerCode: string | null;
  readonly installationId: string;
  readonly version: string;
};

/**
 * Asks the server, step by step, whether this station can be enrolled; nothing is written here.
 *
 *   reached and logged in -> version -> station -> branch -> group and policies -> default customer -> not claimed
 */
export async function checkServer(wanted: Wanted): Promise<Result<ServerFacts, EnrolmentRefusal>> {
  const { connector, server, stationCode } = wanted;
  const version = await ask(wanted, connector.readServerVersion());
  if (!version.ok) return version;
  if (!isVersionEnough(wanted.version, version.value.minimumStation)) {
    const reason = `exige a versão ${version.value.minimumStation} da estação; esta é a ${wanted.version}`;
    return refuse({ code: 'server_wrong', server, reason });
  }

  const read = await connector.readStations(stationCode);
  if (!read.ok && read.failure.field !== undefined) return incomplete(`estação ${stationCode}`, [read.failure.field]);
  const stations = await ask(wanted, Promise.resolve(read));
  if (!stations.ok) return stations;
  const station = stations.value.find((row) => row.stationCode === stationCode);
  if (station === undefined) {
    const known = stations.value.filter((row) => row.isActive).map((row) => row.stationCode);
    return refuse({ code: 'station_unknown', stationCode, known: known.toSorted() });
  }
  const missing = missingStationFields(station);
  if (missing.length > 0) return incomplete(`estação ${stationCode}`, missing);

  const branch = await findCompleteBranch(wanted, station.branchId);
  if (!branch.ok) return branch;
  const group = await findUsableGroup(wanted, station.groupId);
  if (!group.ok) return group;
  const customers = await ask(wanted, connector.findDefaultCustomer(wanted.customerCode ?? undefined));
  if (!customers.ok) return customers;
  const customer = chooseDefaultCustomer(customers.value ?? [], wanted.customerCode);
  if (!customer.ok) return customer;
  const head = await claim(wanted);
  if (!head.ok) return head;

  return ok({
    station,
    branch: branch.value,
    group: group.value,
    defaultCustomerId: customer.value.customerId,
    lastNumber: head.value,
  });
}

async function findCompleteBranch(wanted: Wanted, branchId: number): Promise<Result<BranchRow, EnrolmentRefusal>> {
  const branches = await ask(wanted, wanted.connector.readBranches());
  if (!branches.ok) return branches;
  const branch = branches.value.find((row) => row.branchId === branchId);
  if (branch === undefined) return incomplete('filiais', [`filial ${branchId} da estação ${wanted.stationCode}`]);
  const missing = missingBranchFields(branch);
  return missing.length > 0 ? incomplete(`filial ${branch.branchCode || branchId}`, missing) : ok(branch);
}

async function findUsableGroup(wanted: Wanted, groupId: number): Promise<Result<GroupRow, EnrolmentRefusal>> {
  const groups = await ask(wanted, wanted.connector.readGroups());
  if (!groups.ok) return groups;
  const group = groups.value.find((row) => row.groupId === groupId);
  if (group === undefined)
    return incomplete('grupos de estações', [`grupo ${groupId} da estação ${wanted.stationCode}`]);
  const { wrongFields } = decodePolicies(group.policies);
  return wrongFields.length > 0 ? incomplete(`políticas do grupo ${group.code}`, wrongFields) : ok(group);
}

/** Takes the station for this installation at the ERP, which remembers who took it first. */
async function claim(wanted: Wanted): Promise<Result<number, EnrolmentRefusal>> {
  const reply = await wanted.connector.sendHeartbeat({
    stationCode: wanted.stationCode,
    installationId: wanted.installationId,
    version: wanted.version,
    lastNumber: 0,
    auditHead: '',
    waiting: 0,
    waitingCents: 0,
    oldestWaitingAt: null,
    errors: 0,
  });
  if (reply.ok) {
    const installation = reply.value.installationId;
    return installation === '' || installation === wanted.installationId
      ? ok(reply.value.lastNumber)
      : refuse({ code: 'station_claimed', stationCode: wanted.stationCode, installation });
  }
  // A server without this method cannot tell a clone; the collision of a number still does, at the first sale.
  if (reply.failure.class === 'method') return ok(0);
  return refuse(await failureToRefusal(reply.failure, wanted.server, wanted.user));
}

async function ask<Value>(wanted: Wanted, call: Promise<Remote<Value>>): Promise<Result<Value, ServerRefusal>> {
  const reply = await call;
  return reply.ok ? ok(reply.value) : refuse(await failureToRefusal(reply.failure, wanted.server, wanted.user));
}

function incomplete(
  register: string,
  fields: readonly string[],
): { readonly ok: false; readonly error: RefusalOf<'register_incomplete'> } {
  return refuse({ code: 'register_incomplete', register, fields: [...fields] });
}
