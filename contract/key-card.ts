import type { Language } from './format.ts';
import type { KeySection } from './key-page.ts';
import { keyTexts } from './key-texts.ts';
import type { PaperLine } from './paper-layout.ts';

/** The keys as a paper to keep beside the till: what each does, and the key at the right edge. One strip, one page. */
export function keyCard(sections: readonly KeySection[], stationCode: string, language: Language): PaperLine[] {
  const rule: PaperLine = { text: '', style: 'rule' };
  return [
    { text: `${keyTexts[language].title} ${stationCode}`.trim(), style: 'large' },
    ...sections.flatMap(({ title, rows }): PaperLine[] => [
      rule,
      { text: title, style: 'bold' },
      ...rows.map(({ cap, meaning }): PaperLine => ({ text: meaning, right: cap, style: 'normal' })),
    ]),
  ];
}
