import { screen } from '@testing-library/react';
import { decodeQR } from 'qr/decode.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PixState } from '../../contract/pix-views.ts';
import { readBrCode } from '../core/pix/read-br-code.ts';
import { answer, no } from './support/fake-bridge.ts';
import { createFakeShop, type FakeShop } from './support/fake-shop.ts';
import { press, pressAll, scan, settle } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { paymentTypes, pixCharge, pixPending } from './support/views.ts';

const DRESS = '7890000000017';
let shop: FakeShop;
beforeEach(async () => {
  shop = createFakeShop();
  await openWindow(shop);
});
afterEach(closeWindow);

const panel = (): HTMLElement => screen.getByTestId('pix-panel');

describe('a sale paid by Pix', () => {
  it('takes five keys after the last scan: pay, Pix, the whole amount, seen in the bank, finish', async () => {
    await scan(DRESS);
    const keys = ['F9', '4', 'Enter', 'F8', 'F10'];
    await pressAll(...keys);
    expect(keys.length).toBeLessThanOrEqual(5);
    expect(screen.getByTestId('finished')).toBeTruthy();
    expect(shop.commands().slice(1)).toEqual(['sale.addTender', 'sale.confirmPix', 'sale.complete']);
  });

  it('shows a QR that a phone reads, its text, its amount and its code', async () => {
    await scan(DRESS);
    await pressAll('F9', '4', 'Enter');
    const text = screen.getByTestId<HTMLTextAreaElement>('pix-text').value;
    expect(readBrCode(text).get('54')).toBe('189.90');
    expect(readQr(screen.getByTestId('qr-code'))).toBe(text);
    expect(screen.getByTestId('pix-amount').textContent).toContain('189,90');
    expect(panel().textContent).toContain('E01261121K3V9Q0ZC4M');
    expect(panel().textContent).toContain('a loja confere no aplicativo do banco');
  });

  it('is not finished, and not answered by digits or a scan, before somebody looked', async () => {
    await scan(DRESS);
    await pressAll('F9', '4', 'Enter', 'F10', 'Enter', '1', '2');
    expect(panel()).toBeTruthy();
    expect(screen.getByTestId<HTMLButtonElement>('finish').disabled).toBe(true);
    expect(screen.getByTestId('finish').textContent).toContain('responda antes o Pix');
    expect(shop.commands().slice(1)).toEqual(['sale.addTender']);
    await scan(DRESS);
    expect(panel()).toBeTruthy();
    expect(shop.commands()).not.toContain('sale.confirmPix');
  });

  it('goes back to the choice when nobody paid', async () => {
    await scan(DRESS);
    await pressAll('F9', '4', 'Enter', 'F6');
    expect(shop.commands().at(-1)).toBe('sale.removeTender');
    expect(screen.queryByTestId('pix-panel')).toBeNull();
    expect(screen.getByTestId('due').textContent).toContain('189,90');
  });

  it('pays the rest in cash', async () => {
    await scan(DRESS);
    await pressAll('F9', '1', '8', '9', ',', '9', '0', 'Enter', '4', 'Enter');
    expect(shop.sent.findLast(({ method }) => method === 'sale.addTender')?.input).toMatchObject({
      paymentTypeId: 4,
      amountCents: 10_000,
    });
    await pressAll('F8', 'Enter');
    expect(screen.getByTestId('finished')).toBeTruthy();
  });

  it('asks once however fast the key is pressed', async () => {
    await scan(DRESS);
    await pressAll('F9', '4', 'Enter');
    let confirm: (() => void) | undefined;
    const handler = shop.handlers['sale.confirmPix'];
    shop.handlers['sale.confirmPix'] = async (input) => {
      await new Promise<void>((resolve) => (confirm = resolve));
      if (handler === undefined) throw new Error('the shop confirms no Pix');
      return handler(input);
    };
    await pressAll('F8', 'F8', 'F6');
    confirm?.();
    await settle();
    expect(shop.commands().slice(1)).toEqual(['sale.addTender', 'sale.confirmPix']);
  });
});

describe('an open QR', () => {
  it('is found again, with its question, when the window starts', async () => {
    await scan(DRESS);
    await pressAll('F9', '4', 'Enter');
    expect(panel().textContent).not.toContain('ficou sem resposta');
    const { sale } = shop.state;
    closeWindow();
    shop = createFakeShop();
    shop.state.sale = sale;
    await openWindow(shop);
    expect(panel().textContent).toContain('Este Pix ficou sem resposta');
    await press('F8');
    await press('F10');
    expect(screen.getByTestId('finished')).toBeTruthy();
  });

  it('waits behind the items when somebody goes back to them', async () => {
    await scan(DRESS);
    await pressAll('F9', '4', 'Enter', 'Escape');
    expect(screen.getByTestId('till')).toBeTruthy();
    await press('F9');
    expect(panel().textContent).not.toContain('ficou sem resposta');
  });

  it('is never reached where the group has no key, and the button says why', async () => {
    closeWindow();
    shop = createFakeShop();
    shop.handlers['payment.types'] = () =>
      answer(
        paymentTypes.map((type) =>
          type.kind === 'pix' ? { ...type, supported: false, unavailable: 'pix_key_missing' as const } : type,
        ),
      );
    await openWindow(shop);
    await scan(DRESS);
    await pressAll('F9', '4');
    expect(screen.queryByTestId('amount')).toBeNull();
    expect(screen.getByTestId('payment-pix').textContent).toContain('não tem chave Pix');
  });
});

describe('the list of Pix to check', () => {
  const rows = (states: readonly PixState[]) =>
    states.map((state, index) =>
      pixCharge({ txid: `E01261121${String(index).padStart(10, '0')}`, saleNumber: `E0100000${index}`, state }),
    );
  const opened = async (states: readonly PixState[]): Promise<void> => {
    shop.handlers['pix.list'] = () => answer({ pending: pixPending, rows: rows(states) });
    await press('l', { ctrlKey: true });
    expect(screen.getByTestId('open-pix').textContent).toContain('Pix a conferir · 2');
    await press('b', { ctrlKey: true });
  };

  it('is summed up, and says which key does what of the marked one', async () => {
    await opened(['to_check', 'to_return']);
    expect(screen.getByTestId('pix-sums').textContent).toMatch(
      /1 a conferir · R\$\s189,90 · 1 a devolver · R\$\s99,90/,
    );
    expect(screen.getByTestId<HTMLButtonElement>('pix-found').disabled).toBe(false);
    expect(screen.getByTestId<HTMLButtonElement>('pix-returned').disabled).toBe(true);
    await press('ArrowDown');
    expect(screen.getByTestId<HTMLButtonElement>('pix-found').disabled).toBe(true);
    expect(screen.getByTestId('pix-found').textContent).toContain('não se aplica: a devolver');
    expect(screen.getByTestId<HTMLButtonElement>('pix-returned').disabled).toBe(false);
  });

  it('marks the one that is in the statement, with a superior for a cashier', async () => {
    shop.handlers['pix.check'] = ({ approvalId, txid }) =>
      approvalId == null
        ? no({ code: 'permission_required', permission: 'check_pix', profile: 'manager' } as const)
        : answer(pixCharge({ txid, state: 'checked' }));
    await opened(['to_check']);
    await press('F8');
    await pressAll('9', '9', '9', '9', 'Enter');
    const asked = shop.sent.filter(({ method }) => method === 'pix.check').map(({ input }) => input);
    expect(asked).toMatchObject([
      { txid: 'E012611210000000000', outcome: 'found', approvalId: null },
      { txid: 'E012611210000000000', outcome: 'found', approvalId: expect.any(String) as string },
    ]);
  });

  it('asks why one did not come, and takes no key of the screen below meanwhile', async () => {
    shop.handlers['pix.check'] = ({ txid, note }) => answer(pixCharge({ txid, state: 'missing', note: note ?? null }));
    await opened(['to_check']);
    await pressAll('F6', 'F8');
    expect(shop.sent.some(({ method }) => method === 'pix.check')).toBe(false);
    await pressAll('s', 'u', 'm', 'i', 'u', 'Enter');
    expect(shop.sent.findLast(({ method }) => method === 'pix.check')?.input).toMatchObject({
      outcome: 'not_found',
      note: 'sumiu',
    });
  });

  it('shows all of them on the other side, and an empty list is no refused one', async () => {
    await opened([]);
    expect(screen.getByText('Nenhum Pix a conferir.')).toBeTruthy();
    await press('ArrowRight');
    expect(shop.sent.findLast(({ method }) => method === 'pix.list')?.input).toMatchObject({ filter: 'all' });
    shop.handlers['pix.list'] = () => no({ code: 'internal', incident: 'INC-1' } as const);
    await press('ArrowLeft');
    expect(screen.queryByText('Nenhum Pix a conferir.')).toBeNull();
    expect(screen.getByText(/INC-1/)).toBeTruthy();
  });
});

/** What a reader makes of the drawn path, eight dots a module. */
function readQr(svg: HTMLElement): string {
  const size = Number(svg.getAttribute('viewBox')?.split(' ').at(-1));
  const scale = 8;
  const width = size * scale;
  const dots = new Uint8Array(width * width * 4).fill(255);
  const path = svg.querySelector('path')?.getAttribute('d') ?? '';
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      const from = (row * width + Number(x) * scale) * 4;
      for (let at = from; at < from + Number(length) * scale * 4; at += 4) dots.fill(0, at, at + 3);
    }
  }
  return decodeQR({ width, height: width, data: dots });
}
