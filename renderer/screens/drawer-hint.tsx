import { formatCents } from '../../contract/format.ts';
import { keyCap } from '../../contract/keys.ts';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';

/** Asks calmly for a withdrawal while there is more in the drawer than the policy likes; nothing says how much. */
export function DrawerHint({ saleId }: { readonly saleId: string | null }) {
  const t = useTexts();
  const { keys } = useFunctionKeys();
  const drawer = useQuery('cashSession.drawer', {}, saleId);
  if (drawer.output?.isAboveLimit !== true) return null;
  return (
    <p className="note attention drawer-hint" role="status" data-testid="drawer-hint">
      {t.cash.aboveLimit(formatCents(drawer.output.limitCents), keyCap(keys.cash))}
    </p>
  );
}
