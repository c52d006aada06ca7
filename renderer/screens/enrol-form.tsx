import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';
import { replaceView } from '../station-store.ts';

/** The four facts that tie this machine to a station of the ERP. What the server refuses is said in place. */
export function EnrolForm() {
  const t = useTexts();
  const station = useStation();
  const [server, setServer] = useState('');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const [stationCode, setStationCode] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isWhole = server.trim() !== '' && user.trim() !== '' && stationCode.length === 3;

  async function enrol(): Promise<void> {
    setBusy(true);
    setRefusal(null);
    const input = { server: server.trim(), user: user.trim(), password, stationCode };
    const reply = await station.call('setup.enrol', input);
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
      <RefusalNote refusal={refusal} />
      <button type="submit" className="button large" disabled={!isWhole || isBusy}>
        {isBusy ? t.setup.working : t.setup.enrol}
      </button>
    </form>
  );
}
