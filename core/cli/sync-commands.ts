import type { LoadStepView, SyncView } from '../../contract/station-views.ts';
import { show, showRefusal, withStation, writeAnswer, type CommandContext } from './command-context.ts';
import { describeReconciliation } from './describe-reconciliation.ts';
import { STEP_NAMES } from './describe-station.ts';
import { describeReachability } from './describe-sync.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** A whole register of 60,000 rows takes seconds; a person looks at the line this often. */
const POLL_MS = 500;
/** Longer than the slowest link takes; the read goes on in the station whatever this command does. */
const LONGEST_WAIT_MS = 600_000;

/** `station reload`: reads a register whole and waits for its end. */
export function reloadRegister(context: CommandContext, register: LoadStepView['step']): Promise<ExitCode> {
  return withStation(context, async ({ client }) => {
    const started = await client.call('catalog.reload', { register });
    if (!started.ok) return showRefusal(context, started.error);
    let view: SyncView = started.output;
    for (let waitedMs = 0; isReading(view, register) && waitedMs < LONGEST_WAIT_MS; waitedMs += POLL_MS) {
      // Away or refused: it goes on by itself when it can, and nobody waits for it here.
      if (view.reachability !== 'online' || view.methods.some(({ task }) => task === register)) break;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      const next = await client.call('sync.view', {});
      if (!next.ok) return showRefusal(context, next.error);
      view = next.output;
    }
    const isOver = !isReading(view, register);
    const name = STEP_NAMES[register];
    writeAnswer(context, { ok: true, output: view }, () => [
      isOver
        ? `Cadastro relido por inteiro: ${name}.`
        : `Cadastro ainda não relido (${name}): ${describeReachability(view, 'America/Sao_Paulo')}. Segue sozinho quando puder.`,
    ]);
    return isOver ? EXIT.ok : EXIT.attention;
  });
}

/** `station reconcile`: compares a day with the ERP's own list of it. */
export function reconcileDay(context: CommandContext, businessDay: string | null): Promise<ExitCode> {
  return withStation(context, (station) =>
    show(context, station, 'reconcile.day', { businessDay }, describeReconciliation, (view) =>
      view.isEqual ? EXIT.ok : EXIT.attention,
    ),
  );
}

function isReading(view: SyncView, register: LoadStepView['step']): boolean {
  return view.wholeReads.some((read) => read.register === register);
}
