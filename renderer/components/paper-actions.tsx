import type { PaperView } from '../../contract/sale-views.ts';
import { PdfButton } from './pdf-button.tsx';
import { PrintButton } from './print-button.tsx';

/** What can be done with a paper wherever one is shown: print it again, save it as PDF. `name`: the file's, plain. */
export function PaperActions({
  paper,
  name,
  level = 'screen',
}: {
  readonly paper: PaperView | null;
  readonly name: string;
  /** Where its key is bound: a paper in a dialog belongs to that. */
  readonly level?: 'screen' | 'dialog';
}) {
  return (
    <div className="paper-actions">
      <PrintButton paper={paper} level={level} />
      <PdfButton paper={paper} name={name} />
    </div>
  );
}
