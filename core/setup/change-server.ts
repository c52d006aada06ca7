import { findCurrentOperator } from '../../db/operator-queries.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { MethodParsed, MethodRefusal } from '../../contract/station-api.ts';
import type { SyncView } from '../../contract/station-views.ts';
import { findAuditHead } from '../../db/audit-queries.ts';
import type { Database } from '../../db/database-types.ts';
import { sumWaiting } from '../../db/outbox-queries.ts';
import {
  changeServer,
  findEnrolment,
  getInstallationId,
  lastOfSequence,
  type Enrolment,
} from '../../db/setup-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { Connector } from '../connectors/connector.ts';
import type { Leave } from '../operator/administer.ts';
import { findStations } from './check-server.ts';
import { claimStation } from './claim-station.ts';
import type { Connect } from './enrol-station.ts';
import { normalizeServerUrl } from './enrolment-rules.ts';
import { failureToRefusal } from './failure-to-refusal.ts';
import { findOwnBranch } from './read-policies.ts';
import { ERP_PASSWORD, readPassword, type SecretStore } from './secret-store.ts';

type Refused = MethodRefusal<'setup.setServer'>;

/**
 * Follows the ERP to another address or login: tried first, kept only when it is the same company's and still takes
 * this installation for this station. Numbers, documents and registers stay; called with nothing in flight.
 *
 * Killed between the two writes the new login meets the old address: the server says that the password is wrong, which
 * stops the connector and nothing else, and the same command sets it right.
 */
export async function changeServerOf(
  ports: {
    readonly db: Database;
    readonly clock: Clock;
    readonly secrets: SecretStore;
    readonly connect: Connect;
    readonly version: string;
    readonly sync: SyncView;
    readonly leave: Leave;
  },
  input: MethodParsed<'setup.setServer'>,
): Promise<Result<null, Refused>> {
  const { db, clock, secrets, connect, leave } = ports;
  const enrolment = findEnrolment(db.read);
  if (enrolment === null) return refuse({ code: 'station_not_enrolled' });
  if (enrolment.kind === 'demo') return refuse({ code: 'server_fixed', server: enrolment.serverUrl });
  const serverUrl = input.server === null ? enrolment.serverUrl : normalizeServerUrl(input.server);
  if (serverUrl === null) return refuse({ code: 'server_url_invalid', server: input.server ?? '' });
  const login = { serverUrl, serverUser: input.user ?? enrolment.serverUser };
  const password = input.password ?? (await readPassword(secrets));

  const connector = connect({ ...login, replacesStationCode: enrolment.replacesStationCode }, password);
  try {
    const tried = await tryServer(ports, connector, { ...enrolment, ...login });
    if (!tried.ok) return tried;
  } finally {
    await connector.close();
  }

  // Unchanged it stays where it is.
  if (input.password !== null) await secrets.save(ERP_PASSWORD, password);
  db.write((tx) => {
    const atMs = clock.nowMs();
    leave.use(tx, atMs);
    changeServer(tx, login);
    appendAudit(tx, {
      atMs,
      operatorCode: findCurrentOperator(tx)?.operatorCode ?? null,
      action: 'server_changed',
      subjectId: enrolment.stationCode,
      detail: {
        from: { server: enrolment.serverUrl, user: enrolment.serverUser },
        to: { server: login.serverUrl, user: login.serverUser },
        passwordChanged: input.password !== null,
      },
    });
  });
  return ok(null);
}

async function tryServer(
  { db, version, sync }: { readonly db: Database; readonly version: string; readonly sync: SyncView },
  connector: Connector,
  { serverUrl: server, serverUser: user, stationCode, replacesStationCode }: Enrolment,
): Promise<Result<null, Refused>> {
  const input = { user, stationCode };
  const found = await findStations({ connector, server, input }, stationCode);
  if (!found.ok) return found;
  const branches = await connector.readBranches();
  if (!branches.ok) return refuse(await failureToRefusal(branches.failure, server, user));
  const there = branches.value.find((row) => row.branchId === found.value.station.branchId);
  const own = findOwnBranch(db.read);
  // Another company's server would take our numbers for its own, and its prices would be charged here.
  if (there === undefined || own === null || digits(there.cnpj) !== digits(own.cnpj))
    return otherCompany(server, there?.cnpj);
  const claimed = await claimStation(
    {
      connector,
      server,
      input,
      replaces: replacesStationCode,
      installationId: getInstallationId(db.read),
      version,
      report: {
        lastNumber: lastOfSequence(db.read, 'sale'),
        auditHead: findAuditHead(db.read).hash,
        waiting: sync.waiting,
        waitingCents: sumWaiting(db.read).cents,
        oldestWaitingAt: sync.oldestWaitingAt,
        errors: sync.errors,
      },
    },
    found.value.all,
  );
  return claimed.ok ? ok(null) : claimed;
}

function otherCompany(
  server: string,
  cnpj: string | undefined,
): { readonly ok: false; readonly error: RefusalOf<'server_wrong'> } {
  return refuse({ code: 'server_wrong', server, reason: `a filial desta estação tem lá o CNPJ ${cnpj ?? 'nenhum'}` });
}

const digits = (text: string): string => text.replaceAll(/\D/g, '');
