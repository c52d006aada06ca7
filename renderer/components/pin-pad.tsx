import { useRef } from 'react';
import { useTexts } from '../i18n/preferences.tsx';
import { Field } from './field.tsx';
import { Icon } from './icon.tsx';

const DIGITS = ['7', '8', '9', '4', '5', '6', '1', '2', '3'];
const MAX_PIN_LENGTH = 12;

/** A masked PIN by keyboard or by touch. The field keeps the focus, so that both can be mixed. */
export function PinPad({
  label,
  pin,
  onPin,
  submitLabel,
  isBusy,
}: {
  readonly label: string;
  readonly pin: string;
  readonly onPin: (pin: string) => void;
  readonly submitLabel: string;
  readonly isBusy: boolean;
}) {
  const t = useTexts();
  const place = useRef<HTMLDivElement>(null);
  const type = (next: string) => {
    onPin(next.slice(0, MAX_PIN_LENGTH));
    place.current?.querySelector('input')?.focus();
  };
  return (
    <div className="pin-pad" ref={place}>
      <Field
        label={label}
        type="password"
        inputMode="numeric"
        size="large"
        value={pin}
        data-autofocus
        autoFocus
        data-testid="pin"
        onText={(text) => onPin(text.replaceAll(/\D/g, '').slice(0, MAX_PIN_LENGTH))}
      />
      <div className="pin-keys" role="group" aria-label={t.login.keypad}>
        {DIGITS.map((digit) => (
          <button key={digit} type="button" className="pin-key" tabIndex={-1} onClick={() => type(pin + digit)}>
            {digit}
          </button>
        ))}
        <button
          type="button"
          className="pin-key quiet"
          tabIndex={-1}
          aria-label={t.login.erase}
          onClick={() => type(pin.slice(0, -1))}
        >
          <Icon name="erase" />
        </button>
        <button type="button" className="pin-key" tabIndex={-1} onClick={() => type(`${pin}0`)}>
          {'0'}
        </button>
        <button type="submit" className="pin-key primary" disabled={isBusy || pin === ''}>
          {submitLabel}
        </button>
      </div>
    </div>
  );
}
