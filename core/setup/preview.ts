import { ok, refuse, type Result } from '../../contract/result.ts';
import type { RefusalOf } from '../../contract/refusals.ts';
import type { MethodParsed, MethodRefusal } from '../../contract/station-api.ts';
import { StationChoiceView, type PaymentMappingView, type PricePreviewView } from '../../contract/setup-views.ts';
import type { Connector } from '../connectors/connector.ts';
import { findStations } from './check-server.ts';
import type { Connect } from './enrol-station.ts';
import { missingStationFields, normalizeServerUrl } from './enrolment-rules.ts';
import { failureToRefusal } from './failure-to-refusal.ts';

/** Tags a manager compares before a price column is chosen. */
const PRODUCTS = 5;

type Login = MethodParsed<'setup.testConnection'>;

/**
 * The stations of the ERP by their codes. A code that no sale could be numbered with is left out; without the list of
 * branches they are shown without their names.
 */
export function listStations(
  connect: Connect,
  input: Login,
): Promise<Result<StationChoiceView[], MethodRefusal<'setup.stations'>>> {
  return withServer(connect, input, async (connector, server) => {
    const stations = await connector.readStations('');
    if (!stations.ok) return refuse(await failureToRefusal(stations.failure, server, input.user));
    const branches = await connector.readBranches();
    const names = new Map(branches.ok ? branches.value.map((row) => [row.branchId, row.tradeName || row.name]) : []);
    const views = stations.value.flatMap((row) => {
      const view = StationChoiceView.safeParse({
        stationCode: row.stationCode,
        description: row.description,
        branchName: names.get(row.branchId) ?? '',
        missing: missingStationFields(row),
      });
      return view.success ? [view.data] : [];
    });
    return ok(views.toSorted((a, b) => (a.stationCode < b.stationCode ? -1 : 1)));
  });
}

/** Five products with both their prices, before anything is kept. */
export function previewPrices(
  connect: Connect,
  input: MethodParsed<'setup.previewPrices'>,
): Promise<Result<PricePreviewView[], MethodRefusal<'setup.previewPrices'>>> {
  return withServer(connect, input, async (connector, server) => {
    const found = await findStations({ connector, server, input }, input.stationCode);
    if (!found.ok) return found;
    const rows = await connector.previewPrices(found.value.station.showcaseId, PRODUCTS);
    return rows.ok ? ok([...rows.value]) : refuse(await failureToRefusal(rows.failure, server, input.user));
  });
}

/** What the ERP's payment types would be taken for, before anything is kept. */
export function previewPaymentTypes(
  connect: Connect,
  input: Login,
): Promise<Result<PaymentMappingView[], MethodRefusal<'setup.previewPaymentTypes'>>> {
  return withServer(connect, input, async (connector, server) => {
    const types = await connector.readPaymentTypes();
    if (!types.ok) return refuse(await failureToRefusal(types.failure, server, input.user));
    return ok(
      types.value.map(({ paymentTypeId, code, description, kind }) => ({
        paymentTypeId,
        code,
        description,
        guessedKind: kind,
        kind,
      })),
    );
  });
}

async function withServer<Value, Refused>(
  connect: Connect,
  { server: typed, user, password }: Login,
  work: (connector: Connector, server: string) => Promise<Result<Value, Refused>>,
): Promise<Result<Value, Refused | RefusalOf<'server_url_invalid'>>> {
  const server = normalizeServerUrl(typed);
  if (server === null) return refuse({ code: 'server_url_invalid', server: typed });
  const connector = connect({ serverUrl: server, serverUser: user }, password);
  try {
    return await work(connector, server);
  } finally {
    await connector.close();
  }
}
