import type { EnrolmentInput } from '../../contract/enrolment-input.ts';
import { refuse, ok, type Result } from '../../contract/result.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import type { Connector, Remote, RemoteFailure } from '../connectors/connector.ts';
import type { BranchRow, GroupRow, PaymentTypeRow, StationRow } from '../connectors/register-rows.ts';
import { claimStation, type ClaimRefusal, type Claimed } from './claim-station.ts';
import { chooseDefaultCustomer } from './default-customer-rules.ts';
import { chooseSalesperson, isVersionEnough, missingBranchFields, missingStationFields } from './enrolment-rules.ts';
import { failureToRefusal, type ServerRefusal } from './failure-to-refusal.ts';
import { decodePolicies } from './policies-rules.ts';

/** What enrolment learns from the ERP: everything the first document of this station will need. */
export type ServerFacts = Claimed & {
  readonly station: StationRow;
  readonly branch: BranchRow;
  readonly group: GroupRow;
  readonly defaultCustomerId: number;
  /** The ERP's own spelling of the code that was typed. */
  readonly salespersonCode: string | null;
  readonly paymentTypes: readonly PaymentTypeRow[];
};

export type EnrolmentRefusal =
  | ClaimRefusal
  | RefusalOf<'station_unknown' | 'register_incomplete' | 'salesperson_unknown' | 'payment_type_unknown'>;

/** What is asked of the server, through which login. */
export type Wanted = {
  readonly connector: Connector;
  readonly server: string;
  readonly input: Omit<EnrolmentInput, 'server' | 'password'>;
  /** The dead station whose place this one takes. */
  readonly replaces: string | null;
  readonly installationId: string;
  readonly version: string;
};

/**
 * Asks the server, step by step, whether this station can be enrolled; nothing is written here.
 *
 *   reached and logged in -> version -> station -> branch -> group and policies -> default customer -> salesperson
 *   -> payment types -> taken for this installation, with a login that is no other station's
 */
export async function checkServer(wanted: Wanted): Promise<Result<ServerFacts, EnrolmentRefusal>> {
  const { connector, input } = wanted;
  const version = await askVersion(wanted);
  if (!version.ok) return version;

  const stations = await findStations(wanted, input.stationCode);
  if (!stations.ok) return stations;
  const { station } = stations.value;
  const { saleEvent, returnEvent } = input;
  const missing = missingStationFields({
    ...station,
    saleEvent: saleEvent ?? station.saleEvent,
    returnEvent: returnEvent ?? station.returnEvent,
  });
  if (missing.length > 0) return incomplete(`estação ${input.stationCode}`, missing);

  const branch = await findCompleteBranch(wanted, station.branchId);
  if (!branch.ok) return branch;
  const group = await findUsableGroup(wanted, station.groupId, branch.value.branchCode);
  if (!group.ok) return group;
  const customers = await ask(wanted, connector.findDefaultCustomer(input.customerCode ?? undefined));
  if (!customers.ok) return customers;
  const customer = chooseDefaultCustomer(customers.value ?? [], input.customerCode);
  if (!customer.ok) return customer;
  const salesperson = await findSalesperson(wanted, station.branchId);
  if (!salesperson.ok) return salesperson;
  const paymentTypes = await findPaymentTypes(wanted);
  if (!paymentTypes.ok) return paymentTypes;
  const claimed = await claimStation(wanted, stations.value.all);
  if (!claimed.ok) return claimed;

  return ok({
    station,
    branch: branch.value,
    group: group.value,
    defaultCustomerId: customer.value.customerId,
    salespersonCode: salesperson.value,
    paymentTypes: paymentTypes.value,
    ...claimed.value,
  });
}

/** A server that says nothing of versions is talked to: its method is assumed. */
async function askVersion({ connector, server, version, input }: Wanted): Promise<Result<null, ServerRefusal>> {
  const reply = await connector.readServerVersion();
  if (!reply.ok) {
    if (isNotOffered(reply.failure)) return ok(null);
    return refuse(await failureToRefusal(reply.failure, server, input.user));
  }
  const { minimumStation } = reply.value;
  if (isVersionEnough(version, minimumStation)) return ok(null);
  const reason = `exige a versão ${minimumStation} da estação; esta é a ${version}`;
  return refuse({ code: 'server_wrong', server, reason });
}

function isNotOffered(failure: RemoteFailure): boolean {
  return failure.class === 'method' || failure.isNotFound === true;
}

/** The station with this code among all of the company that can be read. */
export async function findStations(
  { connector, server, input }: Pick<Wanted, 'connector' | 'server'> & { readonly input: { readonly user: string } },
  stationCode: string,
): Promise<
  Result<
    { readonly station: StationRow; readonly all: readonly StationRow[] },
    ServerRefusal | RefusalOf<'station_unknown' | 'register_incomplete'>
  >
> {
  const read = await connector.readStations(stationCode);
  if (!read.ok) {
    const { failure } = read;
    return failure.field === undefined
      ? refuse(await failureToRefusal(failure, server, input.user))
      : incomplete(`estação ${stationCode}`, [failure.field]);
  }
  const station = read.value.find((row) => row.stationCode === stationCode);
  if (station !== undefined) return ok({ station, all: read.value });
  const known = read.value.filter((row) => row.isActive).map((row) => row.stationCode);
  return refuse({ code: 'station_unknown', stationCode, known: known.toSorted() });
}

async function findCompleteBranch(wanted: Wanted, branchId: number): Promise<Result<BranchRow, EnrolmentRefusal>> {
  const branches = await ask(wanted, wanted.connector.readBranches());
  if (!branches.ok) return branches;
  const branch = branches.value.find((row) => row.branchId === branchId);
  if (branch === undefined) return incomplete('filiais', [`filial ${branchId} da estação ${wanted.input.stationCode}`]);
  const missing = missingBranchFields(branch);
  return missing.length > 0 ? incomplete(`filial ${branch.branchCode || branchId}`, missing) : ok(branch);
}

async function findUsableGroup(
  wanted: Wanted,
  groupId: number,
  branchCode: string,
): Promise<Result<GroupRow, EnrolmentRefusal>> {
  const read = await wanted.connector.readGroups();
  // Without groups at the server the till's own defaults are its policies.
  if (!read.ok && isNotOffered(read.failure)) {
    return ok({ groupId, code: '', description: '', policies: {}, transId: 0 });
  }
  const groups = await ask(wanted, Promise.resolve(read));
  if (!groups.ok) return groups;
  const group = groups.value.find((row) => row.groupId === groupId);
  if (group === undefined)
    return incomplete('grupos de estações', [`grupo ${groupId} da estação ${wanted.input.stationCode}`]);
  const { wrongFields } = decodePolicies(group.policies, branchCode);
  return wrongFields.length > 0 ? incomplete(`políticas do grupo ${group.code}`, wrongFields) : ok(group);
}

async function findSalesperson(wanted: Wanted, branchId: number): Promise<Result<string | null, EnrolmentRefusal>> {
  const { salespersonCode } = wanted.input;
  if (salespersonCode === null) return ok(null);
  const people = await ask(wanted, wanted.connector.readSalespeople(branchId));
  return people.ok ? chooseSalesperson(people.value, salespersonCode) : people;
}

/** Read only where somebody said what one of them is: otherwise the initial load brings them. */
async function findPaymentTypes(wanted: Wanted): Promise<Result<readonly PaymentTypeRow[], EnrolmentRefusal>> {
  const { paymentKinds } = wanted.input;
  if (paymentKinds.length === 0) return ok([]);
  const types = await ask(wanted, wanted.connector.readPaymentTypes());
  if (!types.ok) return types;
  const unknown = paymentKinds.find(
    ({ paymentTypeId }) => !types.value.some((type) => type.paymentTypeId === paymentTypeId),
  );
  return unknown === undefined ? types : refuse({ code: 'payment_type_unknown', paymentTypeId: unknown.paymentTypeId });
}

async function ask<Value>(wanted: Wanted, call: Promise<Remote<Value>>): Promise<Result<Value, ServerRefusal>> {
  const reply = await call;
  return reply.ok ? ok(reply.value) : refuse(await failureToRefusal(reply.failure, wanted.server, wanted.input.user));
}

function incomplete(
  register: string,
  fields: readonly string[],
): { readonly ok: false; readonly error: RefusalOf<'register_incomplete'> } {
  return refuse({ code: 'register_incomplete', register, fields: [...fields] });
}
