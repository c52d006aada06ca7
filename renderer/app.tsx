import { useEffect, useState } from 'react';
import type { ReplacedStationView } from '../contract/setup-views.ts';
import { ApprovalProvider } from './components/approval.tsx';
import { Banner } from './components/banner.tsx';
import { CoreOverlay } from './components/core-overlay.tsx';
import { FeedbackProvider, useFeedback } from './components/feedback.tsx';
import { SyncPanel } from './components/sync-panel.tsx';
import { TopBar } from './components/top-bar.tsx';
import { PreferencesProvider, useTexts } from './i18n/preferences.tsx';
import { useFunctionKeys } from './keyboard/function-keys.ts';
import { IdleLock } from './keyboard/idle-lock.tsx';
import { KeyboardProvider, useKeys } from './keyboard/keyboard.tsx';
import { LoadScreen } from './screens/load-screen.tsx';
import { LoginScreen } from './screens/login-screen.tsx';
import { StartScreen } from './screens/start-screen.tsx';
import { Workplace } from './screens/workplace.tsx';
import { ReplacedNote } from './setup/replaced-note.tsx';
import { ReadyScreen } from './setup/ready-screen.tsx';
import { WizardFrame } from './setup/wizard-frame.tsx';
import type { Station } from './station-calls.ts';
import { StationProvider, useStation, useStationState } from './station-context.tsx';

/** The whole window over one connection to the core. */
export function App({ station }: { readonly station: Station }) {
  return (
    <PreferencesProvider systemLanguage={station.bridge.language}>
      <StationProvider station={station}>
        <KeyboardProvider>
          <FeedbackProvider>
            <IdleLock>
              <ApprovalProvider>
                <Frame />
              </ApprovalProvider>
            </IdleLock>
          </FeedbackProvider>
        </KeyboardProvider>
      </StationProvider>
    </PreferencesProvider>
  );
}

function Frame() {
  const [isSyncOpen, setSyncOpen] = useState(false);
  const hasStation = useStationState((state) => state.view?.station != null);
  useRestoredNotice();
  const { bind } = useFunctionKeys();
  useKeys('app', bind({ sync: hasStation ? () => setSyncOpen(true) : undefined }));
  return (
    <div className="frame">
      <TopBar onOpenSync={() => setSyncOpen(true)} />
      <Banner />
      <main className="screen">
        <CurrentScreen />
      </main>
      {isSyncOpen && <SyncPanel onClose={() => setSyncOpen(false)} />}
      <CoreOverlay />
    </div>
  );
}

/** After a start or a crash of the core, says that the half-rung sale is back. */
function useRestoredNotice(): void {
  const t = useTexts();
  const { store } = useStation();
  const { praise } = useFeedback();
  useEffect(
    () =>
      store.subscribe((state, before) => {
        const hasSale = state.sale !== null && state.sale.lines.length > 0 && state.view?.operator != null;
        if (state.loads > before.loads && hasSale) praise(t.till.restored);
      }),
    [store, praise, t],
  );
}

/** Set-up, load, operator, till: each is shown until the core says that it is done. */
function CurrentScreen() {
  const setup = useStationState((state) => state.view?.setup);
  const load = useStationState((state) => state.load);
  const isOperatorIn = useStationState((state) => state.view?.operator != null);
  // Whether this window saw the store being set up: then it tells at the end what the store has.
  const [isFirstRun, setFirstRun] = useState(false);
  const [replaced, setReplaced] = useState<ReplacedStationView | null>(null);
  const isLoading = setup !== 'empty' && load !== null && load.state !== 'done';
  if (setup === undefined) return null;
  if (!isFirstRun && (setup === 'empty' || isLoading)) setFirstRun(true);
  if (setup === 'empty') return <StartScreen onReplaced={setReplaced} />;
  if (isLoading && setup === 'demo') return <LoadScreen load={load} />;
  if (isLoading) {
    return (
      <WizardFrame step="load" isReplacing={replaced !== null}>
        {replaced !== null && <ReplacedNote replaced={replaced} />}
        <LoadScreen load={load} />
      </WizardFrame>
    );
  }
  if (isFirstRun && setup === 'store' && !isOperatorIn) {
    return (
      <WizardFrame step="ready" isReplacing={replaced !== null}>
        {replaced !== null && <ReplacedNote replaced={replaced} />}
        <ReadyScreen onStart={() => setFirstRun(false)} />
      </WizardFrame>
    );
  }
  if (!isOperatorIn) return <LockedTill />;
  return <Workplace />;
}

/** A scan before anyone signed in is refused aloud, not lost. */
function LockedTill() {
  const { refuse } = useFeedback();
  useKeys('app', {}, { onScan: () => refuse({ code: 'login_required' }) });
  return <LoginScreen />;
}
