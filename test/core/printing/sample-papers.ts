import type { SaleView } from '../../../contract/sale-views.ts';
import { cancellationPaper, salePaper, type PaperStore } from '../../../core/receipt/sale-paper-rules.ts';
import { testPage } from '../../../core/printing/test-page-rules.ts';
import {
  closingPaper,
  movementPaper,
  openingPaper,
  partialPaper,
  type CashPaperFacts,
} from '../../../core/receipt/cash-paper-rules.ts';
import type { PaperLine } from '../../../contract/paper-layout.ts';
import { PrinterSettings } from '../../../contract/printing-api.ts';

const id = '00000000-0000-7000-8000-000000000001';
const store: PaperStore = {
  company: 'Confecções São João da Boa Vista Comércio de Vestuário Ltda',
  tradeName: 'Ação & Coração',
  cnpj: '12345678000195',
  stationCode: 'E01',
  timeZone: 'America/Sao_Paulo',
};
const line: SaleView['lines'][number] = {
  lineId: id,
  position: 1,
  sku: 'A',
  barcode: '7899000001017',
  productCode: '1',
  reference: 'VE-1020',
  description: 'Vestido midi de linho com botões',
  color: 'Azul-petróleo',
  print: 'Floral miúdo',
  size: 'GG',
  quantityMilli: 1000,
  unitPriceCents: 123_456,
  grossCents: 123_456,
  itemDiscountCents: 0,
  saleDiscountCents: 3_456,
  netCents: 120_000,
  salesperson: { code: '24', name: 'Íris Conceição' },
};
const sale: SaleView = {
  saleId: id,
  state: 'completed',
  number: 'E01000000042',
  lines: [
    line,
    {
      ...line,
      reference: 'CM-7',
      description: 'Calção',
      color: 'Açaí',
      print: '',
      size: 'Único',
      quantityMilli: 2000,
      unitPriceCents: 4_990,
      grossCents: 9_980,
      saleDiscountCents: 0,
      netCents: 9_980,
    },
  ],
  tenders: [
    {
      tenderId: id,
      paymentTypeId: 3,
      description: 'Cartão de crédito',
      kind: 'credit_card',
      amountCents: 80_000,
      installments: 3,
      nsu: '000123456789',
      pix: null,
    },
    {
      tenderId: id,
      paymentTypeId: 1,
      description: 'Dinheiro',
      kind: 'cash',
      amountCents: 50_000,
      installments: 1,
      nsu: null,
      pix: null,
    },
  ],
  piecesMilli: 3000,
  grossCents: 133_436,
  itemDiscountCents: 0,
  saleDiscountCents: 3_456,
  totalCents: 129_980,
  tenderedCents: 130_000,
  dueCents: 0,
  changeCents: 20,
  salesperson: { code: '24', name: 'Íris Conceição' },
  cpf: '52998224725',
  customer: null,
  note: '',
  operator: { code: '1', name: 'José Antônio' },
  startedAt: '2026-11-21T12:00:00.000Z',
  completedAt: '2026-11-21T12:03:00.000Z',
  businessDay: '2026-11-21',
  lastLineId: null,
};

const cash: CashPaperFacts = {
  number: 'E01M00000012',
  turn: 2,
  businessDay: '2026-11-21',
  at: '2026-11-21T22:03:00.000Z',
  operator: 'José Antônio',
  approvedBy: 'Conceição Magalhães',
  control: 'be11',
};
const sums = {
  floatCents: 20_000,
  takenCents: 1_350_000,
  changeCents: 1_766,
  returnedCents: 49_980,
  suppliedCents: 5_000,
  withdrawnCents: 1_250_000,
};
const count: Parameters<typeof closingPaper>[1]['counts'][number] = {
  countId: id,
  attempt: 1,
  countedBy: 'José Antônio',
  countedAt: '2026-11-21T22:02:00.000Z',
  cashCountedCents: 51_184,
  differenceCents: -50,
  denominations: [
    { valueCents: 20_000, quantity: 2 },
    { valueCents: 5, quantity: 3 },
  ],
  lines: [
    {
      paymentTypeId: 1,
      acquirerId: null,
      description: 'Dinheiro',
      kind: 'cash',
      expectedCents: 51_234,
      countedCents: 51_184,
      differenceCents: -50,
    },
  ],
};

/** Each kind of paper once, with the longest names and every accent that a shop brings along. */
export const samplePapers = (columns: 48 | 32): Readonly<Record<string, readonly PaperLine[]>> => ({
  sale: salePaper(sale, store, '7f3a', '21/12/2026'),
  cancellation: cancellationPaper(sale, store, {
    cancelledAt: '2026-11-21T12:20:00.000Z',
    reason: 'Cliente desistiu: o botão da manga veio quebrado e não há outra peça',
    operator: 'José Antônio',
    approvedBy: 'Conceição Magalhães',
    cashBackCents: 49_980,
    control: 'c0de',
  }),
  opening: openingPaper(cash, 20_000, store),
  withdrawal: movementPaper(
    cash,
    { kind: 'withdrawal', reason: 'Depósito bancário', note: 'Malote nº 118, lacre 0042-7', amountCents: 1_250_000 },
    store,
  ),
  partial: partialPaper(
    cash,
    { sums, expectedCashCents: 51_234, others: [{ description: 'Cartão de débito', amountCents: 9_900 }] },
    store,
  ),
  closing: closingPaper(
    cash,
    {
      openedAt: '2026-11-21T11:00:00.000Z',
      openedBy: 'José Antônio',
      sums,
      counts: [count, count],
      floatLeftCents: 20_000,
    },
    store,
  ),
  test: testPage('10.0.0.40:9100', PrinterSettings.parse({ target: { kind: 'none' }, columns })),
});
