import type { Page } from '@playwright/test';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from '../../../contract/format.ts';
import { projectFolder } from '../../../scripts/resolve-electron.ts';
import { findFlaws, findForeignWords, wordsOnlyIn } from './look.ts';
import { findBarriers, textsOf, THEMES, wear } from './walk.ts';

/** Where the pictures go; thrown away and made anew by each run, never committed. */
const RESULTS = join(projectFolder, 'test-results');
type Size = { readonly width: number; readonly height: number };
/** The smallest screen of a till, and those that a designer looks at too. */
const SMALLEST: Size = { width: 1024, height: 768 };
const SIZES: readonly Size[] = [SMALLEST, { width: 1920, height: 1080 }, { width: 3840, height: 2160 }];

/** The demo's own registers, which are Portuguese in every language and named as some texts are. */
const REGISTERS: ReadonlySet<string> = new Set(['Fundo de troco', 'Cartão presente', 'Português', 'English']);

/** `npm run gallery` asks for every size; a test run takes the smallest, where things collide first. */
const isWhole = process.env['STATION_GALLERY'] === 'whole';

export type Gallery = {
  /** Pictures of what the window shows now, in each theme and size, and what is wrong with it. */
  readonly show: (name: string) => Promise<void>;
  /** One line for each finding, with the state and theme it was found in. */
  readonly findings: readonly string[];
  /** A page that shows them all. */
  readonly finish: () => void;
};

/**
 * In Portuguese every theme, with what Axe finds. In English one theme at the smallest size: what changes there is how long
 * the words are, and whether they are English.
 */
export function createGallery(window: Page | (() => Page), name: string, language: Language): Gallery {
  const folder = join(RESULTS, name);
  const findings: string[] = [];
  const isFirst = language === 'pt-BR';
  const themes = isFirst ? THEMES : (['light'] as const);
  const sizes = isFirst && isWhole ? SIZES : [SMALLEST];
  const foreign = wordsOnlyIn(textsOf(isFirst ? 'en' : 'pt-BR'), textsOf(language));
  let count = 0;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  async function show(shown: string): Promise<void> {
    // Another window after a power cut is the same walk.
    const page = typeof window === 'function' ? window() : window;
    count += 1;
    const state = `${String(count).padStart(2, '0')}-${shown}`;
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const theme of themes) {
        await wear(page, theme);
        await page.screenshot({
          path: join(folder, `${state}-${size.width}x${size.height}-${theme}.png`),
          animations: 'disabled',
        });
        if (size === SMALLEST && isFirst) note(`${state} ${theme}`, await findBarriers(page));
      }
      note(`${state} ${size.width}`, await findFlaws(page));
    }
    const found = await findForeignWords(page, foreign);
    note(
      state,
      found.filter((words) => !REGISTERS.has(words)).map((words) => `not translated: ${words}`),
    );
    await page.setViewportSize(SMALLEST);
    await wear(page, 'light');
  }

  function note(where: string, found: readonly string[]): void {
    for (const finding of found) findings.push(`${where}: ${finding}`);
  }

  return { show, findings, finish: () => writeFileSync(join(folder, 'index.html'), pageOf(readdirSync(folder))) };
}

function pageOf(files: readonly string[]): string {
  const pictures = files
    .filter((file) => file.endsWith('.png'))
    .toSorted((a, b) => a.localeCompare(b))
    .map(
      (file) =>
        `<figure><a href="${file}"><img loading="lazy" src="${file}"></a><figcaption>${file}</figcaption></figure>`,
    );
  const style =
    'body{font:14px sans-serif;display:grid;grid-template-columns:repeat(3,1fr);gap:16px}img{width:100%}figure{margin:0}';
  return `<!doctype html><meta charset="utf-8"><title>Gallery</title><style>${style}</style>${pictures.join('\n')}`;
}
