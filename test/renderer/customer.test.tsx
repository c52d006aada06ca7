import { screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CustomerRowView, CustomerView } from '../../contract/customer-views.ts';
import { answer, no } from './support/fake-bridge.ts';
import { createFakeShop, type FakeShop } from './support/fake-shop.ts';
import { press, pressAll, scan, settle, type } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { id } from './support/views.ts';

const DRESS = '7890000000017';
const ana: CustomerRowView = { personId: id(70), customerId: null, name: 'Ana Conceição', maskedCpf: '***.982.247-**' };
const bia: CustomerRowView = { personId: id(71), customerId: null, name: 'Bia Anacleto', maskedCpf: '***.444.777-**' };
const far: CustomerRowView = { personId: null, customerId: 1004, name: 'Anabel Reis', maskedCpf: '***.411.347-**' };

let shop: FakeShop;
const customer = (personId: string, name: string): CustomerView => ({
  personId,
  name,
  maskedCpf: '***.982.247-**',
  phone: null,
  email: null,
  address: null,
  consents: null,
  registeredAt: '2026-11-21T13:00:00.000Z',
  isAtServer: false,
  delivery: null,
});
const sentTo = (method: string): Record<string, unknown>[] =>
  shop.sent.filter((call) => call.method === method).map(({ input }) => input);

beforeEach(async () => {
  shop = createFakeShop();
  shop.handlers['customer.search'] = ({ text, online }) => {
    if (text.length < 3) return no({ code: 'search_too_short', minimum: 3 });
    const here = text === 'nobody' ? [] : [ana, bia];
    return answer(
      online === true
        ? { customers: text === 'nobody' ? [] : [...here, far], server: 'answered' }
        : { customers: here, server: 'not_asked' },
    );
  };
  shop.handlers['sale.setCustomer'] = ({ personId }) => {
    const { sale } = shop.state;
    if (sale === null) return no({ code: 'sale_not_found', saleId: id(1) });
    const name = personId === id(70) ? ana.name : 'Outra Pessoa';
    shop.state.sale = { ...sale, customer: personId === null ? null : { personId, name, maskedCpf: ana.maskedCpf } };
    return answer(shop.state.sale);
  };
  await openWindow(shop);
  await scan(DRESS);
  await press('F2', { ctrlKey: true });
});
afterEach(closeWindow);

describe('the customer of a sale', () => {
  it('is searched by letters and chosen with Enter, without a mouse', async () => {
    await type('ana');
    await press('Enter');
    await settle();
    expect(screen.getByTestId('customer-server').textContent).toBe('Buscado aqui e no ERP.');
    await press('Enter');
    expect(sentTo('sale.setCustomer')).toMatchObject([{ personId: id(70) }]);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByTestId('customer').textContent).toBe('Ana Conceição');
  });

  it('is brought from the ERP when only the ERP has it', async () => {
    shop.handlers['customer.fetch'] = () => answer(customer(id(72), far.name));
    await type('ana');
    await press('Enter');
    await settle();
    await pressAll('ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    expect(sentTo('customer.fetch')).toEqual([{ customerId: 1004 }]);
    expect(sentTo('sale.setCustomer')).toMatchObject([{ personId: id(72) }]);
  });

  it('is not chosen from a list of what was typed before', async () => {
    await type('ana');
    await press('Enter');
    await settle();
    await type('b');
    await press('Enter');
    expect(sentTo('sale.setCustomer')).toEqual([]);
    expect(sentTo('customer.search').at(-1)).toMatchObject({ text: 'anab' });
  });

  it('says why two letters are not searched', async () => {
    await type('an');
    await press('Enter');
    expect(screen.getByRole('dialog').textContent).toContain('3 letras');
  });

  it('is registered from the search, with the CPF that was typed and nobody asked for consent', async () => {
    shop.handlers['customer.register'] = () => answer(customer(id(73), 'Caio Prado'));
    await type('15350946056');
    await press('F3');
    expect(screen.getByTestId<HTMLInputElement>('customer-cpf').value).toBe('153.509.460-56');
    await type('Caio Prado');
    await press('Enter');
    expect(sentTo('customer.register')).toMatchObject([
      { name: 'Caio Prado', cpf: '153.509.460-56', phone: null, email: null, consents: null },
    ]);
    expect(sentTo('sale.setCustomer')).toMatchObject([{ personId: id(73) }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
