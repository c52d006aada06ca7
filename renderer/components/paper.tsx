import { layOutPaper } from '../../contract/paper-layout.ts';
import type { PaperView } from '../../contract/sale-views.ts';

/** Characters of a line on the usual paper; the window shows that one, whatever the printer has. */
const SHOWN_COLUMNS = 48;

/** A paper as the printer gives it: white in every theme, one line of text a line. */
export function Paper({ paper }: { readonly paper: Pick<PaperView, 'paperId' | 'lines'> }) {
  return (
    <div className="paper" data-testid="paper" data-paper-id={paper.paperId} tabIndex={0} role="document">
      {layOutPaper(paper.lines, SHOWN_COLUMNS).map((line, index) => (
        // A paper never changes, so the place of a line is its identity.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={`paper-line ${line.style}`}>
          {line.style === 'rule' ? '' : line.text === '' ? '\u00A0' : line.text}
        </div>
      ))}
    </div>
  );
}
