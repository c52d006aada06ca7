import type { KeyFunction } from '../../contract/keys.ts';
import { KeyButton, type KeyAction } from '../components/key-button.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';

/** What the bar can do, by function; the quantity has no function key: it belongs to the number pad. */
export type BarActs = Readonly<Record<BarFunction | 'quantity', () => void>>;
type BarFunction = Extract<
  KeyFunction,
  | 'help'
  | 'cpf'
  | 'search'
  | 'salesperson'
  | 'discount'
  | 'removeItem'
  | 'park'
  | 'priceCheck'
  | 'sales'
  | 'summary'
  | 'cash'
  | 'lock'
  | 'abandon'
>;

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
  readonly act: BarActs;
  readonly operator: string;
}) {
  const t = useTexts();
  const { keys, title, label } = useFunctionKeys();
  const needsItems = has.items ? null : t.till.noItems;
  const needsNoTender = needsItems ?? (has.tenders ? t.till.hasTenders : null);
  const of = (name: BarFunction, more: Partial<KeyAction> = {}): KeyAction => ({
    keys: keys[name],
    label: label(name),
    act: act[name],
    ...more,
  });
  const actions: readonly KeyAction[] = [
    of('help'),
    of('cpf', { deniedBecause: needsItems }),
    of('search'),
    of('salesperson'),
    of('discount', { deniedBecause: needsNoTender }),
    of('removeItem', { deniedBecause: needsNoTender }),
    { keys: '*', label: t.keys.quantity, act: act.quantity, deniedBecause: needsNoTender },
    of('park', {
      label: has.items ? label('park') : t.keys.recall,
      deniedBecause: has.tenders ? t.till.hasTenders : null,
    }),
    of('priceCheck'),
    of('sales'),
    of('summary'),
    of('cash'),
    of('lock'),
    of('abandon', { deniedBecause: needsItems, tone: 'careful' }),
  ];
  return (
    <nav className="function-bar" aria-label={`${title} · ${operator}`}>
      {actions.map((action) => (
        <KeyButton key={action.keys} action={action} />
      ))}
    </nav>
  );
}
