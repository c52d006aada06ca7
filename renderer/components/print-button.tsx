import { keyShortcut } from '../../contract/keys.ts';
import type { PaperView } from '../../contract/sale-views.ts';
import { useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useKeys } from '../keyboard/keyboard.tsx';
import { useStation, useStationState } from '../station-context.tsx';
import { useFeedback } from './feedback.tsx';
import { KeyCap } from './key-cap.tsx';

/** Prints a paper again; the core marks it as a second copy where one is out. Without a printer it says so. */
export function PrintButton({
  paper,
  level = 'screen',
}: {
  readonly paper: PaperView | null;
  readonly level?: 'screen' | 'dialog';
}) {
  const t = useTexts();
  const station = useStation();
  const { praise, refuse } = useFeedback();
  const { keys, bind } = useFunctionKeys();
  const hasPrinter = useStationState((state) => (state.view?.printing.settings.target.kind ?? 'none') !== 'none');
  const canPrint = hasPrinter && paper !== null;

  async function print(): Promise<void> {
    if (paper === null) return;
    const reply = await station.call('paper.print', { commandId: crypto.randomUUID(), paperId: paper.paperId });
    if (reply.ok) praise(t.printing.queued);
    else refuse(reply.error);
  }

  useKeys(level, bind({ printAgain: canPrint ? () => void print() : undefined }));
  return (
    <>
      <button
        type="button"
        className="button"
        disabled={!canPrint}
        aria-keyshortcuts={keyShortcut(keys.printAgain)}
        data-testid="print-paper"
        onClick={() => void print()}
      >
        <KeyCap keys={keys.printAgain} />
        {t.printing.printAgain}
      </button>
      {!hasPrinter && <span className="muted">{t.printing.noPrinter}</span>}
    </>
  );
}
