import { useState } from 'react';
import { Icon } from '../components/icon.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { PrinterDialog } from '../components/printer-dialog.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { ReadyItem } from './ready-item.tsx';
import { SecondBackup } from './second-backup.tsx';
import { useReadiness } from './use-readiness.ts';

/** What this station has for a day without its server. It tells, and never stands in the way of selling. */
export function ReadyScreen({ onStart }: { readonly onStart: () => void }) {
  const t = useTexts();
  const [isPrinterOpen, setPrinterOpen] = useState(false);
  const { items, printer, second, reread } = useReadiness();
  return (
    <div className="wizard-form ready">
      <header>
        <h1>{t.ready.title}</h1>
        <p>{t.ready.lead}</p>
      </header>
      <ul className="findings">
        {items.map((item) => (
          <ReadyItem key={item.name} item={item} />
        ))}
        <ReadyItem item={printer}>
          {printer.state === 'missing' && (
            <button type="button" className="button finding-form" onClick={() => setPrinterOpen(true)}>
              {t.ready.choosePrinter}
            </button>
          )}
        </ReadyItem>
        <ReadyItem item={second}>{second.state === 'missing' && <SecondBackup onKept={reread} />}</ReadyItem>
      </ul>
      <footer>
        <div className="wizard-actions">
          <button type="button" className="button large" onClick={reread}>
            {t.ready.again}
          </button>
          <span className="wizard-why" />
          <button type="button" className="button primary large" autoFocus data-testid="to-the-till" onClick={onStart}>
            <Icon name="check" /> {t.ready.start} <KeyCap keys="Enter" />
          </button>
        </div>
      </footer>
      {isPrinterOpen && <PrinterDialog onClose={() => setPrinterOpen(false)} />}
    </div>
  );
}
