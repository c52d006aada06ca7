import { Dialog } from '../components/dialog.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { useTexts } from '../i18n/preferences.tsx';

/** Every key of the till on one page. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const screen: readonly (readonly [string, string])[] = [
    ['F1 ?', t.keys.help],
    ['F2', t.keys.cpf],
    ['Ctrl F2', t.keys.customer],
    ['F3', t.keys.search],
    ['F4', t.keys.salesperson],
    ['F5', t.keys.discount],
    ['F6', t.keys.removeItem],
    ['F7', `${t.keys.park} / ${t.keys.recall}`],
    ['F9', t.keys.pay],
    ['F10', t.keys.finish],
    ['F11', t.keys.cash],
    ['F12', t.keys.lock],
    ['Ctrl P', t.keys.priceCheck],
    ['Ctrl L', t.keys.sales],
    ['Ctrl D', t.keys.summary],
    ['Ctrl B', t.pix.title],
    ['Ctrl G', t.printing.openDrawer],
    ['Ctrl I', t.printing.printAgain],
    ['Ctrl S', t.keys.sync],
    ['Ctrl Del', t.keys.abandon],
    ['↑ ↓', t.keys.arrows],
    ['Esc', t.keys.escape],
  ];
  const pad: readonly (readonly [string, string])[] = [
    ['*', t.keys.padQuantity],
    ['/', t.keys.padSalesperson],
    ['//', t.keys.padSalespersonAll],
    ['-', t.keys.padDiscount],
    ['+', t.keys.padPay],
  ];
  return (
    <Dialog title={t.keys.title} onClose={onClose} size="xl">
      <div className="keys-page" data-autofocus tabIndex={-1}>
        <KeyList title={t.keys.byKeyboard} keys={screen} />
        <KeyList title={t.keys.byPad} keys={pad} />
      </div>
    </Dialog>
  );
}

function KeyList({ title, keys }: { readonly title: string; readonly keys: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl className="key-list">
        {keys.map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <KeyCap keys={key} />
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
