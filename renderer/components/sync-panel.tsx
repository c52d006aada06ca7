import { Drawer } from '@mantine/core';
import type { SyncView } from '../../contract/station-views.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStationState } from '../station-context.tsx';
import { DIALOG_ATTRIBUTES, focusFirst } from './dialog.tsx';
import { DemoServerSwitch } from './demo-server-switch.tsx';
import { OfflineChanges } from './offline-changes.tsx';
import { SendNow } from './send-now.tsx';
import { SyncAlerts } from './sync-alerts.tsx';
import { SyncErrors } from './sync-errors.tsx';
import { SyncStopped } from './sync-stopped.tsx';
import { keptWords, syncWords } from './sync-words.ts';
import { useFocusBack } from './use-focus-back.ts';
import { useNow } from './use-now.ts';
import { useBranchClock } from '../use-branch-clock.ts';

/** Why replication is as it is, and what a person can do about it. */
export function SyncPanel({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const sync = useStationState((state) => state.sync);
  const now = useNow(1_000);
  const clock = useBranchClock();
  useFocusBack();
  useKeys('dialog', { Escape: onClose }, { isModal: true });
  if (sync === null) return null;
  const { tone, text } = syncWords(t, sync, now);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="30rem"
      title={t.sync.title}
      closeOnEscape={false}
      // The page never scrolls; the lock would add a style without the nonce of the page.
      lockScroll={false}
      overlayProps={{ backgroundOpacity: 0.4 }}
      transitionProps={{ duration: 0 }}
      closeButtonProps={{ 'aria-label': t.app.close, size: '2.75rem', iconSize: '1.25rem' }}
      classNames={{ content: 'dialog', header: 'dialog-header', title: 'dialog-title', body: 'dialog-body' }}
      attributes={DIALOG_ATTRIBUTES}
    >
      <div className="sync-panel" data-testid="sync-panel" ref={focusFirst}>
        <section className={`sync-now ${tone}`}>
          <p className="sync-state">{text}</p>
          <p>{keptWords(t, sync)}</p>
          {sync.unreachableSince !== null && <p>{t.sync.since(clock.time(sync.unreachableSince))}</p>}
          <NextAttempt sync={sync} />
        </section>
        <SyncStopped sync={sync} />
        <SyncAlerts sync={sync} />
        <SendNow />
        {/* Above what comes and goes with it: who turned it off finds it where it was. */}
        <DemoServerSwitch />
        {/* What is asked for while it is so stands before the rest. */}
        {sync.reachability === 'unreachable' && <OfflineChanges />}
        <Queue sync={sync} />
        {sync.errors > 0 && <SyncErrors errors={sync.errors} />}
        <BrokenMethods sync={sync} />
        <Facts sync={sync} />
        {sync.reachability !== 'unreachable' && <OfflineChanges />}
      </div>
    </Drawer>
  );
}

function NextAttempt({ sync }: { readonly sync: SyncView }) {
  const t = useTexts();
  if (sync.sending) return <p>{t.sync.sending}</p>;
  if (sync.nextAttemptInMs === null) return null;
  return <p>{t.sync.next(Math.ceil(sync.nextAttemptInMs / 1000))}</p>;
}

function Queue({ sync }: { readonly sync: SyncView }) {
  const t = useTexts();
  const states = Object.entries(sync.queue).filter(([, count]) => count > 0);
  return (
    <section>
      <h3>{t.sync.queue}</h3>
      {sync.waiting === 0 && states.length === 0 && <p className="muted">{t.sync.queueEmpty}</p>}
      <dl className="facts">
        {states.map(([state, count]) => (
          <div key={state}>
            <dt>{t.sync.state(state)}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Parts of the server that do not answer while the rest does. */
function BrokenMethods({ sync }: { readonly sync: SyncView }) {
  const t = useTexts();
  const clock = useBranchClock();
  if (sync.methods.length === 0) return null;
  return (
    <section data-testid="broken-methods">
      <h3>{t.sync.methodsTitle}</h3>
      <dl className="facts">
        {sync.methods.map((broken) => (
          <div key={broken.method} className="wide">
            <dt>{broken.method}</dt>
            <dd>
              {t.app.said(broken.text)} <span className="muted">{clock.instant(broken.since)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Facts({ sync }: { readonly sync: SyncView }) {
  const t = useTexts();
  const clock = useBranchClock();
  const when = (at: string | null) => (at === null ? t.sync.never : clock.instant(at));
  return (
    <section>
      <dl className="facts">
        <div>
          <dt>{t.sync.lastConfirmed}</dt>
          <dd>{when(sync.lastConfirmedAt)}</dd>
        </div>
        <div>
          <dt>{t.sync.lastPull}</dt>
          <dd>{when(sync.lastPullAt)}</dd>
        </div>
        {sync.lastError !== null && (
          <div className="wide">
            <dt>{t.sync.lastError}</dt>
            <dd>
              {t.app.said(sync.lastError.text)} <span className="muted">{when(sync.lastError.at)}</span>
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}
