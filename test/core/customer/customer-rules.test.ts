import { describe, expect, it } from 'vitest';
import { foldName, parseSearch } from '../../../core/customer/customer-rules.ts';
import { parseCpf } from '../../../core/sale/cpf-rules.ts';

describe('a CPF', () => {
  it.each([
    ['529.982.247-25', '52998224725'],
    ['52998224725', '52998224725'],
    [' 111.444.777-35 ', '11144477735'],
    // A check digit that comes out as ten counts as zero.
    ['000.000.001-91', '00000000191'],
    ['529.982.247-26', null],
    ['529.982.247-52', null],
    ['111.111.111-11', null],
    ['5299822472', null],
    ['529982247255', null],
    ['529.982.247/25', null],
    ['', null],
    ['５２９９８２２４７２５', null],
  ])('%s is %s', (text, expected) => {
    expect(parseCpf(text)).toBe(expected);
  });
});

describe('a search', () => {
  it.each([
    ['529.982.247-25', { ok: true, value: { by: 'cpf', cpf: '52998224725' } }],
    ['52998224726', { ok: false, error: { code: 'cpf_invalid' } }],
    ['joã', { ok: true, value: { by: 'name', begin: 'JOA' } }],
    ['  maria   ap ', { ok: true, value: { by: 'name', begin: 'MARIA AP' } }],
    ['jo', { ok: false, error: { code: 'search_too_short' } }],
    ['5299', { ok: false, error: { code: 'search_too_short' } }],
    // Wildcards of the database are no letters.
    ['%%%', { ok: false, error: { code: 'search_too_short' } }],
    ['___a', { ok: false, error: { code: 'search_too_short' } }],
  ])('%s means %o', (text, expected) => {
    expect(parseSearch(text)).toMatchObject(expected);
  });

  it('compares names without accents, case and doubled spaces', () => {
    expect(foldName(' João  D’Ávila ')).toBe('JOAO D AVILA');
    expect(foldName("Sant'Ana Dias-Melo")).toBe("SANT'ANA DIAS-MELO");
  });
});
