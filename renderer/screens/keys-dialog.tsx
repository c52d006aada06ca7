import { useState } from 'react';
import { keyCard } from '../../contract/key-card.ts';
import { keyPage, type KeySection } from '../../contract/key-page.ts';
import { Dialog } from '../components/dialog.tsx';
import { useFeedback } from '../components/feedback.tsx';
import { KeyCap } from '../components/key-cap.tsx';
import { Paper } from '../components/paper.tsx';
import { PdfButton } from '../components/pdf-button.tsx';
import { usePreferences, useTexts } from '../i18n/preferences.tsx';
import { useFunctionKeys } from '../keyboard/function-keys.ts';
import { useStation, useStationState } from '../station-context.tsx';
import { useTill } from './till-state.tsx';

/** The paper has no document: it is drawn here, from what the core prints it from. */
const CARD_ID = 'keys';

/** Every key of the till on one page, as this group has them; and the same as a paper to print or save. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts();
  const { language } = usePreferences();
  const { keys, title } = useFunctionKeys();
  const { paymentTypes } = useTill();
  const [isCard, setCard] = useState(false);
  const sections = keyPage(keys, paymentTypes.output ?? [], language);
  return (
    // Each of the two is a dialog of its own, so that its first button has the focus.
    <Dialog
      key={String(isCard)}
      title={isCard ? t.keys.card : title}
      onClose={isCard ? () => setCard(false) : onClose}
      size="wide"
    >
      {isCard ? (
        <Card sections={sections} />
      ) : (
        <>
          <div className="keys-page" data-autofocus tabIndex={-1}>
            {sections.map((section) => (
              <KeyList key={section.title} section={section} />
            ))}
          </div>
          <button type="button" className="button" data-testid="key-card" onClick={() => setCard(true)}>
            {t.keys.card}
          </button>
        </>
      )}
    </Dialog>
  );
}

function KeyList({ section }: { readonly section: KeySection }) {
  return (
    <section>
      <h3>{section.title}</h3>
      <dl className="key-list">
        {section.rows.map(({ cap, meaning }) => (
          <div key={meaning}>
            <dt>
              <KeyCap keys={cap} />
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Card({ sections }: { readonly sections: readonly KeySection[] }) {
  const t = useTexts();
  const { language } = usePreferences();
  const { title } = useFunctionKeys();
  const station = useStation();
  const { praise, refuse } = useFeedback();
  const code = useStationState((state) => state.view?.station?.code ?? '');
  const hasPrinter = useStationState((state) => (state.view?.printing.settings.target.kind ?? 'none') !== 'none');
  const [isBusy, setBusy] = useState(false);
  const paper = { paperId: CARD_ID, lines: keyCard(sections, code, language) };

  async function print(): Promise<void> {
    setBusy(true);
    const reply = await station.call('keys.printCard', { language });
    setBusy(false);
    if (reply.ok) praise(t.keys.cardPrinted);
    else refuse(reply.error);
  }

  return (
    <>
      <p className="muted">{t.keys.cardHint}</p>
      <div className="row">
        <button
          type="button"
          className="button"
          disabled={!hasPrinter || isBusy}
          data-autofocus
          data-testid="print-keys"
          onClick={() => void print()}
        >
          {t.keys.printCard}
        </button>
        <PdfButton paper={paper} name={`${title} ${code}`.trim()} />
        {!hasPrinter && <span className="muted">{t.printing.noPrinter}</span>}
      </div>
      <div className="key-card">
        <Paper paper={paper} />
      </div>
    </>
  );
}
