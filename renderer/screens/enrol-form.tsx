import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import { BRAZILIAN_TIME_ZONES, type BrazilianTimeZone } from '../../contract/time-zones.ts';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { SelectField } from '../components/select-field.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';
import { replaceView } from '../station-store.ts';

/** Places that read the same in every language. */
const PLACES: Readonly<Record<BrazilianTimeZone, string>> = {
  'America/Noronha': 'Fernando de Noronha',
  'America/Sao_Paulo': 'Brasília · São Paulo',
  'America/Campo_Grande': 'Campo Grande',
  'America/Cuiaba': 'Cuiabá',
  'America/Manaus': 'Manaus',
  'America/Porto_Velho': 'Porto Velho',
  'America/Boa_Vista': 'Boa Vista',
  'America/Rio_Branco': 'Rio Branco',
};

/**
 * The four facts that tie this machine to a station of the ERP, and folded away what the ERP's own registers usually
 * answer. What the server refuses is said in place.
 */
export function EnrolForm() {
  const t = useTexts();
  const station = useStation();
  const [server, setServer] = useState('');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [stationCode, setStationCode] = useState('');
  const [customerCode, setCustomerCode] = useState('');
  const [timeZone, setTimeZone] = useState<BrazilianTimeZone | ''>('');
  const [priceColumn, setPriceColumn] = useState<'1' | '2'>('1');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isWhole = server.trim() !== '' && user.trim() !== '' && stationCode.length === 3;

  async function enrol(): Promise<void> {
    setBusy(true);
    setRefusal(null);
    const reply = await station.call('setup.enrol', {
      server: server.trim(),
      user: user.trim(),
      password,
      stationCode,
      customerCode: customerCode.trim() === '' ? null : customerCode.trim(),
      timeZone: timeZone === '' ? null : timeZone,
      priceColumn: priceColumn === '1' ? 1 : 2,
    });
    setBusy(false);
    if (reply.ok) replaceView(station.store, reply.output);
    else setRefusal(reply.error);
  }

  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (isWhole && !isBusy) void enrol();
      }}
    >
      <Field
        label={t.setup.server}
        placeholder={t.setup.serverHint}
        value={server}
        onText={setServer}
        hint={/^http:\/\//i.test(server.trim()) ? t.setup.plainHttp : undefined}
      />
      <div className="field-pair">
        <Field label={t.setup.user} value={user} onText={setUser} />
        <Field label={t.setup.password} type="password" value={password} onText={setPassword} />
      </div>
      <Field
        label={t.setup.stationCode}
        hint={t.setup.stationCodeHint}
        value={stationCode}
        onText={(text) =>
          setStationCode(
            text
              .toUpperCase()
              .replaceAll(/[^0-9A-Z]/g, '')
              .slice(0, 3),
          )
        }
      />
      <details className="more" open={refusal?.code === 'register_incomplete'}>
        <summary>{t.setup.choices}</summary>
        <div className="stack">
          <Field
            label={t.setup.customerCode}
            hint={t.setup.customerCodeHint}
            value={customerCode}
            onText={setCustomerCode}
          />
          <div className="field-pair">
            <SelectField
              label={t.setup.timeZone}
              value={timeZone}
              options={[
                { value: '', label: t.setup.timeZoneOfState },
                ...BRAZILIAN_TIME_ZONES.map((zone) => ({ value: zone, label: PLACES[zone] })),
              ]}
              onValue={setTimeZone}
            />
            <SelectField
              label={t.setup.priceColumn}
              value={priceColumn}
              options={[
                { value: '1', label: t.setup.firstPrice },
                { value: '2', label: t.setup.secondPrice },
              ]}
              onValue={setPriceColumn}
            />
          </div>
        </div>
      </details>
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button large" disabled={!isWhole || isBusy}>
        {isBusy ? t.setup.working : t.setup.enrol}
      </button>
    </form>
  );
}
