import { useRef, useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import type { OperatorView } from '../../contract/station-views.ts';
import { DemoPin } from '../components/demo-pin.tsx';
import { Field } from '../components/field.tsx';
import { PinPad } from '../components/pin-pad.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useQuery } from '../components/use-query.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation, useStationState } from '../station-context.tsx';
import { replaceView } from '../station-store.ts';

const DIGITS = Array.from('0123456789');
const NO_KEYS = {};

/** Who is at the till: a name or a code, then the PIN. */
export function LoginScreen() {
  const t = useTexts();
  const operators = useQuery('operator.list', {});
  const hasSale = useStationState(({ sale }) => sale !== null && sale.lines.length > 0);
  const [code, setCode] = useState<string | null>(null);
  useKeys('screen', NO_KEYS, { isReading: operators.state === 'reading' });
  if (code !== null) {
    const name = operators.output?.find((operator) => operator.code === code)?.name ?? code;
    return <PinStep code={code} name={name} onBack={() => setCode(null)} />;
  }
  return (
    <div className="login">
      <h1>{t.login.title}</h1>
      {hasSale && (
        <p className="note attention" data-testid="sale-waits">
          {t.login.saleWaits}
        </p>
      )}
      {operators.state === 'refused' && <RefusalNote refusal={operators.error} />}
      {operators.output !== undefined && <WhoStep operators={operators.output} onChoose={setCode} />}
    </div>
  );
}

function WhoStep({
  operators,
  onChoose,
}: {
  readonly operators: readonly OperatorView[];
  readonly onChoose: (code: string) => void;
}) {
  const t = useTexts();
  const [typed, setTyped] = useState('');
  const form = useRef<HTMLFormElement>(null);
  // A code typed while a name has the focus goes to the code field.
  const typeDigit = (digit: string) => () => {
    setTyped((text) => text + digit);
    form.current?.querySelector('input')?.focus();
  };
  useKeys('screen', Object.fromEntries(DIGITS.map((digit) => [digit, typeDigit(digit)])));
  return (
    <>
      {operators.length === 0 && <p>{t.login.noOperators}</p>}
      <ul className="operators">
        {operators.map((operator, index) => (
          <li key={operator.code}>
            <button
              type="button"
              className="operator"
              autoFocus={index === 0}
              data-testid={`operator-${operator.code}`}
              onClick={() => onChoose(operator.code)}
            >
              <span className="operator-code">{operator.code}</span>
              <span className="operator-name">{operator.name}</span>
              <span className="operator-profile">{t.app.profile(operator.profile)}</span>
            </button>
          </li>
        ))}
      </ul>
      <form
        className="login-code"
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== '') onChoose(typed.trim());
        }}
      >
        <Field
          label={t.login.code}
          placeholder={t.login.codeHint}
          value={typed}
          onText={setTyped}
          data-testid="operator-code"
        />
      </form>
    </>
  );
}

function PinStep({
  code,
  name,
  onBack,
}: {
  readonly code: string;
  readonly name: string;
  readonly onBack: () => void;
}) {
  const t = useTexts();
  const station = useStation();
  const [pin, setPin] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  useKeys('screen', { Escape: onBack });

  async function login(): Promise<void> {
    if (pin === '' || isBusy) return;
    setBusy(true);
    const reply = await station.call('operator.login', { code, pin });
    setBusy(false);
    setPin('');
    if (!reply.ok) return setRefusal(reply.error);
    const view = await station.call('station.view', {});
    if (view.ok) replaceView(station.store, view.output);
  }

  return (
    <form
      className="login pin-step"
      onSubmit={(event) => {
        event.preventDefault();
        void login();
      }}
    >
      <h1>{name}</h1>
      <PinPad label={t.login.pinOf(name)} pin={pin} onPin={setPin} submitLabel={t.login.enter} isBusy={isBusy} />
      <DemoPin operatorCode={code} />
      <RefusalNote refusal={refusal} />
      <button type="button" className="button quiet" onClick={onBack}>
        {t.login.other}
      </button>
    </form>
  );
}
