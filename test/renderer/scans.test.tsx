import { screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, no } from './support/fake-bridge.ts';
import { createFakeShop, type FakeShop } from './support/fake-shop.ts';
import { press, pressAll, scan, scanAll, type } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { movementRow } from './support/views.ts';

const DRESS = '7890000000017';
const TROUSERS = '7890000000024';
const BADGE = 'VD-000024';
const KEY = '35261111222333000181650010000045671123456784';

/** The sales of this till, the newest first. */
const MOVEMENTS = Array.from({ length: 260 }, (_, index) =>
  movementRow(260 - index, { number: `E01${String(260 - index).padStart(9, '0')}` }),
);

let shop: FakeShop;
beforeEach(async () => {
  shop = createFakeShop();
  shop.salesperson = null;
  shop.handlers['movement.list'] = ({ from = 0, limit = 100 }) =>
    answer({ total: MOVEMENTS.length, rows: MOVEMENTS.slice(from, from + limit) });
  shop.handlers['movement.find'] = ({ target }) => {
    const place = MOVEMENTS.findIndex((row) => 'number' in target && row.number === target.number);
    return answer({ place: place === -1 ? null : place });
  };
  await openWindow(shop);
});
afterEach(closeWindow);

const credits = () => shop.sent.filter(({ method }) => method === 'sale.setSalesperson').map(({ input }) => input);
const banner = () => screen.getByTestId('banner');

describe('the badge of a salesperson', () => {
  it('is who sells the next items, as when the code is typed', async () => {
    await scan(BADGE);
    expect(screen.getByTestId('next-salesperson').textContent).toBe('Próximos itens: Marina Prado');
    expect(screen.getByTestId('salesperson').textContent).toBe('Marina Prado');
    await scan(DRESS);
    expect(credits()).toMatchObject([{ salespersonCode: '000024', lineId: null }]);
  });

  it('counts for the item that is scanned right behind it', async () => {
    await scanAll([BADGE, DRESS, TROUSERS]);
    expect(shop.commands().filter((name) => name === 'sale.addItem')).toHaveLength(2);
    expect(credits()[0]).toMatchObject({ salespersonCode: '000024' });
  });

  it('is of the whole sale once that is being paid', async () => {
    await scan(DRESS);
    await press('F9');
    await scan(BADGE);
    expect(credits()).toMatchObject([{ salespersonCode: '000024' }]);
    expect(screen.getByTestId('payment')).toBeTruthy();
  });

  it('answers the question who sold', async () => {
    await scan(DRESS);
    await press('F4');
    await scan('VD-000031');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(credits()).toMatchObject([{ salespersonCode: '000031' }]);
  });

  it('of nobody is refused, and what was on the screen stays', async () => {
    await scan(DRESS);
    await scan('VD-999999');
    expect(banner().dataset['code']).toBe('V-021');
    expect(screen.getAllByTestId('line')).toHaveLength(1);
  });
});

describe('the code of a paper', () => {
  it('opens its sale from any screen, also below the list, and says what is not possible yet', async () => {
    await press('F11');
    await scan('E01000000007');
    expect(screen.getByTestId('movement-detail').dataset['number']).toBe('E01000000007');
    expect(screen.getByTestId('scanned-sale').textContent).toContain('A troca ainda não é feita');
    await scan('E01000000008');
    expect(screen.getByTestId('movement-detail').dataset['number']).toBe('E01000000008');
    await press('ArrowDown');
    expect(screen.queryByTestId('scanned-sale')).toBeNull();
    await press('Escape');
    // Back where the first was scanned, which was the drawer and not the sale.
    expect([screen.queryByTestId('movements'), screen.queryByTestId('till')]).toEqual([null, null]);
  });

  it('leads back to the payment it was scanned in, with the sale as it was', async () => {
    await scan(DRESS);
    await press('F9');
    await scan('E01000000007');
    await press('Escape');
    expect(screen.getByTestId('payment')).toBeTruthy();
    expect(shop.state.sale?.lines).toHaveLength(1);
  });

  it('of another till is refused aloud', async () => {
    await scan('E02000000007');
    expect(banner().textContent).toContain('A venda E02000000007 não está neste caixa');
    expect(screen.getByTestId('till')).toBeTruthy();
  });

  it('may be typed where it does not scan', async () => {
    await type('E01000000007');
    await press('Enter');
    expect(screen.getByTestId('movement-detail').dataset['number']).toBe('E01000000007');
  });

  it('of a station without a letter is a paper only where no product has it', async () => {
    closeWindow();
    const station = { ...shop.state.view.station, code: '001' } as NonNullable<typeof shop.state.view.station>;
    const numeric = createFakeShop({ ...shop.state.view, station });
    numeric.handlers['catalog.findByBarcode'] = ({ barcode }) => no({ code: 'unknown_barcode', barcode });
    numeric.handlers['movement.find'] = ({ target }) =>
      answer({ place: 'number' in target && target.number === '001000000007' ? 253 : null });
    await openWindow(numeric);
    await scan('001000000008');
    expect(banner().dataset['code']).toBe('V-001');
    await scan('001000000007');
    expect(screen.getByTestId('movement-detail')).toBeTruthy();
  });
});

describe('what the till does nothing with yet', () => {
  it('a coupon is told calmly; no item, no alarm', async () => {
    await scan(DRESS);
    await scan('CUP-NATAL10');
    expect(banner().getAttribute('role')).toBe('status');
    expect(banner().textContent).toContain('Cupons ainda não são usados');
    expect(shop.commands()).toEqual(['sale.addItem']);
  });

  it('the key of a fiscal document is read out, also over a dialog, and a misread one said so', async () => {
    await press('F1');
    await scan(KEY);
    expect(banner().textContent).toContain(
      'Chave de NFC-e nº 4567, série 1, de 11/2026, CNPJ 11.222.333/0001-81. Este caixa ainda não liga notas a vendas',
    );
    expect(screen.getByRole('dialog')).toBeTruthy();
    await scan(KEY.replace('4567', '4568'));
    expect(banner().textContent).toContain('um dígito não confere');
    expect(shop.commands()).toEqual([]);
  });

  it('over the price check they go where they belong, and a product stays there', async () => {
    shop.handlers['product.search'] = () => answer({ products: [], hasMore: false } as never);
    shop.handlers['catalog.findByBarcode'] = ({ barcode }) => no({ code: 'unknown_barcode', barcode });
    await press('p', { ctrlKey: true });
    await scan('CUP-NATAL10');
    expect(banner().textContent).toContain('Cupons');
    await pressAll('Escape');
    await scan(DRESS);
    expect(shop.commands()).toEqual([]);
    expect(screen.getByRole('dialog')).toBeTruthy();
  });
});

describe('a scan where nothing is sold', () => {
  it('is refused aloud before the drawer is open', async () => {
    closeWindow();
    const closed = createFakeShop({ ...shop.state.view, cashSession: null });
    await openWindow(closed);
    await scan(DRESS);
    expect(banner().dataset['code']).toBe('C-001');
    expect(screen.getByTestId<HTMLInputElement>('float').value).toBe('');
  });
});
