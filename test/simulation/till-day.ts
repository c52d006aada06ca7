import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import type { SaleView } from '../../contract/sale-views.ts';
import { CASH, CREDIT_CARD, SUPPLY_REASON, WITHDRAWAL_REASON } from './erp-state.ts';
import { copyLedger, createLedger, drawerCents, noteSale, type Ledger } from './ledger.ts';
import type { SimulatedStation } from './simulated-station.ts';
import type { World } from './world.ts';

/** Refusals that no person at a till can bring about: a bug of the product or of the simulation. */
const NEVER: ReadonlySet<string> = new Set([
  'internal',
  'invalid_input',
  'unknown_method',
  'storage_failed',
  'command_reused',
]);

/** The disk was put back to an earlier one under what somebody was doing: they begin again. */
class Interrupted extends Error {}

/** A person at one till for a day, who presses again what got no answer. */
export type TillDay = {
  readonly ledger: () => Ledger;
  /** What an older disk of this till knew: sold for certain, and not known here any more. */
  readonly lost: Ledger[];
  readonly serve: () => void;
  readonly stop: () => void;
  /** Nobody is in the middle of anything. */
  readonly isIdle: () => boolean;
  /** Finishes what is open, counts and closes the drawer. */
  readonly close: () => void;
  readonly findings: string[];
  /**
   * Copies disk and ledger; answers how to go back to them while the core is dead. Null while somebody waits for an
   * answer: what is on the disk then is told to nobody yet, and the ledger could not say what it should be.
   */
  readonly image: () => (() => void) | null;
};

export function createTillDay(
  world: World,
  station: SimulatedStation,
  barcodes: readonly string[],
  isPriceKnown: (sku: string, cents: number) => boolean,
): TillDay {
  const { code } = station;
  const random = station.random.fork('person');
  const findings: string[] = [];
  const lost: Ledger[] = [];
  let ledger = createLedger();
  let epoch = 0;
  let shifts = 0;
  let isBusy = false;
  let customers = 0;
  /** Commands that wait for their answer. */
  let pressed = 0;
  /** A sale may be open that this person did not end. */
  let mayBeOpen = true;

  const pause = (ms: number): Promise<void> => new Promise((resolve) => world.at(ms, resolve));

  async function ask<M extends MethodName>(method: M, input: MethodInput<M>): Promise<Reply<M>> {
    const began = epoch;
    for (;;) {
      while (!station.isAlive()) await pause(400);
      if (began !== epoch) throw new Interrupted();
      const reply = await station.call(method, input);
      if (reply === null) continue;
      if (world.isTraced) world.trace(`${code} ${method} ${reply.ok ? 'ok' : JSON.stringify(reply.error)}`);
      if (!reply.ok && NEVER.has(reply.error.code)) {
        findings.push(`${code} ${method} was refused: ${JSON.stringify(reply.error)} for ${JSON.stringify(input)}`);
      }
      return reply;
    }
  }

  /** Null: refused, which a person takes as an answer. */
  async function press<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M> | null> {
    pressed += 1;
    try {
      const reply = await ask(method, input);
      // A double click, or a window that did not see the answer: the same again, which must change nothing.
      if (reply.ok && random.chance(0.08) && 'commandId' in input) {
        const again = await ask(method, input);
        if (!again.ok) findings.push(`${code} ${method} was refused when repeated: ${JSON.stringify(again.error)}`);
      }
      return reply.ok ? reply.output : null;
    } finally {
      pressed -= 1;
    }
  }

  const command = (): { commandId: string } => ({ commandId: station.newId() });

  async function findSession(): Promise<string | null> {
    const view = await ask('cashSession.suggestFloat', {});
    if (!view.ok) return null;
    await press('operator.login', { code: '1', pin: '1' });
    const floatCents = random.int(0, 300) * 100;
    const opened = await press('cashSession.open', { ...command(), floatCents });
    if (opened !== null) {
      session = opened.cashSessionId;
      ledger.cash.push({ kind: 'ABERTURA', amountCents: opened.floatCents, cashSessionId: session });
    } else await press('cashSession.keepOpen', command());
    return session;
  }
  let session: string | null = null;

  async function addItems(saleId: string): Promise<SaleView | null> {
    let view: SaleView | null = null;
    const items = random.pick([1, 1, 2, 2, 3, 4]);
    for (let item = 0; item < items; item += 1) {
      const barcode = random.pick(barcodes);
      const added = await press('sale.addItem', {
        ...command(),
        saleId,
        barcode,
        quantityMilli: random.pick([1000, 1000, 1000, 2000, 3000]),
      });
      if (added !== null) view = added;
      await pause(random.int(100, 1500));
    }
    const line = view?.lines.at(-1);
    if (view === null || line === undefined) return null;
    if (!isPriceKnown(line.sku, line.unitPriceCents))
      findings.push(`${code} sold ${line.sku} at ${line.unitPriceCents}, which was never its price`);
    if (view.lines.length > 1 && random.chance(0.15))
      view = (await press('sale.removeItem', { ...command(), saleId, lineId: line.lineId })) ?? view;
    if (random.chance(0.2)) {
      const discount = { kind: 'percent', rateBp: random.int(1, 10) * 100 } as const;
      view = (await press('sale.discount', { ...command(), saleId, discount, reason: 'Cliente da casa' })) ?? view;
    }
    return view;
  }

  async function pay(saleId: string, view: SaleView): Promise<SaleView | null> {
    let due = view.totalCents;
    let paid: SaleView | null = view;
    if (due > 200 && random.chance(0.4)) {
      const amountCents = random.chance(0.5) ? due : random.int(100, due - 1);
      const installments = random.int(1, 3);
      paid = await press('sale.addTender', {
        ...command(),
        saleId,
        paymentTypeId: CREDIT_CARD,
        amountCents,
        installments,
        cardBrandId: 1,
        acquirerId: 2,
        nsu: '123',
      });
      due = paid?.dueCents ?? due;
    }
    if (due > 0) {
      const amountCents = due + random.pick([0, 0, 100, 5000]);
      paid = await press('sale.addTender', { ...command(), saleId, paymentTypeId: CASH, amountCents });
    }
    return paid;
  }

  async function sell(): Promise<void> {
    mayBeOpen = true;
    const saleId = station.newId();
    let view = await addItems(saleId);
    if (view === null) return;
    if (random.chance(0.4)) await press('sale.setSalesperson', { ...command(), saleId, salespersonCode: '000024' });
    const cpf = random.chance(0.3) ? [...ledger.customers.keys()].at(-random.int(1, 3)) : undefined;
    const person = cpf === undefined ? undefined : ledger.customers.get(cpf);
    let named: string | null = null;
    if (person !== undefined && cpf !== undefined) {
      const set = await press('sale.setCustomer', { ...command(), saleId, personId: person.personId });
      if (set !== null) named = cpf;
    }
    if (random.chance(0.12)) return park(saleId);
    if (random.chance(0.1)) return abandon(saleId);
    if (named !== null || random.chance(0.2)) view = (await press('sale.current', {})) ?? view;
    await finish(saleId, view, named);
  }

  async function finish(saleId: string, view: SaleView, cpf: string | null): Promise<void> {
    if ((await pay(saleId, view)) === null) return abandon(saleId);
    await pause(random.int(100, 1000));
    const done = await press('sale.complete', { ...command(), saleId });
    if (done === null) return abandon(saleId);
    noteSale(ledger, done.sale, cpf, session ?? '');
    mayBeOpen = false;
    // Paid with the wrong card, found at once: the sale may still be on its way.
    if (random.chance(0.08)) await cancel();
  }

  async function park(saleId: string): Promise<void> {
    if ((await press('sale.park', { ...command(), saleId })) === null) return;
    ledger.parked += 1;
    mayBeOpen = false;
  }

  async function abandon(saleId: string): Promise<void> {
    if ((await press('sale.abandon', { ...command(), saleId, reason: 'Desistiu' })) === null) return;
    ledger.abandoned += 1;
    mayBeOpen = false;
  }

  async function recall(isLast: boolean): Promise<void> {
    const parked = await press('sale.parked', {});
    for (const sale of parked ?? []) {
      if (!isLast && random.chance(0.5)) continue;
      mayBeOpen = true;
      const view = await press('sale.recall', { ...command(), saleId: sale.saleId });
      if (view === null) continue;
      const cpf = [...ledger.customers].find(([, { personId }]) => personId === view.customer?.personId)?.[0] ?? null;
      if (random.chance(0.6)) await finish(sale.saleId, view, cpf);
      else await abandon(sale.saleId);
      if (!isLast) return;
    }
  }

  async function cancel(): Promise<void> {
    const standing = [...ledger.sales.values()].filter(({ isCancelled }) => !isCancelled);
    const sale = random.chance(0.7) ? standing.at(-1) : standing[random.int(0, Math.max(0, standing.length - 1))];
    if (sale === undefined) return;
    const done = await press('sale.cancel', { ...command(), saleId: sale.saleId, reason: 'Cliente desistiu' });
    if (done !== null) sale.isCancelled = true;
  }

  async function registerCustomer(): Promise<void> {
    customers += 1;
    const cpf = makeCpf(Number(code.slice(2)) * 10_000_000 + customers);
    const known = [...ledger.customers.values()].at(-1);
    if (known !== undefined && random.chance(0.25)) {
      const name = `CLIENTE NOVO NOME ${customers}`;
      if ((await press('customer.update', { ...command(), personId: known.personId, name })) !== null)
        known.name = name;
      return;
    }
    const name = `CLIENTE ${code} ${customers}`;
    const done = await press('customer.register', { ...command(), name, cpf });
    if (done?.personId !== undefined) ledger.customers.set(cpf, { personId: done.personId, name });
  }

  async function moveCash(): Promise<void> {
    const isSupply = random.chance(0.5);
    const amountCents = random.int(1, 50) * 100;
    const kind = isSupply ? 'supply' : 'withdrawal';
    const financialReasonId = isSupply ? SUPPLY_REASON : WITHDRAWAL_REASON;
    const moved = await press('cashSession.move', { ...command(), kind, financialReasonId, amountCents });
    if (moved === null || session === null) return;
    ledger.cash.push({
      kind: isSupply ? 'SUPRIMENTO' : 'SANGRIA',
      amountCents: moved.amountCents,
      cashSessionId: session,
    });
  }

  async function act(): Promise<void> {
    if (session === null && (await findSession()) === null) return;
    const open = mayBeOpen || random.chance(0.05) ? await press('sale.current', {}) : null;
    if (open !== null) return abandon(open.saleId);
    mayBeOpen = false;
    const place = random.unit();
    if (place < 0.57) return sell();
    if (place < 0.65) return recall(false);
    if (place < 0.75) return cancel();
    if (place < 0.83) return registerCustomer();
    if (place < 0.96) return moveCash();
    if (place < 0.98) return void (await press('sync.sendNow', {}));
    await press('cashSession.keepOpen', command());
  }

  async function closeDrawer(): Promise<void> {
    if (session === null) return;
    const open = await press('sale.current', {});
    if (open !== null) await abandon(open.saleId);
    await recall(true);
    const countedCents = drawerCents(ledger, session, CASH);
    const denominations = [{ valueCents: 1 as const, quantity: Math.max(0, Math.min(99_999, countedCents)) }];
    if ((await press('cashSession.count', { ...command(), denominations })) === null) return;
    if ((await press('cashSession.close', { ...command(), floatLeftCents: 0 })) === null) return;
    ledger.cash.push({ kind: 'FECHAMENTO', amountCents: countedCents, cashSessionId: session });
    session = null;
  }

  /** One thing after the other until told to stop; what an older disk interrupts is dropped. */
  async function run(work: () => Promise<void>): Promise<void> {
    isBusy = true;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Interrupted))
        findings.push(`${code}: ${error instanceof Error ? error.stack : String(error)}`);
    } finally {
      isBusy = false;
    }
  }

  /** One person at a time: the next shift ends the one before. */
  async function serve(shift: number): Promise<void> {
    const isOn = (): boolean => shift === shifts;
    while (isOn()) {
      await run(act);
      await pause(random.int(300, 4_000));
    }
  }

  return {
    ledger: () => ledger,
    lost,
    findings,
    isIdle: () => !isBusy,
    serve: () => {
      shifts += 1;
      void serve(shifts);
    },
    stop: () => {
      shifts += 1;
    },
    close: () => void run(closeDrawer),
    image: () => {
      if (pressed > 0) return null;
      const putBack = station.disk.image();
      const copy = copyLedger(ledger);
      const sessionThen = session;
      return () => {
        lost.push(ledger);
        ledger = copyLedger(copy);
        session = sessionThen;
        mayBeOpen = true;
        epoch += 1;
        putBack();
      };
    },
  };
}

/** Nine digits with the two that check them. */
function makeCpf(number: number): string {
  const base = String(number).padStart(9, '0');
  const check = (text: string): string => {
    const weighted = Array.from(text).reduce(
      (total, digit, index) => total + Number(digit) * (text.length + 1 - index),
      0,
    );
    const rest = (weighted * 10) % 11;
    return String(rest === 10 ? 0 : rest);
  };
  const first = check(base);
  return base + first + check(base + first);
}
