import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '../../../scripts/resolve-electron.ts';

/** Where the pictures go; thrown away and made anew by each run, never committed. */
const RESULTS = join(projectFolder, 'test-results');
const THEMES = ['light', 'dark', 'contrast'] as const;
type Theme = (typeof THEMES)[number];
type Size = { readonly width: number; readonly height: number };
/** The smallest screen of a till, and those that a designer looks at too. */
const SMALLEST: Size = { width: 1024, height: 768 };
const SIZES: readonly Size[] = [SMALLEST, { width: 1920, height: 1080 }, { width: 3840, height: 2160 }];

const IS_WIDER = 'document.documentElement.scrollWidth > document.documentElement.clientWidth';

/** `npm run gallery` asks for every size; a test run takes the smallest, where things collide first. */
const isWhole = process.env['STATION_GALLERY'] === 'whole';

export type Gallery = {
  /** Pictures of what the window shows now, in each theme and size, and what Axe finds wrong with it. */
  readonly show: (name: string) => Promise<void>;
  /** One line for each finding, with the state and theme it was found in. */
  readonly findings: readonly string[];
  /** A page that shows them all. */
  readonly finish: () => void;
};

export function createGallery(page: Page, name = 'gallery'): Gallery {
  const folder = join(RESULTS, name);
  const findings: string[] = [];
  let count = 0;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  async function show(name: string): Promise<void> {
    count += 1;
    const state = `${String(count).padStart(2, '0')}-${name}`;
    for (const size of isWhole ? SIZES : [SMALLEST]) {
      await page.setViewportSize(size);
      for (const theme of THEMES) {
        await wear(page, theme);
        await page.screenshot({
          path: join(folder, `${state}-${size.width}x${size.height}-${theme}.png`),
          animations: 'disabled',
        });
        if (size === SMALLEST) await check(state, theme);
      }
    }
    await page.setViewportSize(SMALLEST);
    await wear(page, 'light');
  }

  async function check(state: string, theme: Theme): Promise<void> {
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    for (const { id, nodes } of violations) {
      findings.push(`${state} ${theme}: ${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    }
    if (await page.evaluate<boolean>(IS_WIDER)) findings.push(`${state} ${theme}: wider than the window`);
  }

  return { show, findings, finish: () => writeFileSync(join(folder, 'index.html'), pageOf(readdirSync(folder))) };
}

/** What the preferences do to the page, without their dialog over what is looked at. */
async function wear(page: Page, theme: Theme): Promise<void> {
  const marks = {
    mantineColorScheme: theme === 'dark' ? 'dark' : 'light',
    contrast: theme === 'contrast' ? 'high' : 'normal',
  };
  await page.evaluate(`Object.assign(document.documentElement.dataset, ${JSON.stringify(marks)})`);
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
