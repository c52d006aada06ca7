import { describe, expect, it } from 'vitest';
import { decodePolicies } from '../../../core/setup/policies-rules.ts';

const defaults = decodePolicies({}).policies;

describe('policies of a station group', () => {
  it('are the defaults when the group says nothing', () => {
    expect(decodePolicies({}).wrongFields).toEqual([]);
    expect(defaults).toMatchObject({
      version: 0,
      discountLimitBp: { cashier: 500, manager: 1500, supervisor: 3000 },
      cancellationMinutes: 30,
      salespersonRequired: true,
      installmentMinimumCents: 5000,
    });
  });

  it('are read under the names of the ERP', () => {
    const { policies, wrongFields } = decodePolicies({
      versao: 7,
      descontoMaxBp: { caixa: 100, gerente: 2000, supervisor: 10_000 },
      cancelamentoMinutos: 5,
      trocaDias: 60,
      vendedorObrigatorio: false,
      gavetaLimiteCents: 100,
      parcelaMinimaCents: 0,
      bloqueioOciosoMin: 0,
    });
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
    });
  });

  it.each([
    ['T', true],
    ['1', true],
    ['F', false],
    ['0', false],
    [0, false],
    [1, true],
  ])('read the truth the ERP writes as %j', (written, meant) => {
    expect(decodePolicies({ vendedorObrigatorio: written }).policies.salespersonRequired).toBe(meant);
  });

  it('read numbers that arrive as text', () => {
    expect(decodePolicies({ cancelamentoMinutos: '45', descontoMaxBp: { caixa: '700' } }).policies).toMatchObject({
      cancellationMinutes: 45,
      discountLimitBp: { cashier: 700, manager: 1500 },
    });
  });

  it('take null as not said', () => {
    expect(decodePolicies({ trocaDias: null, descontoMaxBp: null }).wrongFields).toEqual([]);
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
  ])('name the field of nonsense and keep its default: %j', (erp, field) => {
    const { policies, wrongFields } = decodePolicies(erp);
    expect(wrongFields).toEqual([field]);
    expect(policies).toEqual(defaults);
  });
});
