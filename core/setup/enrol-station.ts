import type { EnrolmentInput } from '../../contract/enrolment-input.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { Database, WriteTx } from '../../db/database-types.ts';
import { choosePaymentKind, noteGuessedKind } from '../../db/payment-kind-queries.ts';
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
export type Connect = (
  login: Pick<Enrolment, 'serverUrl' | 'serverUser'> & Partial<Pick<Enrolment, 'replacesStationCode'>>,
  password: string,
) => Connector;

/** What enrolment works with. */
export type EnrolmentPorts = {
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: SecretStore;
  readonly version: string;
  readonly connect: Connect;
};

/** What makes an enrolment more than a plain one. */
export type EnrolmentCase<Extra> = {
  readonly demo: { readonly products: number; readonly seed: number } | null;
  readonly replaces: string | null;
  /** Before the ERP is told anything: whether this person may. */
  readonly authorise: (connector: Connector, server: string) => Promise<Result<null, Extra>>;
  /** Looks at what the server said before anything is written; a refusal leaves everything as it was. */
  readonly check: (facts: ServerFacts) => Result<null, Extra>;
  /** Writes along, in the transaction that enrols. */
  readonly write: (tx: WriteTx, facts: ServerFacts) => void;
};

/** A station of a store, with nothing to add. */
export const PLAIN: EnrolmentCase<never> = {
  demo: null,
  replaces: null,
  authorise: () => Promise.resolve(ok(null)),
  check: () => ok(null),
  write: () => undefined,
};

/** The sequence of sale numbers (core/sale). */
const SALE_SEQUENCE = 'sale';

type Refusals = EnrolmentRefusal | RefusalOf<'already_enrolled' | 'server_url_invalid'>;

/**
 * Binds this database to a station, once: the server is asked first, then everything is written in one transaction.
 * The password is kept before that transaction: a kill between them leaves a password nobody uses.
 */
export async function enrolStation<Extra>(
  { db, clock, secrets, version, connect }: EnrolmentPorts,
  input: EnrolmentInput,
  special: EnrolmentCase<Extra>,
): Promise<Result<ServerFacts, Refusals | Extra>> {
  const existing = findEnrolment(db.read);
  if (existing !== null) return refuseSecond(existing);
  const server = normalizeServerUrl(input.server);
  if (server === null) return refuse({ code: 'server_url_invalid', server: input.server });

  const draft: Enrolment = {
    kind: special.demo === null ? 'store' : 'demo',
    connector: 'millennium',
    serverUrl: server,
    serverUser: input.user,
    stationCode: input.stationCode,
    priceColumn: input.priceColumn,
    defaultCustomerId: null,
    defaultSalespersonCode: null,
    saleEvent: input.saleEvent,
    returnEvent: input.returnEvent,
    replacesStationCode: special.replaces,
    integrationEnabled: true,
    enrolledAtMs: clock.nowMs(),
    demoProducts: special.demo?.products ?? null,
    demoSeed: special.demo?.seed ?? null,
  };
  const connector = connect(draft, input.password);
  const { replaces } = special;
  const installationId = getInstallationId(db.read);
  const checked = await (async (): Promise<Result<ServerFacts, EnrolmentRefusal | Extra>> => {
    try {
      const leave = await special.authorise(connector, server);
      if (!leave.ok) return leave;
      const facts = await checkServer({ connector, server, input, replaces, installationId, version });
      if (!facts.ok) return facts;
      const extra = special.check(facts.value);
      return extra.ok ? facts : extra;
    } finally {
      await connector.close();
    }
  })();
  if (!checked.ok) return checked;
  const facts = checked.value;

  await secrets.save(ERP_PASSWORD, input.password, draft.kind === 'demo');
  return db.write((tx): Result<ServerFacts, Refusals> => {
    // Another caller may have been quicker while the server was asked.
    const quicker = findEnrolment(tx);
    if (quicker !== null) return refuseSecond(quicker);
    const { defaultCustomerId, salespersonCode } = facts;
    writeEnrolment(tx, { ...draft, defaultCustomerId, defaultSalespersonCode: salespersonCode }, facts, input);
    special.write(tx, facts);
    return ok(facts);
  });
}

function writeEnrolment(tx: WriteTx, enrolment: Enrolment, facts: ServerFacts, input: EnrolmentInput): void {
  const { station, branch, group, lastNumber } = facts;
  const timeZone = input.timeZone ?? timeZoneOfState(branch.state);
  insertEnrolment(tx, enrolment);
  saveGroup(tx, { ...group, policies: JSON.stringify(group.policies) });
  saveBranch(tx, { ...branch, timeZone });
  saveStation(tx, station);
  for (const { paymentTypeId, kind } of facts.paymentTypes) noteGuessedKind(tx, paymentTypeId, kind);
  for (const { paymentTypeId, kind } of input.paymentKinds) choosePaymentKind(tx, paymentTypeId, kind);
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
      salesperson: enrolment.defaultSalespersonCode,
      saleEvent: enrolment.saleEvent ?? station.saleEvent,
      returnEvent: enrolment.returnEvent ?? station.returnEvent,
      priceColumn: enrolment.priceColumn,
      paymentKinds: input.paymentKinds,
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
