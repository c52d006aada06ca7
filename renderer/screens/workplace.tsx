import { useState } from 'react';
import type { CashSessionView, SessionClosingView } from '../../contract/cash-views.ts';
import { useFeedback } from '../components/feedback.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStationState } from '../station-context.tsx';
import { CashScreen } from './cash-screen.tsx';
import { ClosingScreen } from './closing-screen.tsx';
import { FinishedScreen } from './finished-screen.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { LeftOverScreen } from './left-over-screen.tsx';
import { MovementsScreen } from './movements-screen.tsx';
import { OpenSessionScreen } from './open-session-screen.tsx';
import { PaymentScreen } from './payment-screen.tsx';
import { PixScreen } from './pix-screen.tsx';
import { SummaryScreen } from './summary-screen.tsx';
import { TillProvider } from './till-provider.tsx';
import { TillScreen } from './till-screen.tsx';
import { isOfMovements, useTill } from './till-state.tsx';
import { useScans } from './use-scans.ts';
import { useLock } from './use-lock.ts';

/** What an operator sees: the till while the cash session is open, else its opening. */
export function Workplace() {
  const session = useStationState((state) => state.view?.cashSession ?? null);
  const [closing, setClosing] = useState<SessionClosingView | null>(null);
  const lock = useLock();
  const { refuse } = useFeedback();
  const { bind } = useFunctionKeys();
  // Above every dialog: whoever leaves the till does not look for the way out first.
  useKeys('banner', bind({ lock: () => void lock('person') }));
  const isClosed = session === null || closing !== null;
  // A scan is refused aloud, not lost; an open till takes it.
  useKeys('app', {}, { onScan: isClosed ? () => refuse({ code: 'session_closed' }) : undefined });
  if (closing !== null) return <ClosingScreen closing={closing} onContinue={() => setClosing(null)} />;
  if (session === null) return <OpenSessionScreen />;
  return (
    <TillProvider key={session.cashSessionId}>
      <OpenTill session={session} onClosed={setClosing} />
    </TillProvider>
  );
}

type OpenTillProps = {
  readonly session: CashSessionView;
  readonly onClosed: (closing: SessionClosingView) => void;
};

function OpenTill(props: OpenTillProps) {
  const scans = useScans();
  const { bind } = useFunctionKeys();
  const [isHelping, setHelping] = useState(false);
  useKeys('app', bind({ help: () => setHelping(true) }), { onScan: scans.take });
  return (
    <>
      <TillPlace {...props} />
      {isHelping && <KeysDialog onClose={() => setHelping(false)} />}
    </>
  );
}

function TillPlace({ session, onClosed }: OpenTillProps) {
  const till = useTill();
  const sale = useStationState((state) => state.sale);
  const { finished, place } = till;

  if (isOfMovements(place)) {
    return (
      <MovementsScreen
        key={till.opened?.number ?? ''}
        state={place === 'refused' ? 'rejected' : place === 'waiting' ? 'waiting' : null}
        scanned={till.opened}
        onBack={till.back}
        onPix={() => till.go('pix')}
        canCancel
      />
    );
  }
  if (place === 'pix') return <PixScreen onBack={till.back} />;
  if (place === 'summary') return <SummaryScreen onBack={() => till.go('till')} />;
  // What was counted is closed or counted once more: there is nothing to sell in it.
  if (place === 'cash' || session.isCounted) {
    return <CashScreen session={session} onBack={() => till.go('till')} onClosed={onClosed} />;
  }
  if (session.isLeftOver && (sale === null || sale.lines.length === 0)) {
    return <LeftOverScreen session={session} onCount={() => till.go('cash')} />;
  }
  if (finished !== null) return <FinishedScreen finished={finished} />;
  if (place === 'payment' && sale !== null && sale.lines.length > 0) {
    // A scan while paying changes what is due: the choice of how to pay starts again.
    return <PaymentScreen key={`${sale.lines.length} ${sale.totalCents}`} sale={sale} />;
  }
  return <TillScreen />;
}
