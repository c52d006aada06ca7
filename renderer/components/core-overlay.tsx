import { useTexts } from '../i18n/preferences.tsx';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation, useStationState } from '../station-context.tsx';

/** Over everything while the core is not there: the sale is safe and comes back by itself. */
export function CoreOverlay() {
  const t = useTexts();
  const { bridge } = useStation();
  const core = useStationState((state) => state.core);
  const isLoaded = useStationState((state) => state.view !== null);
  const isCovering = core.state !== 'ready' || !isLoaded;
  // Scans go on to the sale, which waits for the core; the keys of the screen below would act on what may change.
  useKeys('overlay', {}, { isModal: isCovering });
  if (!isCovering) return null;
  if (core.state === 'stopped') {
    return (
      <div className="core-overlay" role="alertdialog" aria-label={t.app.stopped} data-testid="core-overlay">
        <h2>{t.app.stopped}</h2>
        <p>{core.reason ?? t.app.stoppedText}</p>
        <button type="button" className="button" autoFocus onClick={() => bridge.restartCore()}>
          {t.app.restart}
        </button>
      </div>
    );
  }
  return (
    <div className="core-overlay" role="status" data-testid="core-overlay">
      <span className="spinner" aria-hidden="true" />
      <h2>{isLoaded ? t.app.recovering : t.app.loading}</h2>
      {isLoaded && <p>{t.app.recoveringText}</p>}
    </div>
  );
}
