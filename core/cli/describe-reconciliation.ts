import { formatCents, formatDay, formatInstant } from '../../contract/format.ts';
import { countPt } from '../../contract/refusal-texts/refusal-words.ts';
import type { ReconciliationView } from '../../contract/sync-views.ts';
import { alignColumns } from './columns.ts';

const KINDS: Readonly<Record<ReconciliationView['differences'][number]['kind'], string>> = {
  missing_there: 'falta no ERP',
  missing_here: 'só no ERP',
  different: 'diferente',
  not_cancelled_there: 'cancelada só aqui',
  cancelled_there: 'cancelada só no ERP',
  not_queued: 'fora da fila de envio',
};

/** A day here and at the ERP, down to each document that is not the same. */
export function describeReconciliation(view: ReconciliationView): string[] {
  const { here, there, differences, requeued } = view;
  const rows = differences.map(({ number, kind, hereCents, thereCents, isKnown, text }) => [
    number,
    KINDS[kind],
    `aqui ${hereCents === null ? '-' : formatCents(hereCents)}`,
    `ERP ${thereCents === null ? '-' : formatCents(thereCents)}`,
    `${isKnown ? '' : 'ATENÇÃO: '}${text}`,
  ]);
  return [
    `Conferência de ${formatDay(view.businessDay)} com o ERP, lida em ${formatInstant(view.readAt)}`,
    ...alignColumns([
      ['Aqui', countPt(here.sales, 'venda', 'vendas'), formatCents(here.cents)],
      ['ERP', countPt(there.sales, 'venda', 'vendas'), formatCents(there.cents)],
    ]),
    ...(view.isEqual ? ['Tudo igual.'] : alignColumns(rows)),
    ...(requeued === 0 ? [] : [`${countPt(requeued, 'documento', 'documentos')} de novo na fila de envio.`]),
  ];
}
