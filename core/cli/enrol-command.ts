import type { LoadStepView, StationView } from '../../contract/station-views.ts';
import { alignColumns } from './columns.ts';
import { showRefusal, withStation, writeAnswer, type CommandContext } from './command-context.ts';
import { describeLoad, STEP_NAMES } from './describe-station.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { readPassword } from './read-password.ts';

/** As they are typed; what is left out is chosen by the contract. */
export type EnrolOptions = {
  readonly server: string;
  readonly user: string;
  readonly station: string;
  readonly customer?: string;
  readonly timeZone?: string;
  readonly priceColumn?: 1 | 2;
};

/** `station enrol`: points this station at a server and loads its registers; the password comes from stdin. */
export async function enrolStation(
  context: CommandContext,
  { server, user, station, customer, timeZone, priceColumn }: EnrolOptions,
): Promise<ExitCode> {
  const password = await readPassword(context);
  if (password === null) {
    context.writeErr('Nenhuma senha na entrada. Exemplo: printf %s "$SENHA" | station enrol ...');
    return EXIT.usage;
  }
  return withStation(context, async ({ core, client }) => {
    const tellStep = tellOnce(context);
    core.onEvent((event) => {
      if (event.event === 'load.changed') for (const step of event.view.steps) tellStep(step);
    });
    const choices = { customerCode: customer, timeZone, priceColumn };
    const enrolled = await client.call('setup.enrol', { server, user, password, stationCode: station, ...choices });
    if (!enrolled.ok) return showRefusal(context, enrolled.error);
    writeAnswer(context, { ok: true, output: enrolled.output }, () => describeEnrolment(enrolled.output));
    return enrolled.output.load.state === 'done' ? EXIT.ok : EXIT.attention;
  });
}

/** Says each step on standard error as it is done, so that a long load is seen to move. */
function tellOnce({ writeErr, json }: CommandContext): (step: LoadStepView) => void {
  const told = new Set<string>();
  return ({ step, state, rows }) => {
    if (json || state !== 'done' || told.has(step)) return;
    told.add(step);
    writeErr(`  ${STEP_NAMES[step]}: ${rows.toLocaleString('pt-BR')}`);
  };
}

function describeEnrolment({ station, load }: StationView): string[] {
  const place = station === null ? '' : ` ${station.code} · ${station.branchName}`;
  const next =
    load.state === 'done'
      ? []
      : ['A carga continua sozinha quando o servidor responder; `station status` mostra onde está.'];
  const steps = alignColumns(load.steps.map((step) => [STEP_NAMES[step.step], step.rows.toLocaleString('pt-BR')]));
  return [`Estação${place} cadastrada.`, ...steps, `Carga inicial ${describeLoad(load)}.`, ...next];
}
