import { formatCents, formatInstant } from '../../contract/format.ts';
import type { PixListView, PixState } from '../../contract/pix-views.ts';
import { countPt } from '../../contract/refusal-texts/refusal-words.ts';
import { alignColumns } from './columns.ts';
import { show, showRefusal, withStation, type CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

const DEFAULT_ZONE = 'America/Sao_Paulo';

/** `station pix`: what nobody has found in the bank's statement yet; `--all` every Pix, the newest first. */
export function showPix(context: CommandContext, filter: 'open' | 'all'): Promise<ExitCode> {
  return withStation(context, async (station) => {
    const view = await station.client.call('station.view', {});
    if (!view.ok) return showRefusal(context, view.error);
    const timeZone = view.output.station?.timeZone ?? DEFAULT_ZONE;
    return show(
      context,
      station,
      'pix.list',
      { filter },
      (list) => describePix(list, timeZone),
      ({ pending }) => (pending.count === 0 ? EXIT.ok : EXIT.attention),
    );
  });
}

const STATES: Readonly<Record<PixState, string>> = {
  waiting: 'QR aberto',
  given_up: 'retirado da venda',
  to_check: 'A CONFERIR',
  checked: 'conferido',
  missing: 'NÃO ENTROU',
  to_return: 'A DEVOLVER',
  returned: 'devolvido',
};

function describePix({ pending, rows }: PixListView, timeZone: string): string[] {
  const { toCheck, toReturn } = pending;
  const summary =
    pending.count === 0
      ? 'Nenhum Pix a conferir.'
      : `${countPt(toCheck.count, 'Pix', 'Pix')} a conferir (${formatCents(toCheck.cents)}), ` +
        `${toReturn.count} a devolver (${formatCents(toReturn.cents)}).`;
  const lines = rows.map((row) => [
    formatInstant(row.shownAt, 'pt-BR', timeZone),
    row.txid,
    formatCents(row.amountCents),
    row.saleNumber ?? 'sem venda',
    STATES[row.state],
    row.checkedBy ?? row.answeredBy ?? row.shownBy,
    row.note ?? '',
  ]);
  return [summary, ...alignColumns(lines)];
}
