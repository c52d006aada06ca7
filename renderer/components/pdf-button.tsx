import { useTexts } from '../i18n/preferences.tsx';
import type { PaperView } from '../../contract/sale-views.ts';
import { useStation } from '../station-context.tsx';
import { useFeedback } from './feedback.tsx';

/** At 48 columns of 1.5 mm the line of the printed style is this high; a large one twice. */
const LINE_MM = 3.7;
const EDGES_MM = 16;

/** Saves a paper as PDF where the person says. */
export function PdfButton({
  paper,
  name,
}: {
  readonly paper: Pick<PaperView, 'paperId'> | null;
  readonly name: string;
}) {
  const t = useTexts();
  const { bridge } = useStation();
  const { praise } = useFeedback();

  async function save(): Promise<void> {
    const shown = document.querySelector<HTMLElement>(`[data-paper-id="${paper?.paperId ?? ''}"]`);
    if (shown === null) return;
    // A copy beside everything else: a dialog or a wide screen around the paper would shrink the page.
    const copy = shown.cloneNode(true) as HTMLElement;
    copy.className = 'paper print-copy';
    document.body.append(copy);
    const lines = [...shown.children].reduce((sum, { className }) => sum + (className.includes('large') ? 2 : 1), 0);
    const reply = await bridge
      .savePdf({ fileName: `${name}.pdf`, heightMm: Math.ceil(lines * LINE_MM + EDGES_MM) })
      .finally(() => copy.remove());
    if (reply.outcome === 'saved') praise(t.printing.pdfSaved(reply.file));
    if (reply.outcome === 'failed') praise(t.printing.pdfFailed(reply.file));
  }

  return (
    <button
      type="button"
      className="button"
      disabled={paper === null}
      data-testid="save-pdf"
      onClick={() => void save()}
    >
      {t.printing.pdf}
    </button>
  );
}
