import { screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_KEYS } from '../../contract/keys.ts';
import { Policies } from '../../contract/policies.ts';
import { answer, no } from './support/fake-bridge.ts';
import { createFakeShop } from './support/fake-shop.ts';
import { press, pressAll, scan, type } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { paymentTypes, stationView } from './support/views.ts';

const DRESS = '7890000000017';

afterEach(closeWindow);

/** A shop whose group gave functions other keys and the ways to pay other digits. */
function shopWithKeys(keys: Partial<typeof DEFAULT_KEYS>) {
  const policies = Policies.parse({ keys: { ...DEFAULT_KEYS, ...keys } });
  const shop = createFakeShop({ ...stationView(), policies });
  shop.handlers['payment.types'] = () =>
    answer(paymentTypes.map((one) => ({ ...one, digit: one.paymentTypeId === 4 ? 1 : one.paymentTypeId + 1 })));
  return shop;
}

describe('the keys of a group', () => {
  it('are what is pressed, what is printed on the buttons, and what the overlay shows', async () => {
    await openWindow(shopWithKeys({ search: 'F8', pay: 'Ctrl+E', finish: 'F9' }));
    await press('F3');
    expect(screen.queryByRole('dialog')).toBeNull();
    await press('F8');
    expect(within(screen.getByRole('dialog')).getByTestId('product-find')).toBeTruthy();
    await press('Escape');
    expect(screen.getByRole('button', { name: 'Buscar' }).getAttribute('aria-keyshortcuts')).toBe('F8');
    expect(screen.getByTestId('pay').textContent).toContain('Ctrl E');

    await scan(DRESS);
    await press('F9');
    expect(screen.queryByTestId('payment')).toBeNull();
    await press('e', { ctrlKey: true });
    expect(screen.getByTestId('payment')).toBeTruthy();
    // The digit of Pix is the group's.
    expect(screen.getAllByRole('listitem')[0]?.textContent).toContain('1Pix');
    await pressAll('2', 'Enter');
    expect(screen.getByText('Pago. Finalize com F9 ou Enter.')).toBeTruthy();
    await press('F10');
    expect(screen.queryByTestId('finished')).toBeNull();
    await press('F9');
    expect(screen.getByTestId('finished')).toBeTruthy();

    // On every screen, not only on that of the sale.
    await press('F1');
    const overlay = screen.getByRole('dialog');
    const keyOf = (meaning: string) => within(overlay).getAllByText(meaning)[0]?.previousElementSibling?.textContent;
    expect(['Buscar', 'Receber', 'Finalizar', 'CPF', 'Pix', 'Dinheiro'].map((name) => keyOf(name))).toEqual([
      'F8',
      'Ctrl E',
      'F9',
      'F2',
      '1',
      '2',
    ]);
  });

  it('the overlay opens with the question mark and goes with Esc', async () => {
    await openWindow(createFakeShop());
    await type('?');
    expect(screen.getByRole('dialog', { name: 'Teclas' })).toBeTruthy();
    await press('Escape');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

describe('the card of the keys', () => {
  it('is printed in the language of the window, and says why not', async () => {
    const view = stationView();
    const printing = {
      ...view.printing,
      settings: { ...view.printing.settings, target: { kind: 'network', host: 'x', port: 9100 } as const },
    };
    const shop = createFakeShop({ ...view, printing });
    shop.handlers['keys.printCard'] = () => answer({});
    await openWindow(shop);
    await press('F1');
    await press('Tab');
    screen.getByTestId('key-card').click();
    await press('Shift');
    expect(screen.getByTestId('paper').textContent).toContain('Teclas');
    await press('Enter');
    expect(shop.sent.at(-1)).toEqual({ method: 'keys.printCard', input: { language: 'pt-BR' } });
    expect(screen.getByTestId('banner').textContent).toContain('Cartão das teclas impresso');
    shop.handlers['keys.printCard'] = () => no({ code: 'printer_not_configured' });
    await press('Enter');
    expect(screen.getByTestId('banner').dataset['code']).toBe('I-001');
    // Esc: the message, the card, the overlay.
    await pressAll('Escape', 'Escape');
    expect(screen.getByRole('dialog', { name: 'Teclas' })).toBeTruthy();
    await press('Escape');
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('without a printer it can only be saved, and says so in place', async () => {
    await openWindow(createFakeShop());
    await press('F1');
    screen.getByTestId('key-card').click();
    await press('Shift');
    expect(screen.getByTestId<HTMLButtonElement>('print-keys').disabled).toBe(true);
    screen.getByTestId('save-pdf').click();
    await press('Shift');
    expect(screen.getByTestId('banner').textContent).toContain('Teclas E01.pdf');
  });
});

describe('the list of keys', () => {
  const sources = import.meta.glob<string>('../../renderer/**/*.{ts,tsx}', {
    query: '?raw',
    import: 'default',
    eager: true,
  });
  /** A key of a function as a literal, a binding or a hint in a text; Ctrl+C belongs to nobody. */
  const SPELLED = /['"`](?:Ctrl[ +])?F\d{1,2}['"`]|['"`]Ctrl[ +](?:\w|Del\w*)['"`]|\bF\d{1,2}:|\(F\d{1,2}\)/;
  const findSpelled = (source: string) =>
    source.split('\n').filter((line) => !/^\s*(?:\/?\*|\/\/)/.test(line) && SPELLED.test(line));

  it('is the only place where a key is spelled: no screen has one of its own', () => {
    expect(Object.keys(sources).length).toBeGreaterThan(80);
    expect(Object.entries(sources).flatMap(([name, source]) => findSpelled(source).map((line) => name + line))).toEqual(
      [],
    );
  });

  it('would see one', () => {
    const planted = `useKeys({ F9: pay });\n<KeyCap keys="Ctrl P" />\n'Ctrl+L'\n'suspensas (F7)'\n'F2'`;
    expect(findSpelled(planted)).toHaveLength(5);
  });
});

describe('the lock', () => {
  it('leaves the till at once, over any dialog', async () => {
    const shop = createFakeShop();
    shop.handlers['operator.logout'] = () => {
      shop.state.view = { ...shop.state.view, operator: null };
      return answer(shop.state.view);
    };
    await openWindow(shop);
    await scan(DRESS);
    await press('F5');
    await press('F12');
    expect(screen.getByText('Quem está no caixa?')).toBeTruthy();
    expect(shop.sent.at(-1)?.method).toMatch(/operator\.(logout|list)/);
    expect(shop.commands()).toEqual(['sale.addItem']);
  });
});
