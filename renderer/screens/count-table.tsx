import type { CashCountView } from '../../contract/cash-views.ts';
import { formatCents } from '../../contract/format.ts';
import { useTexts } from '../i18n/preferences.tsx';
import type { Texts } from '../i18n/texts.ts';

/** Expected, counted and difference of the last count, and what the first one came to. */
export function CountTable({ counts }: { readonly counts: readonly CashCountView[] }) {
  const t = useTexts();
  const last = counts.at(-1);
  if (last === undefined) return null;
  const first = counts.length > 1 ? counts[0] : undefined;
  const lines = last.lines.filter(
    (line) => line.kind === 'cash' || line.expectedCents !== 0 || line.countedCents !== 0,
  );
  return (
    <table className="count-table" data-testid="count-table">
      <thead>
        <tr>
          <th scope="col">{t.cash.place}</th>
          <th scope="col">{t.cash.expected}</th>
          <th scope="col">{t.cash.counted}</th>
          <th scope="col">{t.cash.difference}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={`${line.paymentTypeId} ${line.acquirerId ?? ''}`}>
            <th scope="row">{line.description}</th>
            <td>{formatCents(line.expectedCents)}</td>
            <td>{formatCents(line.countedCents)}</td>
            <Difference cents={line.differenceCents} />
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr className="count-sum">
          <th scope="row">{t.cash.total}</th>
          <td colSpan={2} />
          <Difference cents={last.differenceCents} />
        </tr>
        {first !== undefined && (
          <tr>
            <th scope="row">{t.cash.firstCount}</th>
            <td colSpan={2} />
            <Difference cents={first.differenceCents} />
          </tr>
        )}
      </tfoot>
    </table>
  );
}

function Difference({ cents }: { readonly cents: number }) {
  const t = useTexts();
  return <td className={cents === 0 ? 'good' : 'attention'}>{differenceText(t, cents)}</td>;
}

/** Never by its colour alone: the word says which way it is. */
function differenceText(t: Texts, cents: number): string {
  if (cents === 0) return t.cash.exact;
  return `${cents > 0 ? t.cash.over : t.cash.short} ${formatCents(Math.abs(cents))}`;
}
