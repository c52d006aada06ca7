import { expect, it } from 'vitest';
import { chooseDefaultCustomer } from '../../../core/setup/default-customer-rules.ts';
import { timeZoneOfState } from '../../../core/setup/time-zone-rules.ts';

const rows = (...names: string[]) =>
  names.map((name, index) => ({ customerId: index + 1, customerCode: `00${index + 1}`, name }));

it.each(['CONSUMIDOR', 'Consumidor Final', '  consumidor   final ', 'CONSUMÍDOR'])(
  '%j is the default customer',
  (name) => {
    const chosen = chooseDefaultCustomer(rows('CONSUMIDOR & CIA LTDA', name), null);
    expect(chosen).toMatchObject({ ok: true, value: { customerId: 2 } });
  },
);

it.each(['CONSUMIDOR & CIA LTDA', 'CONSUMIDORA', 'CONSUMIDOR FINAL ME', 'CONSUMIDORFINAL', ''])('%j is not', (name) => {
  expect(chooseDefaultCustomer(rows(name), null)).toMatchObject({ ok: false, error: { code: 'register_incomplete' } });
});

it('a code decides between two, whatever their names are', () => {
  const two = rows('CONSUMIDOR', 'Balcão');
  expect(chooseDefaultCustomer(two, '002')).toMatchObject({ ok: true, value: { customerId: 2 } });
  expect(chooseDefaultCustomer(two, '2')).toMatchObject({ ok: false });
});

it('names some of many candidates', () => {
  const refused = chooseDefaultCustomer(rows('CONSUMIDOR', 'Consumidor', ...Array<string>(5).fill('CONSUMIDOR')), null);
  expect(JSON.stringify(refused)).toContain('005 CONSUMIDOR e mais 2; informe o código do cliente');
});

it.each([
  ['AM', 'America/Manaus'],
  ['mt', 'America/Cuiaba'],
  ['AC', 'America/Rio_Branco'],
  ['SP', 'America/Sao_Paulo'],
  ['', 'America/Sao_Paulo'],
  ['constructor', 'America/Sao_Paulo'],
])('a branch in %j is on the clock of %s', (state, timeZone) => {
  expect(timeZoneOfState(state)).toBe(timeZone);
});
