import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeDrawerPulse, encodePaper } from '../../../core/printing/encode-paper.ts';
import { drawPaper } from '../../support/draw-paper.ts';
import { printedText, readEscPos } from '../../support/read-escpos.ts';
import { samplePapers } from './sample-papers.ts';

const NO_MARKS = { isCopy: false, mayBeOut: false, opensDrawer: false } as const;
const usual = { columns: 48, codePage: 'cp860', cut: true } as const;
const pictures = join(import.meta.dirname, '../../../test-results/papers');
mkdirSync(pictures, { recursive: true });

describe('a paper for the printer', () => {
  for (const columns of [48, 32] as const) {
    for (const [name, lines] of Object.entries(samplePapers(columns))) {
      it(`${name} in ${columns} columns is what it was`, async () => {
        const bytes = encodePaper(lines, { ...usual, columns }, { ...NO_MARKS, opensDrawer: name === 'sale' });
        const printed = readEscPos(bytes);
        writeFileSync(join(pictures, `${name}-${columns}.svg`), drawPaper(printed, columns));
        for (const { text, isLarge } of printed.lines)
          expect(text.trimEnd().length * (isLarge ? 2 : 1)).toBeLessThanOrEqual(columns);
        expect(printed).toMatchObject({ cuts: 1, drawerPulses: name === 'sale' ? 1 : 0 });
        await expect(printedText(bytes)).toMatchFileSnapshot(`goldens/${name}-${columns}.txt`);
        await expect(toHex(bytes)).toMatchFileSnapshot(`goldens/${name}-${columns}.hex`);
      });
    }
  }

  it('keeps every accent in each code page, and leaves them out where there is none', () => {
    const accents = 'áàâã éê í óôõ úüç ÁÀÂÃ ÉÊ Í ÓÔÕ ÚÜÇ ªº';
    for (const codePage of ['cp860', 'cp850', 'cp858'] as const)
      expect(printedText(encodePaper([{ text: accents, style: 'normal' }], { ...usual, codePage }, NO_MARKS))).toBe(
        accents,
      );
    const plain = encodePaper([{ text: accents, style: 'normal' }], { ...usual, codePage: 'ascii' }, NO_MARKS);
    expect(printedText(plain)).toBe('aaaa ee i ooo uuc AAAA EE I OOO UUC ao');
  });

  it('sends no command hidden in the name of a product, and a question mark for what nobody can print', () => {
    const bytes = encodePaper([{ text: 'Saia\u001bp\u0000 — 日 R$ 5…', style: 'normal' }], usual, NO_MARKS);
    expect(readEscPos(bytes).drawerPulses).toBe(0);
    expect(printedText(bytes)).toBe('Saia?p? - ? R$ 5.');
  });

  it('says that it is a second copy, and that another one may be out', () => {
    const bytes = encodePaper(samplePapers(48)['sale'] ?? [], usual, { ...NO_MARKS, isCopy: true, mayBeOut: true });
    expect(printedText(bytes).split('\n').slice(0, 2)).toEqual(['2ª VIA', 'REIMPRESSÃO: pode haver outra via igual']);
  });

  it('leaves the knife alone where there is none', () => {
    expect(readEscPos(encodePaper([], { ...usual, cut: false }, NO_MARKS)).cuts).toBe(0);
  });

  it('opens a drawer without printing', () => {
    expect(readEscPos(encodeDrawerPulse(usual))).toMatchObject({ drawerPulses: 1, cuts: 0, lines: [] });
  });
});

function toHex(bytes: Uint8Array): string {
  return `${(
    Buffer.from(bytes)
      .toString('hex')
      .match(/.{1,64}/g) ?? []
  ).join('\n')}\n`;
}
