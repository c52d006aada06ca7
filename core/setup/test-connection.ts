import { ok, refuse, type Result } from '../../contract/result.ts';
import type { MethodParsed, MethodRefusal } from '../../contract/station-api.ts';
import type { DoctorCheckView } from '../../contract/station-views.ts';
import type { Clock } from '../clock.ts';
import type { Connect } from './enrol-station.ts';
import { normalizeServerUrl } from './enrolment-rules.ts';
import { checkServerPath } from './server-checks.ts';

/** Tries a server with a login that nobody has kept yet, and keeps neither. */
export async function testConnection(
  { clock, connect }: { readonly clock: Clock; readonly connect: Connect },
  { server: typed, user, password }: MethodParsed<'setup.testConnection'>,
): Promise<Result<DoctorCheckView[], MethodRefusal<'setup.testConnection'>>> {
  const server = normalizeServerUrl(typed);
  if (server === null) return refuse({ code: 'server_url_invalid', server: typed });
  const connector = connect({ serverUrl: server, serverUser: user }, password);
  try {
    return ok(await checkServerPath({ server, user }, connector, clock));
  } finally {
    await connector.close();
  }
}
