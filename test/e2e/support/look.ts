import type { Page } from '@playwright/test';

/*
 * What a demanding designer would see at once, measured in the page: something smaller than a finger, words that do not
 * fit into what holds them, the figures a customer reads from afar, anything that makes the window scroll sideways.
 */

/** Smallest side of what a finger hits, and height of the figures of a total or a change. Units: CSS pixels. */
const FINGER_PX = 44;
const FIGURES_PX = 56;

/** Runs in the page; a text, since what is given to `evaluate` as a function is compiled for another world. */
const LOOK = `(() => {
  const found = [];
  const nameOf = (node) => (node.textContent || node.getAttribute('aria-label') || node.outerHTML).trim().slice(0, 60);
  const isShown = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  for (const node of document.querySelectorAll('button, select, input, label[class*=SegmentedControl-label]')) {
    const place = node.matches('input') ? (node.closest('label') ?? node.closest('.barcode') ?? node) : node;
    const { width, height } = place.getBoundingClientRect();
    if (width <= 1 || height <= 1 || !isShown(node) || node.closest('.visually-hidden') !== null) continue;
    if (node.matches('[class*=SegmentedControl-input], [class*=Switch-input]')) continue;
    if (height < ${FINGER_PX} - 0.5 || width < ${FINGER_PX} - 0.5)
      found.push('smaller than a finger (' + Math.round(width) + 'x' + Math.round(height) + '): ' + nameOf(place));
  }
  for (const node of document.querySelectorAll('button, h1, h2, h3, label, th, legend, dt, .tag, .note, .key-cap, .muted')) {
    if (!isShown(node) || node.closest('.top-bar, .paper, .visually-hidden, [aria-hidden=true]') !== null) continue;
    const words = document.createRange();
    words.selectNodeContents(node);
    const inner = words.getBoundingClientRect();
    const outer = node.getBoundingClientRect();
    if (outer.width <= 1) continue;
    if (inner.right > outer.right + 1.5 || node.scrollWidth > node.clientWidth + 1.5 && node.clientWidth > 0)
      found.push('words that do not fit: ' + nameOf(node));
  }
  for (const node of document.querySelectorAll(':is(main, [role=dialog]) :is(button, input, select, h1, h2, .number)')) {
    if (!isShown(node) || node.closest('.visually-hidden') !== null) continue;
    const { left, right, width } = node.getBoundingClientRect();
    for (let around = node.parentElement; width > 1 && around !== null; around = around.parentElement) {
      if (getComputedStyle(around).overflowX === 'visible') continue;
      const place = around.getBoundingClientRect();
      if (right > place.right + 1 || left < place.left - 1) found.push('cut off at the side: ' + nameOf(node));
      break;
    }
  }
  for (const node of document.querySelectorAll('.amount-digits')) {
    if (Number.parseFloat(getComputedStyle(node).fontSize) < ${FIGURES_PX})
      found.push('figures too small: ' + nameOf(node));
    const amount = node.closest('.amount').parentElement;
    const right = node.getBoundingClientRect().right;
    if (right > amount.getBoundingClientRect().right + 1) found.push('an amount that is cut: ' + nameOf(node));
  }
  for (const node of document.querySelectorAll('.badge-text, .top-bar-branch')) {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = node;
    if (isShown(node) && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 1))
      found.push('cut in the bar on top: ' + nameOf(node));
  }
  const { documentElement: page } = document;
  if (page.scrollWidth > page.clientWidth) found.push('wider than the window');
  for (const node of document.querySelectorAll('main *, [role=dialog] *')) {
    const { overflowX } = getComputedStyle(node);
    if ((overflowX === 'auto' || overflowX === 'scroll') && node.scrollWidth > node.clientWidth + 1)
      found.push('scrolls sideways: ' + (node.className || node.tagName));
  }
  return found;
})()`;

export async function findFlaws(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(LOOK);
}

/** Words of the one language that stand on the page whole while the window speaks the other. */
export async function findForeignWords(page: Page, foreign: ReadonlySet<string>): Promise<string[]> {
  const shown = await page.evaluate<string[]>(`(() => {
    const words = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest('.paper, style, script, [lang]:not(html)') === null) words.push(node.data.trim());
    }
    for (const node of document.querySelectorAll('[aria-label], [placeholder], [title]'))
      for (const name of ['aria-label', 'placeholder', 'title']) words.push((node.getAttribute(name) ?? '').trim());
    return [...new Set(words)];
  })()`);
  return shown.filter((words) => foreign.has(words));
}

/** Every plain text of `there` that is another one in `here`; what both have is nobody's alone. */
export function wordsOnlyIn(there: object, here: object): ReadonlySet<string> {
  const own = new Set(textsIn(here));
  return new Set([...textsIn(there)].filter((text) => text.length > 2 && !own.has(text)));
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* textsIn(part);
}
