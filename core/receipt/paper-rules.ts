import type { PaperView } from '../../contract/sale-views.ts';

/** Characters of a line on the usual 80 mm paper. */
export const PAPER_COLUMNS = 48;

/** A large character takes two columns. */
export const LARGE_COLUMNS = PAPER_COLUMNS / 2;

/** One line of a paper, as the printer and the screen show it. */
export type PaperLine = PaperView['lines'][number];

/** A line across the paper. */
export const RULE: PaperLine = { text: '-'.repeat(PAPER_COLUMNS), style: 'rule' };

/** Text in one or several lines, broken between words; a word longer than a line is cut. */
export function textLines(text: string, style: PaperLine['style'] = 'normal'): PaperLine[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (joined.length <= PAPER_COLUMNS) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word.slice(0, PAPER_COLUMNS);
  }
  if (line !== '') lines.push(line);
  return lines.map((part) => ({ text: part, style }));
}

/** Text on the left, an amount on the right; the text gives way when both do not fit. */
export function columnsLine(left: string, right: string, style: PaperLine['style'] = 'normal'): PaperLine {
  const columns = style === 'large' ? LARGE_COLUMNS : PAPER_COLUMNS;
  const room = columns - right.length - 1;
  const shown = left.length > room ? left.slice(0, room) : left;
  return { text: `${shown}${' '.repeat(columns - shown.length - right.length)}${right}`, style };
}
