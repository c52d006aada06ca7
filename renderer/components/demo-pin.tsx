import { useTexts } from '../i18n/preferences.tsx';
import { useStationState } from '../station-context.tsx';

/** The operators of the embedded demo store, as its sandbox seeds them. They open nothing else. */
const DEMO_PINS: Readonly<Record<string, string>> = { '1': '1111', '2': '2222', '9': '9999', '99': '9090' };

/** In the demo store nobody was told a PIN, so the screen tells it. */
export function DemoPin({ operatorCode }: { readonly operatorCode: string | null }) {
  const t = useTexts();
  const isDemo = useStationState((state) => state.view?.setup === 'demo');
  const pin = DEMO_PINS[operatorCode ?? ''];
  if (!isDemo || pin === undefined) return null;
  return (
    <p className="demo-hint">
      {t.login.demoPin} <strong>{pin}</strong>
    </p>
  );
}
