import { describe, expect, it } from 'vitest';
import { decodePolicies } from '../../../core/setup/policies-rules.ts';

const defaults = decodePolicies({}, '00010').policies;

describe('policies of a station group', () => {
  it('are the defaults when the group says nothing', () => {
    expect(decodePolicies({}, '00010').wrongFields).toEqual([]);
    expect(defaults).toMatchObject({
      version: 0,
      discountLimitBp: { cashier: 500, manager: 1500, supervisor: 3000 },
      cancellationMinutes: 30,
      salespersonRequired: true,
      installmentMinimumCents: 5000,
    });
  });

  it('are read under the names of the ERP', () => {
    const { policies, wrongFields } = decodePolicies(
      {
        versao: 7,
        descontoMaxBp: { caixa: 100, gerente: 2000, supervisor: 10_000 },
        cancelamentoMinutos: 5,
        trocaDias: 60,
        vendedorObrigatorio: false,
        gavetaLimiteCents: 100,
        parcelaMinimaCents: 0,
        bloqueioOciosoMin: 0,
        crachaPrefixo: 'cracha-',
        cupomPrefixo: '',
        teclas: { buscar: 'F8' },
        digitosPagamento: { '1': 4 },
        pixChave: '11.222.333/0001-81',
        pixNome: 'Loja da Praça',
        pixCidade: 'São Paulo',
      },
      '00010',
    );
    expect(wrongFields).toEqual([]);
    expect(policies).toEqual({
      version: 7,
      discountLimitBp: { cashier: 100, manager: 2000, supervisor: 10_000 },
      cancellationMinutes: 5,
      exchangeDays: 60,
      salespersonRequired: false,
      drawerLimitCents: 100,
      installmentMinimumCents: 0,
      idleLockMinutes: 0,
      badgePrefix: 'CRACHA-',
      couponPrefix: null,
      keys: { ...defaults.keys, search: 'F8' },
      paymentDigits: { '1': 4 },
      pixKey: '11222333000181',
      pixName: 'Loja da Praça',
      pixCity: 'São Paulo',
    });
  });

  it.each([
    ['00010', '11222333000181'],
    ['00011', 'loja@exemplo.com.br'],
    ['00012', null],
  ])('may differ by branch: the Pix key of %s is %s', (branchCode, pixKey) => {
    const pixChave = { '00010': '11222333000181', '00011': 'loja@exemplo.com.br' };
    expect(decodePolicies({ pixChave }, branchCode)).toMatchObject({ wrongFields: [], policies: { pixKey } });
  });

  it.each([
    ['T', true],
    ['1', true],
    ['F', false],
    ['0', false],
    [0, false],
    [1, true],
  ])('read the truth the ERP writes as %j', (written, meant) => {
    expect(decodePolicies({ vendedorObrigatorio: written }, '00010').policies.salespersonRequired).toBe(meant);
  });

  it('read numbers that arrive as text', () => {
    expect(
      decodePolicies({ cancelamentoMinutos: '45', descontoMaxBp: { caixa: '700' } }, '00010').policies,
    ).toMatchObject({
      cancellationMinutes: 45,
      discountLimitBp: { cashier: 700, manager: 1500 },
    });
  });

  it('take null as not said', () => {
    expect(decodePolicies({ trocaDias: null, descontoMaxBp: null, pixChave: null }, '00010').wrongFields).toEqual([]);
  });

  it.each([
    [{ cancelamentoMinutos: -1 }, 'cancelamentoMinutos'],
    [{ cancelamentoMinutos: 'meia hora' }, 'cancelamentoMinutos'],
    [{ cancelamentoMinutos: 1.5 }, 'cancelamentoMinutos'],
    [{ vendedorObrigatorio: 'talvez' }, 'vendedorObrigatorio'],
    [{ gavetaLimiteCents: 99_999_999_999 }, 'gavetaLimiteCents'],
    [{ descontoMaxBp: 500 }, 'descontoMaxBp'],
    [{ descontoMaxBp: { gerente: 20_000 } }, 'descontoMaxBp.gerente'],
    [{ descontoMaxBp: { caixa: -5 } }, 'descontoMaxBp.caixa'],
    [{ versao: 'nova' }, 'versao'],
    [{ bloqueioOciosoMin: 100_000 }, 'bloqueioOciosoMin'],
    [{ crachaPrefixo: '123' }, 'crachaPrefixo'],
    [{ cupomPrefixo: 'X' }, 'cupomPrefixo'],
    [{ teclas: { buscar: 'F9' } }, 'teclas.buscar (F9 já é de receber)'],
    [{ digitosPagamento: { '0': 1 } }, 'digitosPagamento.0 (só de 1 a 9)'],
    [{ pixChave: '11987654321' }, 'pixChave'],
    [{ pixChave: 11_222_333_000_181 }, 'pixChave'],
    [{ pixCidade: 7 }, 'pixCidade'],
    [{ pixChave: { '00010': 'chave' } }, 'pixChave'],
  ])('name the field of nonsense and keep its default: %j', (erp, field) => {
    const { policies, wrongFields } = decodePolicies(erp, '00010');
    expect(wrongFields).toEqual([field]);
    expect(policies).toEqual(defaults);
  });
});
