import type { PaperView } from './sale-views.ts';

/** One line of a paper before it has a width: text, and for two columns what stands at the right edge. */
export type PaperLine = PaperView['lines'][number];

/** One line as it is printed or shown: never longer than the columns it was laid out for. */
export type LaidLine = { readonly text: string; readonly style: PaperLine['style'] };

/**
 * Lays a paper out for a width: texts break between words and keep their indent, amounts stand at the right edge, and a
 * text that leaves no room for its amount goes on in lines of its own. Nothing is cut off.
 *
 * Units: `columns` in characters; a large line has half of them. A code stays whole, whatever its length.
 */
export function layOutPaper(lines: readonly PaperLine[], columns: number): LaidLine[] {
  return lines.flatMap((line): LaidLine[] => {
    const { style } = line;
    const width = style === 'large' ? Math.floor(columns / 2) : columns;
    if (style === 'code') return [{ text: line.text, style }];
    if (style === 'rule') return [{ text: '-'.repeat(columns), style }];
    const texts = (line.right ?? '') === '' ? wrap(line.text, width) : spread(line.text, line.right ?? '', width);
    return texts.map((text) => ({ text, style }));
  });
}

/** `left` from the left edge, `right` at the right one. */
function spread(left: string, right: string, width: number): string[] {
  const lines = wrap(left, width);
  const last = lines.at(-1) ?? '';
  if (last.length + 1 + right.length <= width)
    return [...lines.slice(0, -1), `${last}${' '.repeat(width - last.length - right.length)}${right}`];
  return [...lines, ...wrap(right, width).map((part) => part.padStart(width))];
}

function wrap(text: string, width: number): string[] {
  const indent = /^ */.exec(text)?.[0].slice(0, Math.floor(width / 2)) ?? '';
  const room = width - indent.length;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/).filter((part) => part !== '')) {
    let rest = word;
    const joined = line === '' ? rest : `${line} ${rest}`;
    if (joined.length <= room) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    for (; rest.length > room; rest = rest.slice(room)) lines.push(rest.slice(0, room));
    line = rest;
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines.map((part) => `${indent}${part}`.trimEnd());
}
