import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import type { SyncView } from '../../contract/station-views.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';
import { Field } from './field.tsx';
import { RefusalNote } from './refusal-note.tsx';

/** Replication that waits for a person: the reason in the shop's words and the server's, and the way on. */
export function SyncStopped({ sync }: { readonly sync: SyncView }) {
  const t = useTexts();
  const station = useStation();
  const [password, setPassword] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  if (sync.stoppedReason === null) return null;
  const needsPassword = sync.stoppedReason === 'password_wrong' || sync.stoppedReason === 'password_unreadable';

  async function resume(): Promise<void> {
    const reply = await station.call('sync.resume', { password: needsPassword && password !== '' ? password : null });
    setRefusal(reply.ok ? null : reply.error);
    if (reply.ok) station.store.setState({ sync: reply.output });
  }

  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void resume();
      }}
    >
      <p>{t.sync.stopReason(sync.stoppedReason)}</p>
      {sync.stoppedText !== null && <blockquote>{t.app.said(sync.stoppedText)}</blockquote>}
      {needsPassword && (
        <Field label={t.sync.password} type="password" data-autofocus value={password} onText={setPassword} />
      )}
      <button type="submit" className="button primary" data-autofocus>
        {t.sync.resume}
      </button>
      <RefusalNote refusal={refusal} />
    </form>
  );
}
