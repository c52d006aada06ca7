import type { EnrolmentInput } from '../../contract/enrolment-input.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { Database, WriteTx } from '../../db/database-types.ts';
import {
  findEnrolment,
  getInstallationId,
  insertEnrolment,
  raiseSequence,
  type Enrolment,
} from '../../db/setup-queries.ts';
import { saveBranch, saveGroup, saveStation } from '../../db/station-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { Connector } from '../connectors/connector.ts';
import { checkServer, type EnrolmentRefusal, type ServerFacts } from './check-server.ts';
import { normalizeServerUrl } from './enrolment-rules.ts';
import { prepareLoadSteps } from './initial-load.ts';
import { ERP_PASSWORD, type SecretStore } from './secret-store.ts';
import { timeZoneOfState } from './time-zone-rules.ts';

/** A way to a server with a login that is kept, or only tried. */
export type Connect = (login: Pick<Enrolment, 'serverUrl' | 'serverUser'>, password: string) => Connector;

type Dependencies = {
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: SecretStore;
  readonly version: string;
  readonly connect: Connect;
};

/** The sequence of sale numbers (core/sale). */
const SALE_SEQUENCE = 'sale';

type Refusals = EnrolmentRefusal | RefusalOf<'already_enrolled' | 'server_url_invalid'>;

/**
 * Binds this database to a station, once: the server is asked first, then everything is written in one transaction.
 * The password is kept before that transaction: a kill between them leaves a password nobody uses.
 */
export async function enrolStation(
  { db, clock, secrets, version, connect }: Dependencies,
  input: EnrolmentInput,
  demo: { readonly products: number; readonly seed: number } | null,
): Promise<Result<null, Refusals>> {
  const existing = findEnrolment(db.read);
  if (existing !== null) return refuseSecond(existing);
  const server = normalizeServerUrl(input.server);
  if (server === null) return refuse({ code: 'server_url_invalid', server: input.server });

  const draft: Enrolment = {
    kind: demo === null ? 'store' : 'demo',
    connector: 'millennium',
    serverUrl: server,
    serverUser: input.user,
    stationCode: input.stationCode,
    priceColumn: input.priceColumn,
    defaultCustomerId: null,
    defaultSalespersonCode: null,
    enrolledAtMs: clock.nowMs(),
    demoProducts: demo?.products ?? null,
    demoSeed: demo?.seed ?? null,
  };
  const checked = await askServer(connect(draft, input.password), {
    server,
    user: input.user,
    stationCode: input.stationCode,
    customerCode: input.customerCode,
    installationId: getInstallationId(db.read),
    version,
  });
  if (!checked.ok) return checked;

  secrets.save(ERP_PASSWORD, input.password);
  return db.write((tx) => {
    // Another caller may have been quicker while the server was asked.
    const quicker = findEnrolment(tx);
    if (quicker !== null) return refuseSecond(quicker);
    const enrolment = { ...draft, defaultCustomerId: checked.value.defaultCustomerId };
    writeEnrolment(tx, enrolment, checked.value, input.timeZone ?? timeZoneOfState(checked.value.branch.state));
    return ok(null);
  });
}

async function askServer(
  connector: Connector,
  wanted: Omit<Parameters<typeof checkServer>[0], 'connector'>,
): Promise<Result<ServerFacts, EnrolmentRefusal>> {
  try {
    return await checkServer({ connector, ...wanted });
  } finally {
    await connector.close();
  }
}

function writeEnrolment(
  tx: WriteTx,
  enrolment: Enrolment,
  { station, branch, group, lastNumber }: ServerFacts,
  timeZone: string,
): void {
  insertEnrolment(tx, enrolment);
  saveGroup(tx, { ...group, policies: JSON.stringify(group.policies) });
  saveBranch(tx, { ...branch, timeZone });
  saveStation(tx, station);
  raiseSequence(tx, SALE_SEQUENCE, lastNumber);
  prepareLoadSteps(tx);
  appendAudit(tx, {
    atMs: enrolment.enrolledAtMs,
    operatorCode: null,
    action: 'station_enrolled',
    subjectId: enrolment.stationCode,
    detail: {
      server: enrolment.serverUrl,
      user: enrolment.serverUser,
      branch: branch.branchCode,
      group: group.code,
      lastNumber,
      customerId: enrolment.defaultCustomerId,
      priceColumn: enrolment.priceColumn,
      timeZone,
    },
  });
}

function refuseSecond({ stationCode, serverUrl }: Enrolment): {
  readonly ok: false;
  readonly error: RefusalOf<'already_enrolled'>;
} {
  return refuse({ code: 'already_enrolled', stationCode, server: serverUrl });
}
