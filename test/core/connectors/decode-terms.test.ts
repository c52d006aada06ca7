import { describe, expect, test } from 'vitest';
import {
  MillenniumFinancialReason,
  MillenniumPaymentTerm,
  MillenniumPromotion,
} from '../../../core/connectors/millennium/decode-terms.ts';

const term = {
  condicoes_pgto: '2',
  codigo: 2,
  descricao: ' 2x  sem\u200B juros',
  parcelas: [
    { numero: 2, dias: '60', percentual: '33,33' },
    { NUMERO: '1', DIAS: 30, PERCENTUAL: 66.67 },
  ],
};
const reason = { motivo: 20, codigo: '020', descricao: 'Sangria', natureza: 'S', ativo: 'T', trans_id: '9' };
const promotion = {
  promocao: 4,
  codigo: 'P4',
  descricao: 'Leve 2',
  inicio: '2026-09-13',
  fim: '/Date(1789268400000-180)/',
  dias_semana: [1, 2],
  prioridade: '3',
  acumulativa: '0',
  filiais: [8, '9', { FILIAL: 10 }],
  condicao: { quantidade: 2 },
  beneficio: { percentual: 10 },
  ativo: '1',
  trans_id: 5,
};

describe('a payment term', () => {
  test('keeps its instalments in their order, in basis points', () => {
    expect(MillenniumPaymentTerm.parse(term)).toEqual({
      paymentTermId: 2,
      code: '2',
      description: '2x sem juros',
      installments: [
        { number: 1, days: 30, shareBp: 6667 },
        { number: 2, days: 60, shareBp: 3333 },
      ],
      isActive: true,
    });
  });

  test.each([
    [{ parcelas: null }, { installments: [] }],
    [{ parcelas: undefined, novo_campo: {} }, { installments: [] }],
    [{ excluido: 'T' }, { isActive: false }],
    [{ ativo: '0' }, { isActive: false }],
  ])('bears %o', (change, expected) => {
    expect(MillenniumPaymentTerm.parse({ ...term, ...change })).toMatchObject(expected);
  });

  test.each([[{ codigo: '' }], [{ condicoes_pgto: null }], [{ parcelas: [{ numero: 1 }] }]])(
    'with %o cannot be read',
    (change) => expect(MillenniumPaymentTerm.safeParse({ ...term, ...change }).success).toBe(false),
  );
});

describe('a financial reason', () => {
  test.each([
    ['E', 'in'],
    ['entrada', 'in'],
    ['S', 'out'],
    ['Saída', 'out'],
  ])('of nature %s brings money %s', (natureza, direction) => {
    expect(MillenniumFinancialReason.parse({ ...reason, natureza })).toMatchObject({ direction, code: '020' });
  });

  test.each(['', 'X', null])('of nature %s is never guessed', (natureza) => {
    expect(MillenniumFinancialReason.safeParse({ ...reason, natureza }).success).toBe(false);
  });
});

describe('a promotion', () => {
  test('keeps what it demands and gives in the words of the ERP', () => {
    expect(MillenniumPromotion.parse(promotion)).toEqual({
      promotionId: 4,
      code: 'P4',
      description: 'Leve 2',
      startsAtMs: Date.parse('2026-09-13T03:00:00Z'),
      endsAtMs: Date.parse('2026-09-14T02:59:59.999Z'),
      priority: 3,
      isCumulative: false,
      branchIds: [8, 9, 10],
      rule: { weekdays: [1, 2], condition: { quantidade: 2 }, benefit: { percentual: 10 } },
      isActive: true,
      transId: 5,
    });
  });

  test.each([
    ['2026-09-13', '2026-09-14T02:59:59.999Z'],
    ['2026-09-13T00:00:00', '2026-09-14T02:59:59.999Z'],
    ['2026-09-13T00:00:00-03:00', '2026-09-14T02:59:59.999Z'],
    ['2026-09-13T18:30:00', '2026-09-13T21:30:00.000Z'],
    ['2026-09-13 18:30', '2026-09-13T21:30:00.000Z'],
    ['2026-09-13T18:30:00Z', '2026-09-13T18:30:00.000Z'],
    [null, null],
  ])('that ends %s lasts until %s', (fim, expected) => {
    const { endsAtMs } = MillenniumPromotion.parse({ ...promotion, fim });
    expect(endsAtMs === null ? null : new Date(endsAtMs).toISOString()).toBe(expected);
  });

  test('of which only its identity is said is open and for all branches', () => {
    expect(MillenniumPromotion.parse({ promocao: 1, trans_id: 1 })).toMatchObject({
      startsAtMs: null,
      endsAtMs: null,
      branchIds: [],
      rule: { weekdays: null, condition: null, benefit: null },
      isActive: true,
    });
  });

  test('with a date that is none cannot be read', () => {
    expect(MillenniumPromotion.safeParse({ ...promotion, fim: '13/09/2026' }).success).toBe(false);
  });
});
