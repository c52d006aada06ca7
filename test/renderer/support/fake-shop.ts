import type { SaleLineView, SaleView, TenderView } from '../../../contract/sale-views.ts';
import type { StationView } from '../../../contract/station-views.ts';
import { answer, createFakeBridge, no, type FakeBridge } from './fake-bridge.ts';
import { id, movementRow, paper, paymentTypes, pixPending, saleLine, saleView, stationView } from './views.ts';

export type FakeShop = FakeBridge & {
  readonly state: { view: StationView; sale: SaleView | null };
  /** Whom a new sale and its lines belong to at first. */
  salesperson: SaleView['salesperson'];
};

/** As the core writes it for R$ 189,90. */
const PIX_PAYLOAD =
  '00020126850014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400000223Ref E01261121K3V9Q0ZC4M520400005303986' +
  '5406189.905802BR5906Centro6009Sao Paulo62230519E01261121K3V9Q0ZC4M6304995E';

const PRICES: Readonly<Record<string, readonly [description: string, cents: number, color: string, size: string]>> = {
  '7890000000017': ['Vestido Midi Linho', 18_990, 'Areia', 'M'],
  '7890000000024': ['Calça Pantalona Crepe', 15_990, 'Preto', '40'],
  '7890000000031': ['Camisa Tricoline Slim', 9_990, 'Branco', 'G'],
};

const MOVEMENTS = Array.from({ length: 260 }, (_, index) => movementRow(260 - index));

/** A core that sells three products, in a few lines of its own arithmetic: enough for the window to be used. */
export function createFakeShop(view: StationView = stationView()): FakeShop {
  const state: FakeShop['state'] = { view, sale: null };
  let made = 1000;
  const keep = (sale: SaleView) => {
    const totals = sum(sale);
    state.sale = totals;
    return answer(totals);
  };
  const onSale = (change: (sale: SaleView) => SaleView) =>
    state.sale === null ? no({ code: 'sale_not_found', saleId: id(1) } as const) : keep(change(state.sale));

  const bridge = createFakeBridge({
    'station.view': () => answer(state.view),
    'sale.current': () => answer(state.sale),
    'operator.list': () =>
      answer([
        { code: '1', name: 'Ana Souza', profile: 'cashier' },
        { code: '2', name: 'Bruno Lima', profile: 'cashier' },
        { code: '9', name: 'Carla Dias', profile: 'manager' },
        { code: '99', name: 'Diego Alves', profile: 'supervisor' },
      ]),
    'operator.login': ({ code, pin }) => {
      if (pin !== '1111') return no({ code: 'pin_wrong', attemptsLeft: 4 });
      const operator = { code, name: 'Ana Souza', profile: 'cashier' } as const;
      state.view = { ...state.view, operator };
      return answer(operator);
    },
    'operator.approve': ({ pin }) =>
      pin === '9999'
        ? answer({ approvalId: id(555), operator: { code: '9', name: 'Carla Dias', profile: 'manager' } })
        : no({ code: 'pin_wrong', attemptsLeft: 2 }),
    'cashSession.open': ({ floatCents }) => {
      const session = { ...stationView().cashSession, floatCents } as NonNullable<StationView['cashSession']>;
      state.view = { ...state.view, cashSession: session };
      return answer(session);
    },
    'cashSession.suggestFloat': () => answer({ floatCents: null }),
    'cashSession.drawer': () => answer({ isAboveLimit: false, limitCents: 80_000 }),
    'salesperson.list': () =>
      answer([
        { code: '000024', name: 'Marina Prado' },
        { code: '000031', name: 'Otávio Reis' },
      ]),
    'payment.types': () => answer(paymentTypes),
    'pix.pending': () => answer(pixPending),
    'sale.parked': () => answer([]),
    'movement.list': ({ from = 0, limit = 100 }) =>
      answer({ total: MOVEMENTS.length, rows: MOVEMENTS.slice(from, from + limit) }),
    'movement.get': ({ documentId }) => {
      const row = MOVEMENTS.find(({ delivery }) => delivery.documentId === documentId);
      return row === undefined
        ? no({ code: 'document_not_found', documentId })
        : answer({ row, steps: [], papers: [paper()], error: null });
    },
    'sale.addItem': ({ saleId, barcode, quantityMilli = 1000 }) => {
      const product = PRICES[barcode];
      if (product === undefined) return no({ code: 'unknown_barcode', barcode });
      const [description, unitPriceCents, color, size] = product;
      const lines = state.sale?.lines ?? [];
      const grossCents = (unitPriceCents * quantityMilli) / 1000;
      const line: SaleLineView = saleLine(lines.length + 1, {
        lineId: id((made += 1)),
        description,
        color,
        size,
        barcode,
        unitPriceCents,
        quantityMilli,
        grossCents,
        netCents: grossCents,
        salesperson: shop.salesperson,
      });
      return keep({
        ...(state.sale ?? saleView({ saleId, lines: [], salesperson: shop.salesperson })),
        lines: [...lines, line],
        lastLineId: line.lineId,
      });
    },
    'sale.removeItem': ({ lineId }) =>
      onSale((sale) => ({ ...sale, lines: sale.lines.filter((line) => line.lineId !== lineId) })),
    'sale.setSalesperson': () => onSale((sale) => sale),
    'sale.addTender': ({ paymentTypeId, amountCents, installments = 1 }) => {
      const type = paymentTypes.find((candidate) => candidate.paymentTypeId === paymentTypeId);
      if (type === undefined) return no({ code: 'payment_type_unknown', paymentTypeId });
      const { description, kind } = type;
      const tender: TenderView = {
        tenderId: id((made += 1)),
        paymentTypeId,
        description,
        kind,
        amountCents,
        installments,
        nsu: null,
        pix: kind === 'pix' ? { txid: 'E01261121K3V9Q0ZC4M', payload: PIX_PAYLOAD, state: 'waiting' } : null,
      };
      return onSale((sale) => ({ ...sale, tenders: [...sale.tenders, tender] }));
    },
    'sale.confirmPix': ({ tenderId }) => onSale((sale) => withPix(sale, tenderId, 'to_check')),
    'sale.removeTender': ({ tenderId }) =>
      onSale((sale) => ({ ...sale, tenders: sale.tenders.filter((tender) => tender.tenderId !== tenderId) })),
    'sale.complete': () => {
      if (state.sale === null) return no({ code: 'sale_not_found', saleId: id(1) });
      const sale: SaleView = { ...state.sale, state: 'completed', number: 'E01000123' };
      state.sale = null;
      return answer({ sale, paper: paper() });
    },
  });
  const shop: FakeShop = Object.assign(bridge, { state, salesperson: saleView().salesperson });
  return shop;
}

function withPix(sale: SaleView, tenderId: string, state: 'to_check'): SaleView {
  const tenders = sale.tenders.map((tender) =>
    tender.tenderId === tenderId && tender.pix !== null ? { ...tender, pix: { ...tender.pix, state } } : tender,
  );
  return { ...sale, tenders };
}

function sum(sale: SaleView): SaleView {
  const totalCents = sale.lines.reduce((total, line) => total + line.netCents, 0);
  const tenderedCents = sale.tenders.reduce((total, tender) => total + tender.amountCents, 0);
  return {
    ...sale,
    piecesMilli: sale.lines.reduce((total, line) => total + line.quantityMilli, 0),
    grossCents: sale.lines.reduce((total, line) => total + line.grossCents, 0),
    totalCents,
    tenderedCents,
    dueCents: Math.max(0, totalCents - tenderedCents),
    changeCents: Math.max(0, tenderedCents - totalCents),
  };
}
