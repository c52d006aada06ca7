import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { no } from './support/fake-bridge.ts';
import { createFakeShop, type FakeShop } from './support/fake-shop.ts';
import { burst, press, pressAll, scan, scanAll, type } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';

const DRESS = '7890000000017';
const TROUSERS = '7890000000024';
const SHIRT = '7890000000031';

let shop: FakeShop;

beforeEach(async () => {
  shop = createFakeShop();
  await openWindow(shop);
});
afterEach(closeWindow);

function textOf(testId: string): string {
  return screen.getByTestId(testId).textContent.replaceAll('\u00A0', ' ');
}

function fieldOf(testId: string): HTMLInputElement {
  return screen.getByTestId<HTMLInputElement>(testId);
}

describe('scanning', () => {
  it('adds each scanned piece to one sale and shows total and pieces', async () => {
    await scan(DRESS);
    await scan(TROUSERS);
    expect(textOf('total')).toBe('R$349,80');
    expect(textOf('pieces')).toBe('2 peças');
    const saleIds = new Set(
      shop.sent.filter(({ method }) => method === 'sale.addItem').map(({ input }) => input['saleId']),
    );
    expect(saleIds.size).toBe(1);
  });

  it('swallows no scan of a fast hand, and keeps their order', async () => {
    let waiting: (() => void) | null = null;
    const addItem = shop.handlers['sale.addItem'];
    shop.handlers['sale.addItem'] = async (input) => {
      if (waiting === null) await new Promise<void>((resolve) => (waiting = resolve));
      return addItem?.(input) ?? no({ code: 'sale_empty', saleId: '' } as never);
    };
    await scanAll([DRESS, TROUSERS, SHIRT]);
    expect(shop.commands()).toEqual(['sale.addItem']);
    (waiting as (() => void) | null)?.();
    await press('Shift');
    await press('Shift');
    expect(
      screen.getAllByTestId('line').map((line) => within(line).getByText(/Vestido|Calça|Camisa/).textContent),
    ).toEqual(['Vestido Midi Linho', 'Calça Pantalona Crepe', 'Camisa Tricoline Slim']);
  });

  it('leaves no digit of a scan in the field that has the focus', async () => {
    await type('12');
    await scan(DRESS);
    expect(fieldOf('barcode').value).toBe('12');
    expect(screen.getAllByTestId('line')).toHaveLength(1);
  });

  it('types a short burst of a programmable key into the field', async () => {
    await burst('2407');
    await expect.poll(() => fieldOf('barcode').value).toBe('2407');
  });

  it('sells over an open dialog without a digit in its field and without closing it', async () => {
    await scan(DRESS);
    await press('F5');
    await scan(TROUSERS);
    expect(fieldOf('discount').value).toBe('');
    expect(screen.getByRole('dialog')).toBeTruthy();
    expect(shop.commands()).toEqual(['sale.addItem', 'sale.addItem']);
  });

  it('never presses the button that has the focus', async () => {
    await scan(DRESS);
    screen.getByTestId('pay').focus();
    await scan(TROUSERS);
    expect(screen.queryByTestId('payment')).toBeNull();
    expect(screen.getAllByTestId('line')).toHaveLength(2);
  });

  it('comes back to the till from the movements', async () => {
    await press('l', { ctrlKey: true });
    expect(screen.getByTestId('movements')).toBeTruthy();
    await scan(DRESS, 'Tab');
    expect(screen.getByTestId('till')).toBeTruthy();
    expect(screen.getAllByTestId('line')).toHaveLength(1);
  });
});

describe('the banner', () => {
  it('stays when a scanner sends its Enter, and goes with Esc', async () => {
    await scan('7899999999999');
    expect(screen.getByTestId('banner').dataset['code']).toBe('V-001');
    expect(textOf('banner')).toContain('7899999999999');
    await press('Enter');
    expect(screen.getByTestId('banner')).toBeTruthy();
    await press('Escape');
    expect(screen.queryByTestId('banner')).toBeNull();
  });

  it('stays when the next scan was already queued, and goes with the one after', async () => {
    await scanAll(['7899999999999', DRESS]);
    expect(screen.getByTestId('banner').dataset['code']).toBe('V-001');
    await scan(TROUSERS);
    expect(screen.queryByTestId('banner')).toBeNull();
  });

  it('Esc takes the message away first and never the sale', async () => {
    await scan(DRESS);
    await scan('7899999999999');
    await pressAll('Escape', 'Escape', 'Escape');
    expect(screen.getAllByTestId('line')).toHaveLength(1);
    expect(shop.commands()).not.toContain('sale.abandon');
  });
});

describe('the number pad', () => {
  it('multiplies the next piece with N*', async () => {
    await type('3*');
    expect(textOf('multiplier')).toBe('3 ×');
    await scan(DRESS);
    expect(shop.sent.findLast(({ method }) => method === 'sale.addItem')?.input['quantityMilli']).toBe(3000);
    expect(screen.queryByTestId('multiplier')).toBeNull();
    await scan(TROUSERS);
    expect(shop.sent.findLast(({ method }) => method === 'sale.addItem')?.input['quantityMilli']).toBe(1000);
  });

  it('sells a typed code with Enter', async () => {
    await type(SHIRT);
    await press('Enter');
    expect(screen.getAllByTestId('line')).toHaveLength(1);
    expect(fieldOf('barcode').value).toBe('');
  });

  it('gives the next pieces to the salesperson of /code', async () => {
    await type('/31');
    await press('Enter');
    expect(textOf('next-salesperson')).toContain('Otávio Reis');
    await scan(DRESS);
    const set = shop.sent.find(({ method }) => method === 'sale.setSalesperson');
    expect(set?.input).toMatchObject({ salespersonCode: '000031', lineId: expect.any(String) });
  });

  it('makes the first salesperson named that of the sale', async () => {
    shop.salesperson = null;
    await type('/31');
    await press('Enter');
    await scan(DRESS);
    const set = shop.sent.find(({ method }) => method === 'sale.setSalesperson');
    expect(set?.input).toMatchObject({ salespersonCode: '000031', lineId: null });
  });

  it('asks for a missing salesperson at the end, then finishes', async () => {
    const complete = shop.handlers['sale.complete'];
    shop.handlers['sale.complete'] = (input) => {
      const isNamed = shop.commands().includes('sale.setSalesperson');
      return isNamed ? (complete?.(input) ?? no({ code: 'station_stopped' })) : no({ code: 'salesperson_required' });
    };
    await scan(DRESS);
    await pressAll('F9', '1', 'Enter', 'F10');
    expect(screen.getByRole('dialog')).toBeTruthy();
    await pressAll('3', '1', 'Enter');
    expect(screen.getByTestId('finished')).toBeTruthy();
  });

  it('gives the whole sale to the salesperson of //code', async () => {
    await scan(DRESS);
    await type('//31');
    await press('Enter');
    const set = shop.sent.find(({ method }) => method === 'sale.setSalesperson');
    expect(set?.input).toMatchObject({ salespersonCode: '31' });
    expect(set?.input).not.toHaveProperty('lineId');
  });

  it('says that a salesperson is unknown', async () => {
    await type('/77');
    await press('Enter');
    expect(screen.getByTestId('banner').dataset['code']).toBe('V-021');
  });

  it('opens payment with + and a discount with -', async () => {
    await scan(DRESS);
    await press('-');
    expect(fieldOf('discount')).toBeTruthy();
    await press('Escape');
    await press('+');
    expect(screen.getByTestId('payment')).toBeTruthy();
  });
});

describe('items', () => {
  it('F6 takes away the marked item, and the arrows mark another', async () => {
    await scan(DRESS);
    await scan(TROUSERS);
    await press('ArrowUp');
    await press('F6');
    expect(screen.getAllByTestId('line')).toHaveLength(1);
    expect(textOf('lines')).toContain('Calça');
  });

  it('keeps actions that need an item off, with the reason in place', async () => {
    const button = screen.getByRole('button', { name: /Desconto/ });
    expect(button).toHaveProperty('disabled', true);
    expect(button.textContent).toContain('sem itens');
    await press('F5');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('asks the manager when a discount is above the limit, and applies it with the approval', async () => {
    shop.handlers['sale.discount'] = ({ approvalId }) =>
      approvalId == null
        ? no({ code: 'discount_above_limit', requestedBp: 2000, limitBp: 500 })
        : { ok: true, output: shop.state.sale as NonNullable<typeof shop.state.sale> };
    shop.handlers['sale.discountItem'] = shop.handlers['sale.discount'] as never;
    await scan(DRESS);
    await press('F5');
    await type('20%');
    await press('Enter');
    // Nothing is sent without a reason; the cursor waits where it belongs.
    expect(shop.sent.some(({ method }) => method === 'sale.discountItem')).toBe(false);
    expect(screen.getByText('Diga por que o desconto foi dado.')).toBeTruthy();
    await type('Cliente fiel');
    await press('Enter');
    expect(screen.getByText(/acima do seu limite/)).toBeTruthy();
    await type('9999');
    await press('Enter');
    const tries = shop.sent.filter(({ method }) => method === 'sale.discountItem').map(({ input }) => input);
    expect(tries.map(({ approvalId }) => approvalId === null)).toEqual([true, false]);
    expect(tries[0]?.['reason']).toBe('Cliente fiel');
    expect(tries[0]?.['commandId']).not.toBe(tries[1]?.['commandId']);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('payment', () => {
  it('finishes a three-item cash sale with at most 5 keys after the last scan', async () => {
    await scan(DRESS);
    await scan(TROUSERS);
    await scan(SHIRT);
    const keys = ['F9', '1', 'Enter', 'F10'];
    await pressAll(...keys);
    expect(keys.length).toBeLessThanOrEqual(5);
    expect(screen.getByTestId('finished')).toBeTruthy();
    expect(shop.commands().slice(3)).toEqual(['sale.addTender', 'sale.complete']);
  });

  it('takes a likely note with 5 keys and shows the change', async () => {
    await scan(DRESS);
    const keys = ['F9', '1', 'ArrowDown', 'Enter', 'F10'];
    await pressAll(...keys);
    expect(textOf('change')).toBe('R$0,10');
  });

  it('runs on the number pad alone', async () => {
    await scan(DRESS);
    await pressAll('+', '1', 'Enter', 'Enter');
    expect(screen.getByTestId('finished')).toBeTruthy();
  });

  it('mixes a card with cash', async () => {
    await scan(DRESS);
    await pressAll('F9', '3', '1', '0', '0', 'Enter', '1', 'Enter');
    expect(screen.getAllByTestId('tender')).toHaveLength(2);
    await press('F10');
    expect(screen.getByTestId('finished')).toBeTruthy();
  });

  it('asks in how many instalments a credit card pays', async () => {
    await scan(DRESS);
    await pressAll('F9', '2', 'Enter', '3', 'Enter', 'F10');
    const tender = shop.sent.find(({ method }) => method === 'sale.addTender');
    expect(tender?.input).toMatchObject({ paymentTypeId: 2, installments: 3, amountCents: 18_990 });
    expect(screen.getByTestId('finished')).toBeTruthy();
  });

  it('does not choose what is not accepted here', async () => {
    await scan(DRESS);
    await pressAll('F9', '5');
    expect(screen.queryByTestId('amount')).toBeNull();
  });

  it('starts a new sale with the next scan, under a new id', async () => {
    await scan(DRESS);
    await pressAll('F9', '1', 'Enter', 'F10');
    await scan(SHIRT);
    expect(screen.getByTestId('till')).toBeTruthy();
    const ids = shop.sent.filter(({ method }) => method === 'sale.addItem').map(({ input }) => input['saleId']);
    expect(new Set(ids).size).toBe(2);
  });

  it('adds a piece scanned while paying, and its Enter takes no payment', async () => {
    await scan(DRESS);
    await pressAll('F9', '1');
    await scan(TROUSERS);
    expect(textOf('due')).toBe('R$349,80');
    expect(shop.commands()).not.toContain('sale.addTender');
  });

  it('finishes once however fast F10 is pressed', async () => {
    await scan(DRESS);
    await pressAll('F9', '1', 'Enter');
    let finish: (() => void) | undefined;
    const complete = shop.handlers['sale.complete'];
    shop.handlers['sale.complete'] = async (input) => {
      await new Promise<void>((resolve) => (finish = resolve));
      return complete?.(input) ?? no({ code: 'station_stopped' });
    };
    await pressAll('F10', 'F10', 'F10');
    finish?.();
    await press('Shift');
    expect(shop.commands().filter((method) => method === 'sale.complete')).toHaveLength(1);
  });
});

describe('a barcode of two products', () => {
  it('asks which one by digit, and keeps the quantity', async () => {
    const addItem = shop.handlers['sale.addItem'];
    const choices = [
      { sku: 'A1', description: 'Regata', color: 'Preto', size: 'U' },
      { sku: 'B2', description: 'Regata', color: 'Branco', size: 'U' },
    ];
    shop.handlers['sale.addItem'] = (input) =>
      input.sku == null
        ? no({ code: 'ambiguous_barcode', barcode: input.barcode, choices })
        : (addItem?.({ ...input, barcode: DRESS }) ?? no({ code: 'station_stopped' }));
    await type('2*');
    await scan('7899000011016');
    expect(screen.getByRole('dialog')).toBeTruthy();
    await press('2');
    const last = shop.sent.findLast(({ method }) => method === 'sale.addItem');
    expect(last?.input).toMatchObject({ barcode: '7899000011016', sku: 'B2', quantityMilli: 2000 });
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
