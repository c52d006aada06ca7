import type { StationView } from '../../contract/station-views.ts';
import { showRefusal, withStation, writeAnswer, type CommandContext } from './command-context.ts';
import { describeLoad, STEP_NAMES } from './describe-station.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { readPassword } from './read-password.ts';

/** `station enrol`: points this station at a server and loads its registers; the password comes from stdin. */
export async function enrolStation(
  context: CommandContext,
  { server, user, station }: { readonly server: string; readonly user: string; readonly station: string },
): Promise<ExitCode> {
  const password = await readPassword(context);
  if (password === null) {
    context.writeErr('Nenhuma senha na entrada. Exemplo: printf %s "$SENHA" | station enrol ...');
    return EXIT.usage;
  }
  return withStation(context, async ({ core, client }) => {
    const shown = new Set<string>();
    core.onEvent((event) => {
      if (event.event !== 'load.changed') return;
      for (const step of event.view.steps) {
        if (step.state !== 'done' || shown.has(step.step)) continue;
        shown.add(step.step);
        context.writeErr(`  ${STEP_NAMES[step.step]}: ${step.rows.toLocaleString('pt-BR')}`);
      }
    });
    const enrolled = await client.call('setup.enrol', { server, user, password, stationCode: station });
    if (!enrolled.ok) return showRefusal(context, enrolled.error);
    writeAnswer(context, { ok: true, output: enrolled.output }, () => describeEnrolment(enrolled.output));
    return enrolled.output.load.state === 'done' ? EXIT.ok : EXIT.attention;
  });
}

function describeEnrolment({ station, load }: StationView): string[] {
  const place = station === null ? '' : ` ${station.code} · ${station.branchName}`;
  const next =
    load.state === 'done'
      ? []
      : ['A carga continua sozinha quando o servidor responder; `station status` mostra onde está.'];
  return [`Estação${place} cadastrada.`, `Carga inicial ${describeLoad(load)}.`, ...next];
}
