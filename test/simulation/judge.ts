import { CASH, CONSUMER, type ErpState, type Row, type StationCode } from './erp-state.ts';
import type { Ledger, LedgerSale } from './ledger.ts';
import { cents, digits, rowsOf, sum, text } from './model-erp.ts';

/** What is compared: one till, its file, what the ERP holds. */
export type Case = {
  readonly code: StationCode;
  /** Reads the station's file. */
  readonly all: (sql: string) => Row[];
  readonly ledger: Ledger;
  /** What an older disk of this till had sold; empty in nearly every seed. */
  readonly lost: readonly Ledger[];
  readonly erp: ErpState;
  /** The day was compared again by the station itself, with nothing on its way any more. */
  readonly isMorning: boolean;
  /** By the station's own clock too: it read the last days of the catalogue again. */
  readonly isNightOver: boolean;
  /** Numbers that the ERP refuses for good: a person is told, and everything else goes on. */
  readonly poisoned: ReadonlySet<string>;
};

/**
 * The invariants of the fault model, by SQL and by the model ERP's own data: none of the product's code is asked whether
 * the product is right. Answers what is not as it should be.
 */
export function judge({ code, all, ledger, lost, erp, isMorning, isNightOver, poisoned }: Case): string[] {
  const found: string[] = [];
  const tell = (text: string): void => void found.push(`${code}: ${text}`);
  judgeSales(all, ledger, tell);
  judgeNumbers(all, code, lost.length > 0, tell);
  judgeAudit(all, code, erp, tell);
  const elsewhere = findElsewhere(ledger, lost, erp);
  judgeOutbox(all, new Set([...findCollisions(ledger, lost, erp), ...findUndone(lost)]), poisoned, elsewhere, tell);
  judgeCatalogue(all, erp, isNightOver, tell);
  judgeOrders(code, ledger, lost, erp, poisoned, elsewhere, tell);
  judgeCash(code, ledger, lost, erp, tell);
  judgeCustomers(ledger, lost, erp, tell);
  if (isMorning && lost.length === 0 && poisoned.size === 0) judgeDays(all, tell);
  return found;
}

/** Documents of a till that are on their way by themselves. */
export function countWaiting(all: All, poisoned: ReadonlySet<string>): number {
  const rows = all(`SELECT natural_key FROM outbox WHERE state IN ('pending', 'sending', 'unknown', 'sent')`);
  // The cancellation of a sale that waits for a person waits with it.
  return rows.filter((row) => !poisoned.has(text(row['natural_key']))).length;
}

type All = (sql: string) => Row[];
type Tell = (text: string) => void;

/** Nothing lost at the till, nothing there that nobody sold, and the sums of each sale agree. */
function judgeSales(all: All, ledger: Ledger, tell: Tell): void {
  const rows = all(`SELECT sale_id, number, total_cents, change_cents,
    (SELECT sum(net_cents) FROM sale_items i WHERE i.sale_id = s.sale_id AND removed_at_ms IS NULL) AS items,
    (SELECT sum(amount_cents) FROM sale_tenders t WHERE t.sale_id = s.sale_id AND removed_at_ms IS NULL) AS tenders,
    (SELECT count(*) FROM papers p WHERE p.document_id = s.sale_id) AS papers,
    (SELECT count(*) FROM cancellations c WHERE c.sale_id = s.sale_id) AS cancelled
    FROM sales s WHERE state = 'completed'`);
  for (const row of rows) {
    const sale = ledger.sales.get(text(row['sale_id']));
    if (sale === undefined) {
      tell(`sale ${text(row['number'])} was completed by nobody`);
      continue;
    }
    const { number, totalCents, isCancelled } = sale;
    if (row['number'] !== number || row['total_cents'] !== totalCents) tell(`sale ${number} changed after it was told`);
    if (row['items'] !== totalCents) tell(`items of ${number} make ${text(row['items'])} of ${totalCents}`);
    if (Number(row['tenders']) - Number(row['change_cents']) !== totalCents)
      tell(`tenders of ${number} do not make its total`);
    if (row['papers'] !== 1) tell(`sale ${number} has ${text(row['papers'])} papers`);
    if ((row['cancelled'] === 1) !== isCancelled) tell(`sale ${number} is ${isCancelled ? 'not ' : ''}cancelled here`);
  }
  const here = new Set(rows.map((row) => row['sale_id']));
  for (const { saleId, number } of ledger.sales.values()) if (!here.has(saleId)) tell(`sale ${number} is lost here`);
}

function judgeNumbers(all: All, code: string, mayJump: boolean, tell: Tell): void {
  const rows = all(`SELECT sequence, number FROM sales WHERE state = 'completed' ORDER BY sequence`);
  for (const [index, { sequence, number }] of rows.entries()) {
    if (!mayJump && sequence !== index + 1) return tell(`number ${text(number)} stands at place ${index + 1}`);
    if (number !== code + String(sequence).padStart(9, '0'))
      return tell(`${text(number)} is sequence ${text(sequence)}`);
  }
}

/** The chain is whole by its own hashes, and the ERP has all of it. */
function judgeAudit(all: All, code: string, erp: ErpState, tell: Tell): void {
  let previous = '';
  for (const [index, row] of all('SELECT * FROM audit ORDER BY sequence').entries()) {
    if (row['sequence'] !== index + 1) return tell(`audit row ${index + 1} is missing`);
    if (row['previous_hash'] !== previous) return tell(`audit row ${index + 1} does not follow the one before`);
    previous = text(row['hash']);
    if (erp.audit[previous] === undefined)
      return tell(`audit row ${index + 1} (${text(row['action'])}) is not at the ERP`);
  }
  if (erp.heads[code] !== previous) tell('the head of the audit chain at the ERP is another');
}

/** Numbers that an older disk gave away a second time, after which the ERP has the sale of before: people are told. */
function findCollisions(ledger: Ledger, lost: readonly Ledger[], erp: ErpState): ReadonlySet<string> {
  const gone = new Set(lost.flatMap(({ sales }) => [...sales.keys()]));
  const here = [...ledger.sales.values()].flatMap(({ saleId, number }) => {
    const id = text(erp.orders[number]?.['n_pedido_cliente']);
    return id !== saleId && gone.has(id) ? [number] : [];
  });
  return new Set(here);
}

/** Numbers of sales that were cancelled after an image of the disk that is back: a person is told that they differ. */
function findUndone(lost: readonly Ledger[]): string[] {
  return lost.flatMap(({ sales }) => [...sales.values()].flatMap((sale) => (sale.isCancelled ? [sale.number] : [])));
}

/**
 * Numbers of sales that were suspended on the disk that is back and had been completed on the one that is gone, before
 * they were completed again: the ERP keeps the first one alone, and a person is told of the second.
 */
export function findElsewhere(ledger: Ledger, lost: readonly Ledger[], erp: ErpState): ReadonlySet<string> {
  const again = [...ledger.sales.values()].filter(({ saleId, number }) =>
    lost.some(({ sales }) => {
      const before = sales.get(saleId)?.number ?? number;
      return before !== number && erp.orders[before]?.['n_pedido_cliente'] === saleId;
    }),
  );
  return new Set(again.map(({ number }) => number));
}

function judgeOutbox(
  all: All,
  collisions: ReadonlySet<string>,
  poisoned: ReadonlySet<string>,
  elsewhere: ReadonlySet<string>,
  tell: Tell,
): void {
  for (const row of all(
    `SELECT kind, natural_key, state, error_text FROM outbox WHERE state NOT IN ('confirmed', 'annulled')`,
  )) {
    if (row['kind'] === 'customer' && row['state'] === 'discarded') continue;
    const key = text(row['natural_key']);
    const isTold = row['state'] === 'rejected' || row['kind'] === 'cancellation';
    if ((poisoned.has(key) || elsewhere.has(key)) && isTold) continue;
    if (collisions.has(text(row['natural_key'])) && row['state'] !== 'rejected') continue;
    tell(`${text(row['kind'])} ${text(row['natural_key'])} is ${text(row['state'])}: ${text(row['error_text'])}`);
  }
}

function judgeCatalogue(
  all: All,
  { prices: pricesThere, products: productsThere, stock }: ErpState,
  isNightOver: boolean,
  tell: Tell,
): void {
  // What was committed late is read again at night.
  const isDue = (row: Row): boolean => isNightOver || row['late'] !== true;
  const prices = new Map(all('SELECT sku, price1_cents, is_blocked FROM prices').map((row) => [row['sku'], row]));
  for (const { sku, preco1, bloqueado_preco } of pricesThere.filter((row) => isDue(row))) {
    const here = prices.get(sku);
    if (here?.['price1_cents'] !== cents(preco1))
      tell(`price of ${text(sku)} is ${text(here?.['price1_cents'])} instead of ${cents(preco1)}`);
    if (Boolean(here?.['is_blocked']) !== bloqueado_preco)
      tell(`${text(sku)} is ${bloqueado_preco === true ? 'not ' : ''}blocked`);
  }
  const products = new Map(all('SELECT product_id, description FROM products').map((row) => [row['product_id'], row]));
  for (const { produto, descricao1 } of productsThere.filter((row) => isDue(row))) {
    if (products.get(produto)?.['description'] !== descricao1)
      tell(`text of ${text(produto)} is not ${text(descricao1)}`);
  }
  const stocks = new Map(
    all('SELECT sku, quantity_milli FROM stocks').map((row) => [row['sku'], row['quantity_milli']]),
  );
  for (const { sku, saldo } of stock.filter((row) => isDue(row))) {
    if (stocks.get(sku) !== Number(saldo) * 1000)
      tell(`stock of ${text(sku)} is ${text(stocks.get(sku))} instead of ${text(saldo)} pieces`);
  }
}

/** Each sale once at the ERP, equal, in its state; nothing there that was not sold. */
function judgeOrders(
  code: string,
  ledger: Ledger,
  lost: readonly Ledger[],
  erp: ErpState,
  poisoned: ReadonlySet<string>,
  elsewhere: ReadonlySet<string>,
  tell: Tell,
): void {
  const received = Object.values(erp.orders).filter((order) => text(order['cod_pedidov']).startsWith(code));
  const byId = new Map<unknown, Row[]>();
  for (const order of received)
    byId.set(order['n_pedido_cliente'], [...(byId.get(order['n_pedido_cliente']) ?? []), order]);
  const collisions = findCollisions(ledger, lost, erp);
  for (const sale of ledger.sales.values()) {
    if (collisions.has(sale.number) || poisoned.has(sale.number)) continue;
    const [order, ...more] = byId.get(sale.saleId) ?? [];
    if (elsewhere.has(sale.number)) {
      if (more.length > 0) tell(`sale ${sale.number} was sent again: the disk that had completed it is gone`);
      continue;
    }
    if (order === undefined) tell(`sale ${sale.number} is not at the ERP`);
    else judgeOrder(sale, order, erp, !lost.some(({ sales }) => sales.get(sale.saleId)?.isCancelled === true), tell);
    if (more.length > 0) tell(`sale ${sale.number} is ${more.length + 1} times at the ERP`);
  }
  const known = new Map(lost.flatMap(({ sales }) => [...sales]));
  for (const [id, [order]] of byId) {
    if (order === undefined || ledger.sales.has(text(id))) continue;
    const sale = known.get(text(id));
    if (sale === undefined) tell(`order ${text(order['cod_pedidov'])} was sold by nobody`);
    else judgeOrder(sale, order, erp, false, tell);
  }
}

function judgeOrder(sale: LedgerSale, order: Row, erp: ErpState, isStanding: boolean, tell: Tell): void {
  const { number } = sale;
  if (order['cod_pedidov'] !== number) tell(`sale ${number} is ${text(order['cod_pedidov'])} at the ERP`);
  if (cents(order['total']) !== sale.totalCents)
    tell(`sale ${number} is ${cents(order['total'])} instead of ${sale.totalCents} at the ERP`);
  const paid = sum(rowsOf(order['lancamentos']), (row) => cents(row['valor_inicial']));
  if (paid !== sale.totalCents) tell(`sale ${number} is paid with ${paid} of ${sale.totalCents} at the ERP`);
  const ours = sale.lines.map(({ sku, quantityMilli }) => `${sku} x${quantityMilli}`).sort();
  const theirs = rowsOf(order['produtos'])
    .map((row) => `${text(row['sku'])} x${Number(row['quantidade']) * 1000}`)
    .sort();
  if (ours.join() !== theirs.join()) tell(`sale ${number} has ${theirs.join()} instead of ${ours.join()} at the ERP`);
  const charged = sum(rowsOf(order['produtos']), (row) => cents(row['preco']) * Number(row['quantidade']));
  if (charged + cents(order['v_acerto']) !== sale.totalCents) tell(`lines of ${number} make ${charged} at the ERP`);
  if (!isStanding) return;
  const status = sale.isCancelled ? 5 : 3;
  if (order['status'] !== status)
    tell(`sale ${number} has status ${text(order['status'])} instead of ${status} at the ERP`);
  const customer = erp.customers.find((row) => sale.cpf !== null && digits(text(row['cpf'])) === sale.cpf);
  const wanted = sale.cpf === null ? CONSUMER : customer?.['cliente'];
  if (order['cliente'] !== wanted)
    tell(`sale ${number} is of customer ${text(order['cliente'])} instead of ${text(wanted)}`);
}

function judgeCash(code: string, ledger: Ledger, lost: readonly Ledger[], erp: ErpState, tell: Tell): void {
  const spell = (kind: string, amountCents: number): string => `${kind} ${amountCents}`;
  const theirs = Object.values(erp.cash)
    .filter((row) => row['estacao'] === code)
    .map((row) => {
      const first = rowsOf(row['valores']).find((value) => value['tipo_pgto'] === CASH);
      return spell(text(row['tipo']), cents(first?.['valor'] ?? first?.['sistema'] ?? 0));
    });
  const left = [...theirs];
  for (const { kind, amountCents } of ledger.cash) {
    const index = left.indexOf(spell(kind, amountCents));
    if (index === -1) tell(`drawer: ${spell(kind, amountCents)} is not at the ERP`);
    else left.splice(index, 1);
  }
  if (lost.length === 0 && left.length > 0) tell(`drawer: ${left.join(', ')} at the ERP happened nowhere`);
}

/** A name that an older disk of this till knew, and told, may stand there. */
function judgeCustomers(ledger: Ledger, lost: readonly Ledger[], erp: ErpState, tell: Tell): void {
  for (const [cpf, { name }] of ledger.customers) {
    const rows = erp.customers.filter((row) => digits(text(row['cpf'])) === cpf);
    if (rows.length !== 1) tell(`customer ${name} is ${rows.length} times at the ERP`);
    else if (
      rows[0]?.['nome'] !== name &&
      !lost.some(({ customers }) => customers.get(cpf)?.name === rows[0]?.['nome'])
    )
      tell(`customer ${name} is ${text(rows[0]?.['nome'])} at the ERP`);
  }
}

/** What the station itself says of its closed days. */
function judgeDays(all: All, tell: Tell): void {
  for (const { business_day, is_equal } of all('SELECT business_day, is_equal FROM reconciliations')) {
    if (is_equal !== 1) tell(`day ${text(business_day)} is told to differ`);
  }
}
