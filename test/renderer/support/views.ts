import type { CashSessionView } from '../../../contract/cash-views.ts';
import type { MovementRowView } from '../../../contract/movement-views.ts';
import type { PixChargeView, PixPendingView } from '../../../contract/pix-views.ts';
import { Policies } from '../../../contract/policies.ts';
import type { SaleLineView, SaleRowView, SaleView, PaperView } from '../../../contract/sale-views.ts';
import type { LoadView, PaymentTypeView, StationView, SyncView } from '../../../contract/station-views.ts';

/** Ids in the order of their making, shaped as the contract wants them. */
export function id(number: number): string {
  return `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`;
}

export const doneLoad: LoadView = {
  state: 'done',
  rowsPerSecond: 0,
  startedAt: '2026-11-21T11:00:00.000Z',
  steps: [],
};

export function syncView(change: Partial<SyncView> = {}): SyncView {
  return {
    reachability: 'online',
    stoppedReason: null,
    stoppedText: null,
    lastError: null,
    unreachableSince: null,
    nextAttemptInMs: null,
    queue: {},
    waiting: 0,
    oldestWaitingAt: null,
    errors: 0,
    lastConfirmedAt: null,
    lastPullAt: null,
    sending: false,
    methods: [],
    alerts: [],
    wholeReads: [],
    skippedRows: [],
    ...change,
  };
}

/** The drawer of the station view. */
export const cashSession: CashSessionView = {
  cashSessionId: id(900),
  businessDay: '2026-11-21',
  openedAt: '2026-11-21T12:00:00.000Z',
  openedBy: 'Ana Souza',
  floatCents: 10_000,
  isCounted: false,
  isLeftOver: false,
};

export function stationView(change: Partial<StationView> = {}): StationView {
  return {
    version: '0.1.0',
    schemaVersion: 1,
    setup: 'demo',
    demoServer: { running: true, url: 'http://127.0.0.1:6017' },
    station: {
      code: 'E01',
      description: 'Caixa 1',
      branchCode: '00010',
      branchName: 'Centro',
      company: 'Loja Modelo Ltda',
      cnpj: '12345678000195',
      server: 'http://127.0.0.1:6017',
      timeZone: 'America/Sao_Paulo',
    },
    policies: Policies.parse({}),
    load: doneLoad,
    backup: { running: false, places: [], restored: null },
    printing: {
      settings: { target: { kind: 'none' }, columns: 48, codePage: 'cp860', cut: true, drawer: false },
      waiting: 0,
      failed: 0,
      trouble: null,
    },
    operator: { code: '1', name: 'Ana Souza', profile: 'cashier' },
    cashSession,
    today: '2026-11-21',
    sync: syncView(),
    ...change,
  };
}

export function saleLine(position: number, change: Partial<SaleLineView> = {}): SaleLineView {
  const unitPriceCents = change.unitPriceCents ?? 9_990;
  return {
    lineId: id(100 + position),
    position,
    sku: `SKU${position}`,
    barcode: `789000000000${position}`,
    productCode: String(position),
    reference: `VE10${position}`,
    description: `Vestido Midi Linho ${position}`,
    color: 'Areia',
    print: '',
    size: 'M',
    quantityMilli: 1000,
    unitPriceCents,
    grossCents: unitPriceCents,
    itemDiscountCents: 0,
    saleDiscountCents: 0,
    netCents: unitPriceCents,
    salesperson: { code: '000024', name: 'Marina Prado' },
    ...change,
  };
}

export function saleView(change: Partial<SaleView> = {}): SaleView {
  const lines = change.lines ?? [saleLine(1)];
  const totalCents = lines.reduce((sum, line) => sum + line.netCents, 0);
  return {
    saleId: id(1),
    state: 'open',
    number: null,
    lines,
    tenders: [],
    piecesMilli: lines.reduce((sum, line) => sum + line.quantityMilli, 0),
    grossCents: lines.reduce((sum, line) => sum + line.grossCents, 0),
    itemDiscountCents: 0,
    saleDiscountCents: 0,
    totalCents,
    tenderedCents: 0,
    dueCents: totalCents,
    changeCents: 0,
    salesperson: { code: '000024', name: 'Marina Prado' },
    cpf: null,
    customer: null,
    note: '',
    operator: { code: '1', name: 'Ana Souza' },
    startedAt: '2026-11-21T13:00:00.000Z',
    completedAt: null,
    businessDay: null,
    lastLineId: lines.at(-1)?.lineId ?? null,
    ...change,
  };
}

export const paymentTypes: PaymentTypeView[] = [
  paymentType(1, 'Dinheiro', 'cash', { allowsChange: true }),
  paymentType(2, 'Cartão de crédito', 'credit_card', { maximumInstallments: 6 }),
  paymentType(3, 'Cartão de débito', 'debit_card'),
  paymentType(4, 'Pix', 'pix'),
  paymentType(5, 'Vale-troca', 'store_credit', { supported: false, unavailable: 'kind' }),
];

export const pixPending: PixPendingView = {
  count: 2,
  cents: 28_980,
  toCheck: { count: 1, cents: 18_990 },
  toReturn: { count: 1, cents: 9_990 },
  oldestAt: '2026-11-21T12:30:00.000Z',
};

export function pixCharge(change: Partial<PixChargeView> = {}): PixChargeView {
  return {
    txid: 'E01261121K3V9Q0ZC4M',
    saleId: id(1),
    saleNumber: 'E01000123',
    amountCents: 18_990,
    state: 'to_check',
    shownAt: '2026-11-21T13:00:00.000Z',
    shownBy: 'Ana Souza',
    answeredAt: '2026-11-21T13:01:00.000Z',
    answeredBy: 'Ana Souza',
    checkedAt: null,
    checkedBy: null,
    note: null,
    ...change,
  };
}

export function paper(): PaperView {
  const line = (text: string, style: PaperView['lines'][number]['style'] = 'normal') => ({ text, style });
  return {
    paperId: id(700),
    documentId: id(1),
    kind: 'sale',
    templateVersion: 1,
    lines: [
      line('COMPROVANTE - NÃO É DOCUMENTO FISCAL', 'center'),
      line('', 'rule'),
      line('Loja Modelo Ltda', 'bold'),
      line('CNPJ 12.345.678/0001-95'),
      line('Venda E01000123  21/11/2026 10:05'),
      line('', 'rule'),
      line('1 Vestido Midi Linho  Areia M      R$ 99,90'),
      line('2 Vestido Midi Linho  Areia M      R$ 99,90'),
      line('', 'rule'),
      line('TOTAL                 R$ 199,80', 'large'),
      line('Dinheiro                          R$ 200,00'),
      line('Troco                               R$ 0,20'),
      line('', 'rule'),
      line('E01000123', 'code'),
    ],
  };
}

export function saleRow(number: number, change: Partial<SaleRowView> = {}): SaleRowView {
  return {
    saleId: id(10_000 + number),
    number: `E01${String(number).padStart(6, '0')}`,
    businessDay: '2026-11-21',
    completedAt: new Date(Date.UTC(2026, 10, 21, 12, 0, 0) + number * 240_000).toISOString(),
    operator: 'Ana Souza',
    piecesMilli: 2000,
    totalCents: 19_980 + number * 137,
    tenders: [{ description: 'Dinheiro', kind: 'cash', amountCents: 19_980 }],
    delivery: {
      documentId: id(20_000 + number),
      kind: 'sale',
      state: 'confirmed',
      attempts: 1,
      lastError: null,
      confirmedAt: new Date(Date.UTC(2026, 10, 21, 12, 0, 20) + number * 240_000).toISOString(),
    },
    cancellation: null,
    ...change,
  };
}

/** A sale as the list of movements shows it: the newest has the highest number. */
export function movementRow(number: number, change: Partial<MovementRowView> = {}): MovementRowView {
  const sale = saleRow(number);
  return {
    kind: 'sale',
    number: sale.number,
    businessDay: sale.businessDay,
    at: sale.completedAt,
    operator: sale.operator,
    amountCents: sale.totalCents,
    piecesMilli: sale.piecesMilli,
    saleId: sale.saleId,
    isCancelled: false,
    delivery: sale.delivery,
    ...change,
  };
}

function paymentType(
  paymentTypeId: number,
  description: string,
  kind: PaymentTypeView['kind'],
  change: Partial<PaymentTypeView> = {},
): PaymentTypeView {
  return {
    paymentTypeId,
    code: String(paymentTypeId),
    description,
    kind,
    allowsChange: false,
    supported: true,
    unavailable: null,
    digit: paymentTypeId,
    maximumInstallments: 1,
    ...change,
  };
}
