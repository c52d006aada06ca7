import { useState } from 'react';
import type { SessionClosingView } from '../../contract/cash-views.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation, useStationState } from '../station-context.tsx';
import { CashScreen } from './cash-screen.tsx';
import { ClosingScreen } from './closing-screen.tsx';
import { FinishedScreen } from './finished-screen.tsx';
import { LeftOverScreen } from './left-over-screen.tsx';
import { OpenSessionScreen } from './open-session-screen.tsx';
import { PaymentScreen } from './payment-screen.tsx';
import { PixScreen } from './pix-screen.tsx';
import { SalesScreen } from './sales-screen.tsx';
import { SummaryScreen } from './summary-screen.tsx';
import { TillProvider } from './till-provider.tsx';
import { TillScreen } from './till-screen.tsx';
import { useTill } from './till-state.tsx';

/** What an operator sees: the till while the cash session is open, else its opening. */
export function Workplace() {
  const session = useStationState((state) => state.view?.cashSession ?? null);
  const [closing, setClosing] = useState<SessionClosingView | null>(null);
  if (closing !== null) return <ClosingScreen closing={closing} onContinue={() => setClosing(null)} />;
  if (session === null) return <OpenSessionScreen />;
  return (
    <TillProvider key={session.cashSessionId}>
      <OpenTill onClosed={setClosing} />
    </TillProvider>
  );
}

function OpenTill({ onClosed }: { readonly onClosed: (closing: SessionClosingView) => void }) {
  const station = useStation();
  const till = useTill();
  const session = useStationState((state) => state.view?.cashSession ?? null);
  const sale = useStationState((state) => state.sale);
  const { finished, place } = till;
  useKeys(
    'app',
    { F12: () => void station.call('operator.logout', {}) },
    { onScan: (code) => void till.addItem(code) },
  );

  if (place === 'sales')
    return <SalesScreen onBack={() => till.go('till')} onPix={() => till.go('pix')} canCancel={session !== null} />;
  if (place === 'pix') return <PixScreen onBack={() => till.go('sales')} />;
  if (place === 'summary') return <SummaryScreen onBack={() => till.go('till')} />;
  // What was counted is closed or counted once more: there is nothing to sell in it.
  if (session !== null && (place === 'cash' || session.isCounted)) {
    return <CashScreen session={session} onBack={() => till.go('till')} onClosed={onClosed} />;
  }
  if (session?.isLeftOver === true && (sale === null || sale.lines.length === 0)) {
    return <LeftOverScreen session={session} onCount={() => till.go('cash')} />;
  }
  if (finished !== null) return <FinishedScreen finished={finished} />;
  if (place === 'payment' && sale !== null && sale.lines.length > 0) {
    // A scan while paying changes what is due: the choice of how to pay starts again.
    return <PaymentScreen key={`${sale.lines.length} ${sale.totalCents}`} sale={sale} />;
  }
  return <TillScreen />;
}
