import { setTimeout as sleep } from 'node:timers/promises';
import packageJson from '../../package.json' with { type: 'json' };
import type { BackOfficeTarget } from '../../contract/back-office.ts';
import { refusalText } from '../../contract/refusal-texts/refusal-text.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { refuse, ok, type Result } from '../../contract/result.ts';
import type { MethodInput, MethodName, Reply } from '../../contract/station-api.ts';
import { createStationClient, type StationClient } from '../../contract/station-client.ts';
import type { BackOfficeLink, Patience } from '../back-office/back-office-link.ts';
import { systemClock } from '../clock.ts';
import type { Connector, Remote } from '../connectors/connector.ts';
import { readMethodNamesFile } from '../connectors/method-names-file.ts';
import { createMillenniumConnector } from '../connectors/millennium/millennium-connector.ts';
import { systemRandom } from '../random.ts';
import { normalizeServerUrl } from '../setup/enrolment-rules.ts';
import { failureToRefusal } from '../setup/failure-to-refusal.ts';
import { showRefusal, withStation, type CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { attachToCore } from './reach-core.ts';
import { readPassword } from './read-password.ts';

/** How a shell names a process that was interrupted. */
const INTERRUPTED = 130;

/** Which ERP, as typed; without a server it is the station's own. */
export type BackOfficeOptions = {
  readonly server?: string;
  readonly user?: string;
  readonly showcase?: number;
  readonly priceTable?: number;
  readonly branch?: string;
  /** Seconds to wait for a server that does not answer. */
  readonly wait: number;
};

/** A way to the ERP and what it is pointed at. `client` is there when a core carries the calls. */
export type BackOfficeConnection = {
  readonly link: BackOfficeLink;
  readonly target: BackOfficeTarget;
  readonly client: StationClient | null;
};

/**
 * Opens the way to the ERP for `work` and lets go of it, whatever happens.
 *
 *   no --server                        the core of the data folder, running or started for this: its own session
 *   --server, a core runs on the same  through that core: the ERP knows one session a user
 *   --server, else                     a session of this command's own
 */
export async function withBackOffice(
  context: CommandContext,
  options: BackOfficeOptions,
  work: (connection: BackOfficeConnection) => Promise<ExitCode>,
): Promise<ExitCode> {
  if (options.server === undefined)
    return withStation(context, ({ client }) => throughCore(context, client, options, work));
  const server = normalizeServerUrl(options.server);
  if (server === null) return showRefusal(context, { code: 'server_url_invalid', server: options.server });
  const password = options.user === undefined ? null : await readPassword(context);
  if (options.user === undefined || password === null) {
    context.writeErr('Com --server são precisos --user e a senha na entrada: printf %s "$SENHA" | station ...');
    return EXIT.usage;
  }
  if (await isHeldByCore(context.data, server, options.user)) {
    context.writeErr('A estação em execução usa este login: as chamadas vão pela fila dela, sem outra sessão.');
    return withStation(context, ({ client }) => throughCore(context, client, options, work));
  }
  return throughOwnSession(context, { ...options, server, user: options.user, password }, work);
}

async function throughCore(
  context: CommandContext,
  client: StationClient,
  options: BackOfficeOptions,
  work: (connection: BackOfficeConnection) => Promise<ExitCode>,
): Promise<ExitCode> {
  const target = await client.call('backOffice.target', {});
  if (!target.ok) return showRefusal(context, target.error);
  const ask = async <M extends MethodName>(method: M, input: MethodInput<M>) =>
    toResult(await client.call(method, input));
  const link: BackOfficeLink = {
    write: (batch) => ask('backOffice.write', batch),
    findSkus: (showcaseId, productCode) => ask('backOffice.findSkus', { showcaseId, productCode }),
    readInvoices: (request) => ask('backOffice.invoices', request),
  };
  return work({ link, target: choose(target.output, options), client });
}

function toResult<M extends MethodName>(reply: Reply<M>): Result<Extract<Reply<M>, { ok: true }>['output'], Refusal> {
  return reply.ok ? ok(reply.output) : refuse(reply.error);
}

async function isHeldByCore(data: string, server: string, user: string): Promise<boolean> {
  const core = await attachToCore(data);
  if (core === null) return false;
  try {
    if (!core.ready.ready) return false;
    const target = await createStationClient((method, input) => core.call(method, input)).call('backOffice.target', {});
    // The ERP does not tell users apart by case.
    return target.ok && target.output.server === server && target.output.user.toLowerCase() === user.toLowerCase();
  } finally {
    await core.close();
  }
}

async function throughOwnSession(
  context: CommandContext,
  options: BackOfficeOptions & { readonly server: string; readonly user: string; readonly password: string },
  work: (connection: BackOfficeConnection) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { server, user, password } = options;
  const silent = (): void => undefined;
  const connector = createMillenniumConnector({
    serverUrl: server,
    user,
    password,
    clock: systemClock,
    random: systemRandom,
    log: { info: silent, warn: silent, error: silent, close: silent },
    nameOf: readMethodNamesFile(context.data).names,
    identity: { version: packageJson.version },
  });
  const told = async <Value>(remote: Promise<Remote<Value>>): Promise<Result<Value, Refusal>> => {
    const reply = await remote;
    return reply.ok ? ok(reply.value) : refuse(await failureToRefusal(reply.failure, server, user));
  };
  // A session that is left open locks this user out, people too: Ctrl+C gives it back before the process ends.
  const giveBack = (): void => void connector.close().finally(() => process.exit(INTERRUPTED));
  process.once('SIGINT', giveBack).once('SIGTERM', giveBack);
  try {
    const places = await findPlaces(connector, options, told);
    if (!places.ok) return showRefusal(context, places.error);
    if (places.value === null) {
      context.writeErr(
        'As estações deste servidor usam vitrines ou tabelas diferentes: informe --showcase e --price-table.',
      );
      return EXIT.usage;
    }
    const { backOffice } = connector;
    const link: BackOfficeLink = {
      write: (batch) => told(backOffice.write(batch)),
      findSkus: (showcaseId, productCode) => told(backOffice.findSkus(showcaseId, productCode)),
      readInvoices: async (request) => {
        const page = await told(backOffice.readInvoices(request));
        return page.ok ? ok({ ...page.value, rows: [...page.value.rows] }) : page;
      },
    };
    return await work({
      link,
      target: { server, user, branchCode: options.branch ?? '', ...places.value },
      client: null,
    });
  } finally {
    process.off('SIGINT', giveBack).off('SIGTERM', giveBack);
    await connector.close();
  }
}

type Places = Pick<BackOfficeTarget, 'showcaseId' | 'priceTableId'>;

/** Shop window and price table as typed, else those that all active stations of the server share; null when they differ. */
async function findPlaces(
  connector: Connector,
  { showcase, priceTable }: BackOfficeOptions,
  told: <Value>(remote: Promise<Remote<Value>>) => Promise<Result<Value, Refusal>>,
): Promise<Result<Places | null, Refusal>> {
  if (showcase !== undefined && priceTable !== undefined) return ok({ showcaseId: showcase, priceTableId: priceTable });
  const stations = await told(connector.readStations(''));
  if (!stations.ok) return stations;
  const active = stations.value.filter((station) => station.isActive);
  const showcases = new Set(showcase === undefined ? active.map((station) => station.showcaseId) : [showcase]);
  const tables = new Set(priceTable === undefined ? active.map((station) => station.priceTableId) : [priceTable]);
  const [showcaseId, priceTableId] = [[...showcases][0], [...tables][0]];
  if (showcases.size !== 1 || tables.size !== 1 || showcaseId === undefined || priceTableId === undefined)
    return ok(null);
  return ok({ showcaseId, priceTableId });
}

function choose(target: BackOfficeTarget, { showcase, priceTable, branch }: BackOfficeOptions): BackOfficeTarget {
  return {
    ...target,
    showcaseId: showcase ?? target.showcaseId,
    priceTableId: priceTable ?? target.priceTableId,
    branchCode: branch ?? target.branchCode,
  };
}

/** Waiting for a server, said on standard error. */
export function patience({ writeErr, json }: CommandContext, { wait }: BackOfficeOptions): Patience {
  return {
    sleep: (ms) => sleep(ms),
    patienceMs: wait * 1000,
    onWait: (refusal) => {
      if (!json) writeErr(`  ainda não: ${refusalText(refusal, 'pt-BR').title}; tentando de novo...`);
    },
  };
}
