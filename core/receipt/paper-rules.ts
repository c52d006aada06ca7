import type { PaperLine } from '../../contract/paper-layout.ts';

export type { PaperLine };

/** A line across the paper. */
export const RULE: PaperLine = { text: '', style: 'rule' };

/** Text of as many lines as it takes on the paper it is printed on. */
export function textLines(text: string, style: PaperLine['style'] = 'normal'): PaperLine[] {
  return [{ text, style }];
}

/** Text on the left, an amount at the right edge. */
export function columnsLine(left: string, right: string, style: PaperLine['style'] = 'normal'): PaperLine {
  return { text: left, right, style };
}
