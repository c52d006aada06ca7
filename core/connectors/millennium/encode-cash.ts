import type { CashDocument } from '../cash-document.ts';

const KINDS: Readonly<Record<CashDocument['action'], string>> = {
  opening: 'ABERTURA',
  supply: 'SUPRIMENTO',
  withdrawal: 'SANGRIA',
  closing: 'FECHAMENTO',
};

/** Longest note the ERP keeps. */
const MAX_NOTE = 500;

/** One record of `caixa/inclui` (assumed). The same document always makes the same record: it is compared there. */
export function encodeCash(document: CashDocument): unknown {
  const { action, financialReasonId, note, denominations } = document;
  return {
    id: document.documentId,
    tipo: KINDS[action],
    estacao: document.stationCode,
    turno: document.turn,
    responsavel: document.responsibleCode,
    operador: document.operatorCode,
    data_movimento: document.businessDay,
    data_hora: document.at,
    ...(financialReasonId === null ? {} : { motivo: financialReasonId }),
    valores: document.amounts.map((amount) => ({
      tipo_pgto: amount.paymentTypeId,
      ...(amount.acquirerId === null ? {} : { operadora: amount.acquirerId }),
      ...('amountCents' in amount
        ? { valor: amount.amountCents / 100 }
        : { sistema: amount.expectedCents / 100, contado: amount.countedCents / 100 }),
    })),
    cedulas: denominations.map(({ valueCents, quantity }) => ({ valor: valueCents / 100, quantidade: quantity })),
    ...(note === '' ? {} : { obs: note.slice(0, MAX_NOTE) }),
  };
}
