import { useTexts } from '../i18n/preferences.tsx';
import { useStationState } from '../station-context.tsx';

/** On the screen only while papers do not come out; it opens the printer's dialog with the reason. */
export function PrinterBadge({ onOpen }: { readonly onOpen: () => void }) {
  const t = useTexts();
  const printing = useStationState((state) => state.view?.printing ?? null);
  if (printing === null || (printing.trouble === null && printing.failed === 0)) return null;
  const text = t.printing.badge(printing.trouble?.code ?? null, printing.waiting + printing.failed);
  return (
    <button
      type="button"
      // Never red: no document is at stake.
      className={`sync-badge printer-badge ${printing.failed > 0 ? 'attention' : 'away'}`}
      data-testid="printer-badge"
      aria-haspopup="dialog"
      title={text}
      onClick={onOpen}
    >
      <span className="sync-dot" aria-hidden="true" />
      <span className="badge-text">{text}</span>
    </button>
  );
}
