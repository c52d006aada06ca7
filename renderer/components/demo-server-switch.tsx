import { Switch } from '@mantine/core';
import { useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useStation, useStationState } from '../station-context.tsx';
import { replaceView } from '../station-store.ts';
import { RefusalNote } from './refusal-note.tsx';

/** Pulls the plug of the demo store's ERP, and puts it back. */
export function DemoServerSwitch() {
  const t = useTexts();
  const station = useStation();
  const server = useStationState((state) => state.view?.demoServer ?? null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  if (server === null) return null;

  async function turn(running: boolean): Promise<void> {
    setBusy(true);
    const reply = await station.call('demo.setServer', { running });
    setBusy(false);
    setRefusal(reply.ok ? null : reply.error);
    if (reply.ok) replaceView(station.store, reply.output);
  }

  return (
    <section className="demo-server">
      <Switch
        size="lg"
        withThumbIndicator={false}
        checked={server.running}
        disabled={isBusy}
        label={`${t.sync.demoServer}: ${server.running ? t.sync.demoOn : t.sync.demoOff}`}
        description={t.sync.demoText}
        data-testid="demo-server"
        onChange={(event) => void turn(event.currentTarget.checked)}
      />
      <RefusalNote refusal={refusal} />
    </section>
  );
}
