import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import { Field } from '../components/field.tsx';
import { RefusalNote } from '../components/refusal-note.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation } from '../station-context.tsx';

/** Chooses the second place of backups where it is missed. */
export function SecondBackup({ onKept }: { readonly onKept: () => void }) {
  const t = useTexts();
  const station = useStation();
  const [folder, setFolder] = useState('');
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function keep(): Promise<void> {
    setRefusal(null);
    const reply = await station.call('backup.configure', { secondFolder: folder.trim() });
    if (reply.ok) onKept();
    else setRefusal(reply.error);
  }

  return (
    <form
      className="finding-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (folder.trim() !== '') void keep();
      }}
    >
      <Field
        label={t.ready.secondFolder}
        placeholder={t.ready.secondFolderHint}
        value={folder}
        onText={setFolder}
        after={
          <button type="submit" className="button" disabled={folder.trim() === ''}>
            {t.ready.keepFolder}
          </button>
        }
      />
      <RefusalNote refusal={refusal} />
    </form>
  );
}
