import { inspect } from 'node:util';
import { formatInstant } from '../../contract/format.ts';
import { ok } from '../../contract/result.ts';
import type { DoctorCheckView, StationView } from '../../contract/station-views.ts';
import type { Database } from '../../db/database-types.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import type { Clock } from '../clock.ts';
import type { Connector } from '../connectors/connector.ts';
import type { StationNews } from '../connectors/station-reports.ts';
import type { ActionHandler } from '../handlers.ts';
import { bondChecks } from './bond-checks.ts';
import type { Connect } from './enrol-station.ts';
import type { InitialLoad } from './initial-load.ts';
import { localChecks, type Answer, type Check } from './local-checks.ts';
import { readPassword, type SecretStore } from './secret-store.ts';
import { checkServerPath } from './server-checks.ts';

/** Looks at everything a sale or its delivery depends on; a check that breaks is a failed check, never a silent one. */
export function createDoctor({
  data,
  db,
  clock,
  secrets,
  load,
  connect,
  findConnector,
  findSuccessor,
  stationView,
}: {
  readonly data: string;
  readonly db: Database;
  readonly clock: Clock;
  readonly secrets: SecretStore;
  readonly load: InitialLoad;
  readonly connect: Connect;
  readonly findConnector: () => Connector | null;
  readonly findSuccessor: () => StationNews | null;
  readonly stationView: () => StationView;
}): ActionHandler<'station.doctor'> {
  const checks: readonly Check[] = [
    ...localChecks({ data, db, clock, secrets }),
    ...bondChecks({ db, findSuccessor }),
    { name: 'Carga inicial', run: () => checkLoad(load) },
    { name: 'Documentos a enviar', run: () => checkQueue(stationView()) },
  ];

  async function checkServer(): Promise<DoctorCheckView[]> {
    const enrolment = findEnrolment(db.read);
    if (enrolment === null) {
      const advice = 'Cadastre a estação: assistente na janela, ou `station enrol`.';
      return [{ name: 'Cadastro', state: 'failed', detail: 'a estação não tem servidor', advice }];
    }
    const shared = findConnector();
    const login = { server: enrolment.serverUrl, user: enrolment.serverUser };
    if (shared !== null) return checkServerPath(login, shared, clock);
    const own = connect(enrolment, await readPassword(secrets));
    try {
      return await checkServerPath(login, own, clock);
    } finally {
      await own.close();
    }
  }

  return async () => {
    const local = await Promise.all(checks.map(runCheck));
    return ok([...local, ...(await checkServer())]);
  };
}

async function runCheck({ name, run }: Check): Promise<DoctorCheckView> {
  try {
    return { name, ...(await run()) };
  } catch (error) {
    const detail = error instanceof Error ? error.message : inspect(error);
    return { name, state: 'failed', detail, advice: 'Não foi possível verificar: chame o suporte com este texto.' };
  }
}

function checkLoad(load: InitialLoad): Answer {
  const { state, steps } = load.view();
  const done = steps.filter((step) => step.state === 'done').length;
  if (state === 'done') return { state: 'ok', detail: `${steps.length} etapas`, advice: null };
  const error = steps.find((step) => step.state === 'failed')?.error;
  const detail = `${done} de ${steps.length} etapas${error === undefined || error === null ? '' : `: ${error}`}`;
  return { state: 'failed', detail, advice: 'Termine a carga inicial: sem ela a estação não vende.' };
}

function checkQueue({ sync }: StationView): Answer {
  const oldest = sync.oldestWaitingAt === null ? '' : `, o mais antigo de ${formatInstant(sync.oldestWaitingAt)}`;
  const detail = `${sync.waiting} esperando${oldest}; ${sync.errors} em erro`;
  if (sync.errors > 0) return { state: 'failed', detail, advice: 'Veja a lista em `station errors`.' };
  if (sync.reachability === 'disabled') {
    const advice = 'Seguem quando a integração for ligada (`station integration on`).';
    return { state: sync.waiting === 0 ? 'ok' : 'warning', detail, advice: sync.waiting === 0 ? null : advice };
  }
  const hasWaited = sync.waiting > 0 && sync.reachability !== 'online';
  return hasWaited
    ? { state: 'warning', detail, advice: 'Seguem sozinhos quando o servidor responder.' }
    : { state: 'ok', detail, advice: null };
}
