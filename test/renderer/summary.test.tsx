import { screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SummaryView } from '../../contract/station-views.ts';
import { answer } from './support/fake-bridge.ts';
import { createFakeShop, type FakeShop } from './support/fake-shop.ts';
import { press } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';

const DAY: SummaryView = {
  businessDay: '2026-11-21',
  sales: 3,
  piecesMilli: 4000,
  grossCents: 50_000,
  discountCents: 1000,
  soldCents: 49_000,
  cancelled: 3,
  cancelledCents: 60_000,
  cancelledOtherDays: 2,
  cancelledOtherDaysCents: 45_000,
  netCents: -11_000,
  byPaymentKind: [
    { paymentTypeId: 1, kind: 'cash', description: 'Dinheiro', count: 2, amountCents: 4000 },
    { paymentTypeId: 10, kind: 'cash', description: 'Dinheiro', count: 0, amountCents: -15_000 },
  ],
  byHour: [{ hour: 10, sales: 3, soldCents: 49_000 }],
  confirmed: { sales: 2, cancellations: 2, netCents: -6000 },
  differenceCents: -5000,
  unconfirmed: [
    { kind: 'sale', number: 'E01000000007', amountCents: 10_000, state: 'pending' },
    { kind: 'cancellation', number: 'E01000000005', amountCents: -15_000, state: 'rejected' },
  ],
};

let shop: FakeShop;

beforeEach(() => {
  shop = createFakeShop();
});
afterEach(closeWindow);

async function openSummary(day: SummaryView): Promise<string> {
  shop.handlers['summary.day'] = () => answer(day);
  await openWindow(shop);
  await press('d', { ctrlKey: true });
  return screen.getByTestId('summary').textContent.replaceAll('\u00A0', ' ');
}

it('says what was sold, what was cancelled today, and of which earlier days', async () => {
  const text = await openSummary(DAY);
  expect(text).toContain('Líquido-R$ 110,00');
  expect(text).toContain('VendidoR$ 490,00 · 3');
  expect(text).toContain('Canceladas no diaR$ 600,00 · 3');
  expect(text).toContain('de vendas de outros diasR$ 450,00 · 2');
  expect(text).toContain('-R$ 150,00');
});

it('names each document that makes the difference to the ERP', async () => {
  const text = await openSummary(DAY);
  expect(text).toContain('Diferença para o ERP-R$ 50,00');
  expect(text).toContain('2 documentos ainda não confirmados');
  const rows = within(screen.getByTestId('unconfirmed')).getAllByRole('listitem');
  expect(rows.map((row) => row.textContent.replaceAll('\u00A0', ' '))).toEqual([
    expect.stringMatching(/^Venda.*E01000000007.*R\$ 100,00$/),
    expect.stringMatching(/^Cancelamento.*E01000000005.*-R\$ 150,00$/),
  ]);
});

it('says equal only when no document waits', async () => {
  const [sale] = DAY.unconfirmed;
  if (sale === undefined) throw new Error('no document');
  // A sale and its cancellation that both wait: no difference, and yet the ERP was not told.
  const both = [sale, { ...sale, kind: 'cancellation' as const, amountCents: -sale.amountCents }];
  const text = await openSummary({ ...DAY, differenceCents: 0, unconfirmed: both });
  expect(text).toContain('Diferença para o ERPR$ 0,00');
  expect(text).not.toContain('Igual ao ERP');
  closeWindow();
  expect(await openSummary({ ...DAY, differenceCents: 0, unconfirmed: [] })).toContain('Igual ao ERP');
});

it('shows no earlier days when nothing of them was cancelled', async () => {
  expect(await openSummary({ ...DAY, cancelledOtherDays: 0, cancelledOtherDaysCents: 0 })).not.toContain('outros dias');
});
