import type { PaymentTypeView } from '../../contract/station-views.ts';
import { KeyCap } from '../components/key-cap.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';

const MAX_DIGITS = 9;

/** The payment types by digit, in the order of the station group: the same digits on every till. */
export function PaymentTypes({
  types,
  onChoose,
}: {
  readonly types: readonly PaymentTypeView[];
  readonly onChoose: (type: PaymentTypeView) => void;
}) {
  const t = useTexts();
  const byDigit = types.slice(0, MAX_DIGITS).filter((type) => type.supported);
  useKeys('screen', Object.fromEntries(byDigit.map((type) => [String(types.indexOf(type) + 1), () => onChoose(type)])));
  return (
    <>
      <h2 className="payment-question">{t.payment.choose}</h2>
      <ul className="payment-types">
        {types.map((type, index) => (
          <li key={type.paymentTypeId}>
            <button
              type="button"
              className="payment-type"
              disabled={!type.supported}
              data-testid={`payment-${type.kind}`}
              onClick={() => onChoose(type)}
            >
              {index < MAX_DIGITS && <KeyCap keys={String(index + 1)} />}
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
