/*
 * Compares what the station's driver was told with what the ERP holds. It imports nothing of the product: both sides
 * are read as plain data, and every figure is computed anew here.
 */

/** A sale as it was acknowledged to the person at the till. Tenders are net of change. */
export type JournalSale = {
  readonly saleId: string;
  readonly number: string;
  readonly businessDay: string;
  readonly salespersonCode: string;
  readonly totalCents: number;
  readonly lines: readonly { readonly sku: string; readonly quantityMilli: number; readonly netCents: number }[];
  readonly tenders: readonly {
    readonly paymentTypeId: number;
    readonly cardBrandId: number | null;
    readonly acquirerId: number | null;
    readonly installments: number;
    readonly amountCents: number;
  }[];
  /** Its cancellation was acknowledged too. */
  readonly cancelled: boolean;
};

/** An order as `GET /admin/received` of the stand-in ERP lists it. */
export type ReceivedOrder = {
  readonly cod_pedidov: string;
  readonly n_pedido_cliente: string;
  readonly cod_vendedor: string | null;
  readonly data_emissao: string;
  readonly total: number;
  readonly v_acerto: number;
  readonly status: number;
  readonly inclusions: number;
  readonly produtos: readonly { readonly sku: string; readonly quantidade: number; readonly preco: number }[];
  readonly lancamentos: readonly {
    readonly tipo_pgto: number;
    readonly bandeira: number | null;
    readonly operadora: number | null;
    readonly numparc: number;
    readonly parcela: number;
    readonly valor_inicial: number;
  }[];
};

/** Findings by kind, each a sentence that names the sale; all empty when the ERP holds exactly what was sold. */
export type Comparison = {
  /** Acknowledged and not at the ERP; or cancelled here and still alive there. */
  readonly lost: readonly string[];
  /** More than one order for a sale, or one taken more than once. */
  readonly doubled: readonly string[];
  /** Any figure, line, payment or status that differs. */
  readonly unequal: readonly string[];
  /** At the ERP under our hand, and nobody was ever told of it here. */
  readonly strangers: readonly string[];
  /** Numbers of acknowledged sales are 1, 2, 3 ... without a gap; what breaks that. */
  readonly gaps: readonly string[];
};

/** Status of a sale delivered at the till, and of a cancelled one. */
const DELIVERED = 3;
const CANCELLED = 5;

export function compare(journal: readonly JournalSale[], orders: readonly ReceivedOrder[]): Comparison {
  const byDocument = Map.groupBy(orders, (order) => order.n_pedido_cliente);
  const lost: string[] = [];
  const doubled: string[] = [];
  const unequal: string[] = [];
  for (const sale of journal) {
    const [order, ...others] = byDocument.get(sale.saleId) ?? [];
    if (order === undefined) {
      lost.push(`${sale.number}: not at the ERP`);
      continue;
    }
    if (others.length > 0) doubled.push(`${sale.number}: ${others.length + 1} orders for one sale`);
    if (order.inclusions !== 1) doubled.push(`${sale.number}: taken ${order.inclusions} times`);
    if (sale.cancelled && order.status !== CANCELLED)
      lost.push(`${sale.number}: cancelled here, status ${order.status} there`);
    if (!sale.cancelled && order.status !== DELIVERED) unequal.push(`${sale.number}: status ${order.status}`);
    for (const difference of differences(sale, order)) unequal.push(`${sale.number}: ${difference}`);
  }
  for (const [number, same] of Map.groupBy(orders, (order) => order.cod_pedidov)) {
    if (same.length > 1) doubled.push(`${number}: the number was given to ${same.length} orders`);
  }
  const known = new Set(journal.map((sale) => sale.saleId));
  const strangers = orders
    .filter((order) => !known.has(order.n_pedido_cliente))
    .map((order) => `${order.cod_pedidov}: unknown here`);
  return { lost, doubled, unequal, strangers, gaps: findGaps(journal) };
}

function* differences(sale: JournalSale, order: ReceivedOrder): Generator<string> {
  if (order.cod_pedidov !== sale.number) yield `number ${order.cod_pedidov}`;
  if (order.data_emissao !== sale.businessDay) yield `day ${order.data_emissao}, sold on ${sale.businessDay}`;
  if (order.cod_vendedor !== sale.salespersonCode)
    yield `salesperson ${order.cod_vendedor}, was ${sale.salespersonCode}`;
  const total = toCents(order.total);
  if (total !== sale.totalCents) yield `total ${total}, was ${sale.totalCents}`;
  const lines = order.produtos.reduce((sum, line) => sum + toCents(line.preco * line.quantidade), 0);
  if (lines + toCents(order.v_acerto) !== total) yield `its lines and adjustment are not its total`;
  const paid = order.lancamentos.reduce((sum, payment) => sum + toCents(payment.valor_inicial), 0);
  if (paid !== total) yield `its payments are ${paid}, not its total ${total}`;
  yield* lineDifferences(sale, order);
  yield* paymentDifferences(sale, order);
}

/** Each line by SKU and quantity; its unit price may be off by what a price a piece cannot express. */
function* lineDifferences(sale: JournalSale, order: ReceivedOrder): Generator<string> {
  const left = [...order.produtos];
  for (const line of sale.lines) {
    const quantity = line.quantityMilli / 1000;
    const index = left.findIndex(
      (theirs) =>
        theirs.sku === line.sku &&
        theirs.quantidade === quantity &&
        Math.abs(theirs.preco * 100 * quantity - line.netCents) <= quantity / 2 + Number.EPSILON * 1e6,
    );
    if (index === -1) yield `no line ${line.sku} x ${quantity} for ${line.netCents}`;
    else left.splice(index, 1);
  }
  for (const line of left) yield `a line only there: ${line.sku} x ${line.quantidade} at ${line.preco}`;
}

/** Payments by type, card and number of instalments: the amount, and that every instalment is there. */
function* paymentDifferences(sale: JournalSale, order: ReceivedOrder): Generator<string> {
  const ours = Map.groupBy(sale.tenders, (t) => key(t.paymentTypeId, t.cardBrandId, t.acquirerId, t.installments));
  const theirs = Map.groupBy(order.lancamentos, (p) => key(p.tipo_pgto, p.bandeira, p.operadora, p.numparc));
  for (const name of new Set([...ours.keys(), ...theirs.keys()])) {
    const amount = (ours.get(name) ?? []).reduce((sum, tender) => sum + tender.amountCents, 0);
    const payments = theirs.get(name) ?? [];
    const received = payments.reduce((sum, payment) => sum + toCents(payment.valor_inicial), 0);
    if (amount !== received) yield `payment ${name}: ${received}, was ${amount}`;
    const expected = (ours.get(name) ?? []).flatMap((t) =>
      Array.from({ length: t.installments }, (_, index) => index + 1),
    );
    const found = payments.map((payment) => payment.parcela);
    if (sorted(expected).join() !== sorted(found).join()) yield `payment ${name}: instalments ${found.join()}`;
  }
}

function findGaps(journal: readonly JournalSale[]): string[] {
  const sequences = sorted(journal.map((sale) => Number(sale.number.slice(3))));
  return sequences.flatMap((sequence, index) =>
    sequence === index + 1 ? [] : [`number ${sequence} where ${index + 1} belongs`],
  );
}

function key(type: number, brand: number | null, acquirer: number | null, installments: number): string {
  return `type ${type} brand ${brand ?? '-'} acquirer ${acquirer ?? '-'} in ${installments}`;
}

function sorted(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b);
}

function toCents(amount: number): number {
  return Math.round(amount * 100);
}
