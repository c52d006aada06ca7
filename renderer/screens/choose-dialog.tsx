import { Dialog } from '../components/dialog.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useTill } from './till-state.tsx';

/** Two products with one barcode: the person holds the piece and knows which it is. */
export function ChooseDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const { choices, addItem } = useTill();
  const digits = (choices?.choices ?? []).slice(0, 9).map((choice, index) => [String(index + 1), choice.sku] as const);
  const choose = (sku: string) => {
    onClose();
    if (choices !== null) void addItem(choices.barcode, { sku, quantityMilli: choices.quantityMilli });
  };
  return (
    <Dialog
      title={t.dialogs.chooseTitle}
      onClose={onClose}
      keys={Object.fromEntries(digits.map(([digit, sku]) => [digit, () => choose(sku)]))}
    >
      <ul className="picks">
        {(choices?.choices ?? []).map((choice, index) => (
          <li key={choice.sku}>
            <button
              type="button"
              className="pick"
              data-autofocus={index === 0 ? true : undefined}
              onClick={() => choose(choice.sku)}
            >
              <span className="pick-code">{index + 1}</span>
              <span>{choice.description}</span>
              <span className="muted">
                {choice.color} {choice.size}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
