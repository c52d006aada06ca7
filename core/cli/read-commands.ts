import { show, showRefusal, withStation, writeAnswer, type CommandContext } from './command-context.ts';
import { describeSkippedRows } from '../connectors/skipped-rows.ts';
import { describeReconciliation } from './describe-reconciliation.ts';
import { describeChecks, describeStatus, describeSummary } from './describe-station.ts';
import { describeErrors } from './describe-sync.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** `station status`: the support sheet. As JSON it holds both views it is made of. */
export function showStatus(context: CommandContext): Promise<ExitCode> {
  return withStation(context, async ({ core, client }) => {
    const view = await client.call('station.view', {});
    if (!view.ok) return showRefusal(context, view.error);
    const health = await client.call('station.health', {});
    if (!health.ok) return showRefusal(context, health.error);
    const output = { view: view.output, health: health.output, startedHere: core.startedHere };
    writeAnswer(context, { ok: true, output }, () => describeStatus(view.output, health.output, core.startedHere));
    return EXIT.ok;
  });
}

/** `station errors`: what waits for a person. */
export function showErrors(context: CommandContext): Promise<ExitCode> {
  return withStation(context, async (station) => {
    const sync = await station.client.call('sync.view', {});
    if (!sync.ok) return showRefusal(context, sync.error);
    const { skippedRows } = sync.output;
    const rows = skippedRows.length === 0 ? [] : ['Linhas de cadastros que não puderam ser lidas:'];
    return show(
      context,
      station,
      'sync.errors',
      {},
      (errors) => [...describeErrors(errors), ...rows, ...describeSkippedRows(skippedRows)],
      (errors) => (errors.length === 0 ? EXIT.ok : EXIT.attention),
    );
  });
}

/** `station summary`: the day's figures. */
export function showSummary(context: CommandContext, businessDay: string | null): Promise<ExitCode> {
  return withStation(context, async ({ client }) => {
    const summary = await client.call('summary.day', { businessDay });
    if (!summary.ok) return showRefusal(context, summary.error);
    const compared = await client.call('reconcile.view', { businessDay: summary.output.businessDay });
    if (!compared.ok) return showRefusal(context, compared.error);
    const reconciliation = compared.output;
    writeAnswer(context, { ok: true, output: { ...summary.output, reconciliation } }, () => [
      ...describeSummary(summary.output),
      ...(reconciliation === null ? [] : ['', ...describeReconciliation(reconciliation)]),
    ]);
    return EXIT.ok;
  });
}

/** `station doctor`: every check with its advice. */
export function showDoctor(context: CommandContext): Promise<ExitCode> {
  return withStation(context, (station) =>
    show(context, station, 'station.doctor', {}, describeChecks, (checks) =>
      checks.some((check) => check.state === 'failed') ? EXIT.attention : EXIT.ok,
    ),
  );
}
