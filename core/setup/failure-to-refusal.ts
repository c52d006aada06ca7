import type { RefusalOf } from '../../contract/refusals.ts';
import type { RemoteFailure } from '../connectors/connector.ts';
import { probeServer } from './probe-server.ts';

/** The refusals that a server's answer, or its silence, may mean to the person who typed its address. */
export type ServerRefusal = RefusalOf<
  'server_unreachable' | 'server_wrong' | 'password_wrong' | 'server_busy' | 'user_connected'
>;

/**
 * Says why the server did not do what was asked. An answer that cannot be read comes from a machine that listens:
 * then the address is wrong, not the network.
 */
export async function failureToRefusal(failure: RemoteFailure, server: string, user: string): Promise<ServerRefusal> {
  if (failure.class === 'password') return { code: 'password_wrong', user };
  // One login is one session there: whoever holds it, it is not free for a station.
  if (failure.isSessionTaken === true) return { code: 'user_connected', user };
  if (failure.class === 'busy') return { code: 'server_busy', server };
  if (failure.class !== 'transient') return { code: 'server_wrong', server, reason: failure.text };
  const probe = await probeServer(server);
  return probe.reached
    ? { code: 'server_wrong', server, reason: failure.text }
    : { code: 'server_unreachable', server, reason: probe.reason };
}
