import { useTexts } from '../i18n/preferences.tsx';
import { useStationState } from '../station-context.tsx';
import { useState } from 'react';
import { useFeedback } from './feedback.tsx';
import { PreferencesMenu } from './preferences-menu.tsx';
import { PrinterBadge } from './printer-badge.tsx';
import { PrinterDialog } from './printer-dialog.tsx';
import { SyncBadge } from './sync-badge.tsx';

/** Where the person is: shop, station, operator; and how replication is. */
export function TopBar({ onOpenSync }: { readonly onOpenSync: () => void }) {
  const t = useTexts();
  const station = useStationState((state) => state.view?.station ?? null);
  const operator = useStationState((state) => state.view?.operator ?? null);
  const isLoaded = useStationState((state) => state.load?.state === 'done');
  const isDemo = useStationState((state) => state.view?.setup === 'demo');
  const [isPrinterOpen, setPrinterOpen] = useState(false);
  const { clear } = useFeedback();
  const openPrinter = () => {
    clear();
    setPrinterOpen(true);
  };
  return (
    <header className="top-bar">
      <strong className="top-bar-station">{station?.code ?? t.app.name}</strong>
      {station !== null && <span className="top-bar-branch">{station.branchName}</span>}
      {isDemo && <span className="tag">{t.app.demo}</span>}
      <span className="top-bar-space" />
      {station !== null && <PrinterBadge onOpen={openPrinter} />}
      {station !== null && isLoaded && <SyncBadge onOpen={onOpenSync} />}
      {operator !== null && (
        <span className="top-bar-operator" data-testid="operator">
          {operator.name}
        </span>
      )}
      <PreferencesMenu onPrinter={station === null ? null : openPrinter} />
      {isPrinterOpen && <PrinterDialog onClose={() => setPrinterOpen(false)} />}
    </header>
  );
}
