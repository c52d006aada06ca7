import { formatCents } from '../../contract/format.ts';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';

/** Asks calmly for a withdrawal while there is more in the drawer than the policy likes; nothing says how much. */
export function DrawerHint({ saleId }: { readonly saleId: string | null }) {
  const t = useTexts();
  const drawer = useQuery('cashSession.drawer', {}, saleId);
  if (drawer.output?.isAboveLimit !== true) return null;
  return (
    <p className="note attention drawer-hint" role="status" data-testid="drawer-hint">
      {t.cash.aboveLimit(formatCents(drawer.output.limitCents))}
    </p>
  );
}
