import { z } from 'zod';
import type { FinancialReasonRow, PaymentTermRow, PromotionRow } from '../register-rows.ts';
import { lowerKeys } from './decode-list.ts';
import {
  erpCents,
  erpFlag,
  erpInteger,
  erpIntegerOrNull,
  erpKey,
  erpPeriodEndOrNull,
  erpPeriodStartOrNull,
  erpText,
} from './field-codecs.ts';

/* Terms, reasons and promotions; every field of theirs is assumed. */

const anyWords = z.unknown().optional();

/** A percentage as basis points: two decimals, as amounts have. */
const Installment = z.preprocess(
  lowerKeys,
  z
    .object({ numero: erpInteger, dias: erpInteger, percentual: erpCents })
    .transform((row) => ({ number: row.numero, days: row.dias, shareBp: row.percentual })),
);

export const MillenniumPaymentTerm = z
  .object({
    condicoes_pgto: erpInteger,
    codigo: erpKey,
    descricao: erpText,
    parcelas: z.array(Installment).nullish(),
    ativo: erpFlag(true),
    excluido: erpFlag(false),
  })
  .transform((row): PaymentTermRow => ({
    paymentTermId: row.condicoes_pgto,
    code: row.codigo,
    description: row.descricao,
    installments: (row.parcelas ?? []).toSorted((a, b) => a.number - b.number),
    isActive: row.ativo && !row.excluido,
  }));

const Direction = erpText.transform((text, context) => {
  const letter = text.charAt(0).toUpperCase();
  if (letter === 'E') return 'in' as const;
  if (letter === 'S') return 'out' as const;
  context.addIssue({ code: 'custom', message: 'is neither E nor S' });
  return z.NEVER;
});

export const MillenniumFinancialReason = z
  .object({
    motivo: erpInteger,
    codigo: erpText,
    descricao: erpText,
    natureza: Direction,
    ativo: erpFlag(true),
    excluido: erpFlag(false),
    trans_id: erpInteger,
  })
  .transform((row): FinancialReasonRow => ({
    financialReasonId: row.motivo,
    code: row.codigo,
    description: row.descricao,
    direction: row.natureza,
    isActive: row.ativo && !row.excluido,
    transId: row.trans_id,
  }));

/** Branches as their ids, or as rows that carry them. */
const BranchId = z.union([
  z.preprocess(lowerKeys, z.object({ filial: erpInteger })).transform((row) => row.filial),
  erpInteger,
]);

export const MillenniumPromotion = z
  .object({
    promocao: erpInteger,
    codigo: erpText,
    descricao: erpText,
    inicio: erpPeriodStartOrNull,
    fim: erpPeriodEndOrNull,
    dias_semana: anyWords,
    prioridade: erpIntegerOrNull,
    acumulativa: erpFlag(false),
    filiais: z.array(BranchId).nullish(),
    condicao: anyWords,
    beneficio: anyWords,
    ativo: erpFlag(true),
    excluido: erpFlag(false),
    trans_id: erpInteger,
  })
  .transform((row): PromotionRow => ({
    promotionId: row.promocao,
    code: row.codigo,
    description: row.descricao,
    startsAtMs: row.inicio,
    endsAtMs: row.fim,
    priority: row.prioridade ?? 0,
    isCumulative: row.acumulativa,
    branchIds: row.filiais ?? [],
    rule: { weekdays: row.dias_semana ?? null, condition: row.condicao ?? null, benefit: row.beneficio ?? null },
    isActive: row.ativo && !row.excluido,
    transId: row.trans_id,
  }));
