import { KeyButton, type KeyAction } from '../components/key-button.tsx';
import { useTexts } from '../i18n/preferences.tsx';

type FunctionName =
  | 'help'
  | 'cpf'
  | 'search'
  | 'salesperson'
  | 'discount'
  | 'removeItem'
  | 'park'
  | 'quantity'
  | 'price'
  | 'sales'
  | 'summary'
  | 'cash'
  | 'lock'
  | 'abandon';

/**
 * The functions of the till with their keys; what is not possible now says why. Paying is far from parking, and the
 * customer stands beside the total.
 */
export function FunctionBar({
  has,
  act,
  operator,
}: {
  readonly has: { readonly items: boolean; readonly tenders: boolean };
  readonly act: Readonly<Record<FunctionName, () => void>>;
  readonly operator: string;
}) {
  const t = useTexts();
  const needsItems = has.items ? null : t.till.noItems;
  const needsNoTender = needsItems ?? (has.tenders ? t.till.hasTenders : null);
  const actions: readonly KeyAction[] = [
    { keys: 'F1', label: t.keys.help, act: act.help },
    { keys: 'F2', label: t.keys.cpf, act: act.cpf, deniedBecause: needsItems },
    { keys: 'F3', label: t.keys.search, act: act.search },
    { keys: 'F4', label: t.keys.salesperson, act: act.salesperson },
    { keys: 'F5', label: t.keys.discount, act: act.discount, deniedBecause: needsNoTender },
    { keys: 'F6', label: t.keys.removeItem, act: act.removeItem, deniedBecause: needsNoTender },
    { keys: '*', label: t.keys.quantity, act: act.quantity, deniedBecause: needsNoTender },
    {
      keys: 'F7',
      label: has.items ? t.keys.park : t.keys.recall,
      act: act.park,
      deniedBecause: has.tenders ? t.till.hasTenders : null,
    },
    { keys: 'Ctrl P', label: t.keys.priceCheck, act: act.price },
    { keys: 'Ctrl L', label: t.keys.sales, act: act.sales },
    { keys: 'Ctrl D', label: t.keys.summary, act: act.summary },
    { keys: 'F11', label: t.keys.cash, act: act.cash },
    { keys: 'F12', label: t.keys.lock, act: act.lock },
    { keys: 'Ctrl Del', label: t.keys.abandon, act: act.abandon, deniedBecause: needsItems, tone: 'careful' },
  ];
  return (
    <nav className="function-bar" aria-label={`${t.keys.title} · ${operator}`}>
      {actions.map((action) => (
        <KeyButton key={action.keys} action={action} />
      ))}
    </nav>
  );
}
