import { DEFAULT_TIME_ZONE } from '../../contract/format.ts';
import type { StationView } from '../../contract/station-views.ts';
import { show, withStation, type CommandContext } from './command-context.ts';
import { describeQueue, describeReachability } from './describe-sync.ts';
import type { ExitCode } from './exit-codes.ts';
import { readPassword } from './read-password.ts';

/** As they are typed; what is left out stays. */
export type ServerOptions = { readonly server?: string; readonly user?: string };

/** `station set-server`: follows the ERP; the new password, if any, is the first line of stdin. */
export async function setServer(context: CommandContext, { server, user }: ServerOptions): Promise<ExitCode> {
  const password = await readPassword(context, 'Senha do ERP (não aparece ao digitar; Enter mantém a atual):');
  return withStation(context, (station) =>
    show(context, station, 'setup.setServer', { server, user, password }, describeServer),
  );
}

/** `station integration on|off`. */
export function setIntegration(context: CommandContext, enabled: boolean): Promise<ExitCode> {
  return withStation(context, (station) =>
    show(context, station, 'sync.setIntegration', { enabled }, (sync) => [
      enabled ? 'Integração ligada.' : 'Integração desligada: as vendas são reais e ficam guardadas aqui.',
      `${describeReachability(sync, DEFAULT_TIME_ZONE)} · ${describeQueue(sync, DEFAULT_TIME_ZONE)}`,
    ]),
  );
}

function describeServer({ station }: StationView): string[] {
  return [`A estação ${station?.code ?? ''} fala agora com ${station?.server ?? ''}.`, 'Testado antes de gravar.'];
}
