import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, no } from './support/fake-bridge.ts';
import { gradeCell, gradeView, productRow } from './support/fake-products.ts';
import { createFakeShop, type FakeShop } from './support/fake-shop.ts';
import { press, pressAll, scan, settle, type } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { syncView } from './support/views.ts';

const DRESS = '7890000000017';
const FIRST = productRow(1, { description: 'Vestido Longo' });
const SECOND = productRow(2, { lowestCents: 15_990, stockMilli: -2000 });

let shop: FakeShop;
const sentTo = (method: string): Record<string, unknown>[] =>
  shop.sent.filter((call) => call.method === method).map(({ input }) => input);
const field = () => screen.getByTestId<HTMLInputElement>('product-find');
const dialog = () => screen.getByRole('dialog');
const markedRow = () =>
  screen.getAllByTestId('product-row').find((row) => row.getAttribute('aria-selected') === 'true');
const markedSku = () => screen.getByTestId('grade-marked').textContent;

beforeEach(async () => {
  // The list is as high as a screen makes it, which a test has none of.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(448);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(800);
  shop = createFakeShop();
  shop.handlers['product.search'] = ({ text }) =>
    answer({ products: text.startsWith('x') ? [] : [FIRST, SECOND], isMore: false });
  shop.handlers['product.grade'] = ({ productId }) =>
    productId === 2 ? answer(gradeView()) : no({ code: 'product_not_found', productId });
  shop.handlers['sale.addItem'] = () => no({ code: 'unknown_barcode', barcode: 'not asked for here' });
  await openWindow(shop);
});
afterEach(() => {
  closeWindow();
  vi.restoreAllMocks();
});

describe('the product search', () => {
  it('opens with F3, even with an empty sale, and says how to search', async () => {
    await press('F3');
    expect(document.activeElement).toBe(field());
    expect(screen.getByTestId('product-nothing').textContent).toContain('Digite o que sabe da peça');
    expect(sentTo('product.search')).toEqual([]);
  });

  it('asks at every key and lists price and stock', async () => {
    await press('F3');
    await type('ves');
    expect(sentTo('product.search').map(({ text }) => text)).toEqual(['v', 've', 'ves']);
    const rows = screen.getAllByTestId('product-row').map((row) => row.textContent);
    expect(rows[0]).toMatch(/Vestido Longo.*VE1001 · 100001 · Maré Alta · Verão 2027.*12 peças.*R\$\s189,90/u);
    expect(rows[1]).toMatch(/Estoque -2, a conferir.*a partir de R\$\s159,90/u);
    expect(screen.getByTestId('product-count').textContent).toBe('2 produtos');
  });

  it('sells a SKU by keyboard alone: search, arrows, Enter, arrows, Enter', async () => {
    await press('F3');
    await type('vest');
    expect(markedRow()?.textContent).toContain('Vestido Longo');
    await press('ArrowDown');
    expect(field().getAttribute('aria-activedescendant')).toBe(markedRow()?.id);
    await press('Enter');
    expect(sentTo('product.grade')).toEqual([{ productId: 2 }]);
    // The first that is in stock.
    expect(markedSku()).toContain('Areia · P');
    await pressAll('ArrowDown', 'ArrowRight');
    expect(markedSku()).toMatch(/Preto · Poá · M.*5 peças.*R\$\s199,90/u);
    await press('Enter');
    expect(sentTo('sale.addItem')).toMatchObject([{ barcode: '7P-M', sku: 'P-M', quantityMilli: 1000 }]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(document.activeElement).toBe(screen.getByTestId('barcode'));
  });

  it('sells as many as were asked for before it opened', async () => {
    await type('3*');
    await press('F3');
    await type('vest');
    await pressAll('ArrowDown', 'Enter');
    expect(dialog().textContent).toContain('Vender 3 peças');
    await press('Enter');
    expect(sentTo('sale.addItem')).toMatchObject([{ sku: 'A-P', quantityMilli: 3000 }]);
    expect(screen.queryByTestId('multiplier')).toBeNull();
  });

  it('goes back to the same place of the list with Esc, and then to the till', async () => {
    await press('F3');
    await type('vest');
    await pressAll('ArrowDown', 'Enter', 'Escape');
    expect(field().value).toBe('vest');
    expect(document.activeElement).toBe(field());
    expect(markedRow()?.textContent).toContain('Vestido Midi Linho 2');
    await press('Escape');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(sentTo('sale.addItem')).toEqual([]);
  });

  it('opens what was typed when Enter comes before the answer', async () => {
    const slow = Promise.withResolvers<void>();
    shop.handlers['product.search'] = async ({ text }) => {
      if (text === 'vest') await slow.promise;
      return answer({ products: text === 'vest' ? [SECOND] : [FIRST], isMore: false });
    };
    await press('F3');
    await type('ves');
    await type('t');
    await press('Enter');
    expect(sentTo('product.grade')).toEqual([]);
    slow.resolve();
    await settle();
    await settle();
    expect(sentTo('product.grade')).toEqual([{ productId: 2 }]);
  });

  it('never shows the answer to an older text', async () => {
    const slow = Promise.withResolvers<void>();
    shop.handlers['product.search'] = async ({ text }) => {
      if (text === 'v') await slow.promise;
      return answer({ products: text === 'v' ? [FIRST] : [SECOND], isMore: false });
    };
    await press('F3');
    await type('ve');
    slow.resolve();
    await settle();
    expect(screen.getAllByTestId('product-row')).toHaveLength(1);
    expect(screen.getByTestId('product-row').textContent).toContain('Vestido Midi Linho 2');
  });

  it('says that nothing was found, and does nothing on Enter', async () => {
    await press('F3');
    await type('xyz');
    expect(screen.getByTestId('product-nothing').textContent).toContain('Nada encontrado com “xyz”');
    await press('Enter');
    expect(sentTo('product.grade')).toEqual([]);
    expect(dialog()).toBeTruthy();
  });

  it('never looks empty when the search failed', async () => {
    shop.handlers['product.search'] = () => no({ code: 'internal', incident: 'a1b2c3d4' });
    await press('F3');
    await type('vest');
    expect(within(dialog()).getByTestId('refusal').textContent).toContain('a1b2c3d4');
    expect(screen.queryByTestId('product-nothing')).toBeNull();
  });

  it('shows a window of rows and asks for more at its end', async () => {
    shop.handlers['product.search'] = ({ limit = 30 }) =>
      answer({ products: Array.from({ length: limit }, (_, index) => productRow(index + 1)), isMore: true });
    await press('F3');
    await type('v');
    expect(screen.getByTestId('product-count').textContent).toBe('Os 30 melhores. Digite mais para ver outros.');
    await pressAll('PageDown', 'PageDown', 'PageDown');
    await settle();
    expect(sentTo('product.search').at(-1)).toMatchObject({ text: 'v', limit: 200 });
    expect(screen.getByTestId('product-count').textContent).toBe('Os 200 melhores. Digite mais para ver outros.');
    expect(screen.getAllByTestId('product-row').length).toBeLessThan(40);
  });

  it('lets a scan go to the sale, whatever is open', async () => {
    await press('F3');
    await type('ves');
    await scan(DRESS);
    expect(sentTo('sale.addItem')).toMatchObject([{ barcode: DRESS }]);
    expect(field().value).toBe('ves');
    await pressAll('ArrowDown', 'Enter');
    await scan(DRESS);
    expect(sentTo('sale.addItem')).toHaveLength(2);
    expect(screen.getByTestId('grade')).toBeTruthy();
  });

  it('opens with the words that were typed where a code goes', async () => {
    shop.handlers['catalog.findByBarcode'] = ({ barcode }) => no({ code: 'unknown_barcode', barcode });
    await type('vestido azul');
    await press('Enter');
    expect(field().value).toBe('vestido azul');
    expect(sentTo('sale.addItem')).toEqual([]);
    await press('Escape');
    await press('F3');
    expect(field().value).toBe('');
  });

  it('is calm without the server, and says how old what it shows is', async () => {
    shop.emit({ event: 'sync.changed', view: syncView({ reachability: 'unreachable' }) });
    await press('F3');
    await type('vest');
    expect(screen.getByTestId('product-away').textContent).toContain('Sem servidor');
    await pressAll('ArrowDown', 'Enter');
    expect(screen.getByTestId('grade-age').textContent).toBe(
      'Estoque desta filial, lido em 21/11/2026 09:32. Sem servidor: pode ter mudado.',
    );
    expect(screen.queryByRole('alert')?.textContent ?? '').toBe('');
  });
});

describe('the grade', () => {
  beforeEach(async () => {
    await press('F3');
    await type('vest');
    await pressAll('ArrowDown', 'Enter');
  });
  const cells = () => screen.getAllByTestId('grade-cell').map((cell) => cell.textContent);

  it('keeps the sizes in their order, and tells unknown from none from below zero', () => {
    const heads = within(screen.getByTestId('grade')).getAllByRole('columnheader');
    expect(heads.map((head) => head.textContent)).toEqual(['Cor', 'PP', 'P', 'M', 'G']);
    expect(cells()).toEqual([
      '0Sem estoque189,90',
      '33 peças189,90',
      '?Estoque não informado189,90',
      '-2Estoque -2, a conferir189,90',
      '55 peças199,90',
      '44 peçasSem preço',
    ]);
  });

  it('is walked over gaps and not past its edges', async () => {
    await pressAll('ArrowRight');
    expect(markedSku()).toContain('Areia · G');
    await pressAll('ArrowRight', 'ArrowUp');
    expect(markedSku()).toContain('Areia · G');
    await pressAll('ArrowLeft', 'ArrowLeft', 'ArrowLeft');
    expect(markedSku()).toContain('Areia · PP');
    // Preto is not made in PP.
    await press('ArrowDown');
    expect(markedSku()).toContain('Preto · Poá · P');
  });

  it('does not sell what has no price, and says why', async () => {
    await pressAll('ArrowDown', 'ArrowRight', 'ArrowRight', 'Enter');
    expect(markedSku()).toContain('Sem preço no ERP: não pode ser vendida.');
    expect(sentTo('sale.addItem')).toEqual([]);
    expect(dialog()).toBeTruthy();
  });

  it('says that a product is gone, and goes back', async () => {
    await press('Escape');
    await pressAll('ArrowUp', 'Enter');
    expect(within(dialog()).getByTestId('refusal').dataset['code']).toBe('V-041');
    await press('Escape');
    expect(field().value).toBe('vest');
  });
});

describe('the price check', () => {
  const check = () => press('p', { ctrlKey: true });

  it('shows a scanned piece with its price and stock, and sells nothing', async () => {
    shop.handlers['product.search'] = () => answer({ products: [productRow(2, { sku: 'P-M' })], isMore: false });
    await check();
    await scan('7899000011016');
    expect(markedSku()).toMatch(/Preto · Poá · M.*5 peças.*R\$\s199,90/u);
    await press('Enter');
    expect(shop.commands()).toEqual([]);
    // The next piece, without a key in between.
    shop.handlers['product.search'] = () => answer({ products: [productRow(2, { sku: 'A-P' })], isMore: false });
    await scan('7899000011023');
    expect(markedSku()).toContain('Areia · P');
    expect(shop.commands()).toEqual([]);
  });

  it('finds by words too', async () => {
    await check();
    await type('vest');
    await pressAll('ArrowDown', 'Enter', 'Enter');
    expect(markedSku()).toContain('Areia · P');
    expect(shop.commands()).toEqual([]);
  });

  it('says of an unknown barcode that it is unknown', async () => {
    shop.handlers['product.search'] = () => answer({ products: [], isMore: false });
    shop.handlers['catalog.findByBarcode'] = ({ barcode }) => no({ code: 'unknown_barcode', barcode });
    await check();
    await scan(DRESS);
    expect(screen.getByTestId('refusal').dataset['code']).toBe('V-001');
    expect(shop.commands()).toEqual([]);
  });

  it('lists the products that share a barcode', async () => {
    const products = [productRow(1, { sku: 'X' }), productRow(2, { sku: 'P-P' })];
    shop.handlers['product.search'] = () => answer({ products, isMore: false });
    await check();
    await scan('7899000011016');
    expect(screen.getAllByTestId('product-row')).toHaveLength(2);
    await pressAll('ArrowDown', 'Enter');
    expect(markedSku()).toContain('Preto · Poá · P');
  });
});

it('reads the whole search in English', async () => {
  closeWindow();
  localStorage.setItem('station.language', 'en');
  shop.handlers['product.grade'] = () => answer(gradeView({ rows: [], sizes: [] }));
  await openWindow(shop);
  await press('F3');
  await type('dress');
  expect(dialog().textContent).toContain('Find a product');
  await press('Enter');
  expect(dialog().textContent).toContain('No colour or size for sale');
  expect(gradeCell('a').sku).toBe('a');
});
