import type { PaperView } from '../../contract/sale-views.ts';

/** A paper as the printer gives it: white in every theme, one line of text a line. */
export function Paper({ paper }: { readonly paper: PaperView }) {
  return (
    <div className="paper" data-testid="paper" tabIndex={0} role="document">
      {paper.lines.map((line, index) => (
        // A paper never changes, so the place of a line is its identity.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className={`paper-line ${line.style}`}>
          {line.style === 'rule' ? '' : line.text === '' ? '\u00A0' : line.text}
        </div>
      ))}
    </div>
  );
}
