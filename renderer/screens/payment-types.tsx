import type { PaymentTypeView } from '../../contract/station-views.ts';
import { KeyCap } from '../components/key-cap.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';

/** The payment types with the digits of the station group: the same on every till. */
export function PaymentTypes({
  types,
  onChoose,
}: {
  readonly types: readonly PaymentTypeView[];
  readonly onChoose: (type: PaymentTypeView) => void;
}) {
  const t = useTexts();
  const byDigit = types.filter(({ digit, supported }) => digit !== null && supported);
  useKeys('screen', Object.fromEntries(byDigit.map((type) => [String(type.digit), () => onChoose(type)])));
  return (
    <>
      <h2 className="payment-question">{t.payment.choose}</h2>
      <ul className="payment-types">
        {inOrder(types).map((type) => (
          <li key={type.paymentTypeId}>
            <button
              type="button"
              className="payment-type"
              disabled={!type.supported}
              data-testid={`payment-${type.kind}`}
              onClick={() => onChoose(type)}
            >
              {type.digit !== null && <KeyCap keys={String(type.digit)} />}
              <span>{type.description}</span>
              {type.unavailable !== null && (
                <span className="key-button-reason">{t.pix.unavailable(type.unavailable)}</span>
              )}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** By their digits; what has none comes last. */
function inOrder(types: readonly PaymentTypeView[]): readonly PaymentTypeView[] {
  return types.toSorted((a, b) => (a.digit ?? types.length + 9) - (b.digit ?? types.length + 9));
}
