import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Permission } from '../../contract/policies.ts';
import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import { spawnStation, type SpawnedStation } from '../support/spawn-station.ts';
import type { ConformanceOptions } from './options.ts';

type SaleView = MethodOutput<'sale.addItem'>;

/** A sale as the till acknowledged it. */
export type SoldSale = {
  readonly what: string;
  readonly sale: SaleView;
  isCancelled: boolean;
};

/** The real station, driven as a cashier drives it, with what it acknowledged. */
export type Till = {
  readonly journal: SoldSale[];
  readonly data: () => string;
  /** `folder`: the data of an earlier run, from now on. */
  readonly start: (folder?: string) => Promise<void>;
  /** In order: it finishes its call, logs out and ends. */
  readonly stop: () => Promise<void>;
  readonly kill: () => Promise<void>;
  readonly must: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M>>;
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M>>;
  readonly logIn: () => Promise<void>;
  readonly sell: (what: string, plan: SalePlan) => Promise<SoldSale>;
  readonly cancel: (sold: SoldSale) => Promise<void>;
  /** Waits until nothing is on its way; throws with what stopped it. */
  readonly drain: (timeoutMs: number) => Promise<void>;
};

/** What is rung and how it is paid. `pay` gets the sale with all its items and discounts. */
export type SalePlan = {
  readonly items: readonly { readonly barcode: string; readonly quantityMilli?: number }[];
  readonly itemDiscountCents?: number;
  readonly saleDiscountBp?: number;
  readonly cpf?: string;
  readonly personId?: string;
  readonly pay: (sale: SaleView) => readonly Tender[];
};
export type Tender = Omit<MethodInput<'sale.addTender'>, 'commandId' | 'saleId'>;

/** A slow server is waited for; an answer later than this is looked up by the station. */
const CALL_TIMEOUT_MS = 15_000;

export function createTill(firstData: string, options: ConformanceOptions): Till {
  const journal: SoldSale[] = [];
  let data = firstData;
  let station: SpawnedStation | null = null;
  let salesperson: string | null = null;

  function running(): SpawnedStation {
    if (station === null) throw new Error('the station is not running');
    return station;
  }
  const call = <M extends MethodName>(method: M, input: MethodInput<M>): Promise<Reply<M>> =>
    running().call(method, input);
  const must = async <M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> => {
    const reply = await call(method, input);
    if (reply.ok) return reply.output;
    throw new Error(`the station refused ${method}: ${JSON.stringify(reply.error)}`);
  };

  async function logIn(): Promise<void> {
    const { operator: code, pin } = options;
    const reply = await call('operator.login', { code, pin });
    if (!reply.ok) {
      throw new Error(
        `operator ${code} cannot log in (${reply.error.code}): give one of this server with --operator and --pin`,
      );
    }
    const view = await must('station.view', {});
    const left = await must('sale.current', {});
    if (left !== null)
      await must('sale.abandon', { commandId: randomUUID(), saleId: left.saleId, reason: 'conformidade' });
    if (view.cashSession === null) {
      const open = { commandId: randomUUID(), floatCents: 10_000 };
      const opened = await call('cashSession.open', open);
      if (!opened.ok)
        await must('cashSession.open', { ...open, approvalId: await approve('open_past_day', opened.error.code) });
    }
    salesperson = (await must('salesperson.list', {}))[0]?.code ?? null;
  }

  /** A superior's leave, for a command that was refused for lack of it. */
  async function approve(permission: Permission, why: string): Promise<string> {
    const { manager: code, managerPin: pin } = options;
    const reply = await call('operator.approve', { code, pin, permission });
    if (reply.ok) return reply.output.approvalId;
    const refused = `${permission} was refused (${why}), and operator ${code} may not give leave (${reply.error.code})`;
    throw new Error(`${refused}: give a superior of this server with --manager and --manager-pin`);
  }

  async function discount(plan: SalePlan, sale: SaleView): Promise<SaleView> {
    let after = sale;
    const reason = 'conformidade';
    const [line] = sale.lines;
    if (plan.itemDiscountCents !== undefined && line !== undefined) {
      const amount = { kind: 'value', amountCents: plan.itemDiscountCents } as const;
      const asked = { saleId: sale.saleId, lineId: line.lineId, discount: amount, reason };
      const given = await call('sale.discountItem', { ...asked, commandId: randomUUID() });
      after = given.ok
        ? given.output
        : await must('sale.discountItem', {
            ...asked,
            commandId: randomUUID(),
            approvalId: await approve('discount', given.error.code),
          });
    }
    if (plan.saleDiscountBp !== undefined) {
      const rate = { kind: 'percent', rateBp: plan.saleDiscountBp } as const;
      const asked = { saleId: sale.saleId, discount: rate, reason };
      const given = await call('sale.discount', { ...asked, commandId: randomUUID() });
      after = given.ok
        ? given.output
        : await must('sale.discount', {
            ...asked,
            commandId: randomUUID(),
            approvalId: await approve('discount', given.error.code),
          });
    }
    return after;
  }

  async function sell(what: string, plan: SalePlan): Promise<SoldSale> {
    const saleId = randomUUID();
    const intent = (): { commandId: string; saleId: string } => ({ commandId: randomUUID(), saleId });
    let sale: SaleView | null = null;
    for (const item of plan.items) sale = await must('sale.addItem', { ...intent(), ...item });
    if (sale === null) throw new Error('a sale of nothing');
    if (salesperson !== null) sale = await must('sale.setSalesperson', { ...intent(), salespersonCode: salesperson });
    if (plan.cpf !== undefined) sale = await must('sale.setCpf', { ...intent(), cpf: plan.cpf });
    if (plan.personId !== undefined) sale = await must('sale.setCustomer', { ...intent(), personId: plan.personId });
    sale = await discount(plan, sale);
    for (const tender of plan.pay(sale)) await addTender(saleId, tender);
    const { sale: completed } = await must('sale.complete', intent());
    const sold = { what, sale: completed, isCancelled: false };
    journal.push(sold);
    return sold;
  }

  /** With as many instalments as the shop's policy lets, when it are fewer than was asked for. */
  async function addTender(saleId: string, tender: Tender): Promise<void> {
    const asked = { commandId: randomUUID(), saleId, ...tender };
    const added = await call('sale.addTender', asked);
    if (added.ok) return confirmPix(added.output);
    const { error } = added;
    if (error.code !== 'installments_invalid')
      throw new Error(`the station refused a payment: ${JSON.stringify(error)}`);
    await must('sale.addTender', { ...asked, commandId: randomUUID(), installments: error.maximum });
  }

  /** As an operator who sees the credit at once: there is no bank here. */
  async function confirmPix({ saleId, tenders }: SaleView): Promise<void> {
    const waiting = tenders.find(({ pix }) => pix?.state === 'waiting');
    if (waiting === undefined) return;
    await must('sale.confirmPix', { commandId: randomUUID(), saleId, tenderId: waiting.tenderId });
  }

  async function cancel(sold: SoldSale): Promise<void> {
    const asked = { saleId: sold.sale.saleId, reason: 'conformidade' };
    const given = await call('sale.cancel', { ...asked, commandId: randomUUID() });
    if (!given.ok) {
      const approvalId = await approve('cancel_sale', given.error.code);
      await must('sale.cancel', { ...asked, commandId: randomUUID(), approvalId });
    }
    sold.isCancelled = true;
  }

  async function drain(timeoutMs: number): Promise<void> {
    const endsAt = performance.now() + timeoutMs;
    for (;;) {
      const view = await must('sync.view', {});
      const ours = new Set(journal.map(({ sale }) => sale.number));
      const errors = view.errors === 0 ? [] : await must('sync.errors', {});
      // What an earlier run left for a person says nothing of this one.
      const first = errors.find(({ number, delivery }) => delivery.kind === 'customer' || ours.has(number));
      if (first !== undefined) {
        throw new Error(
          `${first?.number ?? 'a document'} waits for a person: ${first?.delivery.lastError?.text ?? first?.delivery.state ?? ''}`,
        );
      }
      if (view.stoppedReason !== null)
        throw new Error(`sending stopped: ${view.stoppedReason}, ${view.stoppedText ?? ''}`);
      if (view.waiting === 0) return;
      if (performance.now() > endsAt) {
        const said = view.lastError === null ? '' : `, last: ${view.lastError.text}`;
        throw new Error(
          `${view.waiting} documents still wait after ${Math.round(timeoutMs / 1000)} s (${view.reachability}${said})`,
        );
      }
      await call('sync.sendNow', {});
      await sleep(200);
    }
  }

  return {
    journal,
    data: () => data,
    call,
    must,
    logIn,
    sell,
    cancel,
    drain,
    start: async (folder) => {
      data = folder ?? data;
      station = await spawnStation(data, { callTimeoutMs: CALL_TIMEOUT_MS });
    },
    stop: async () => {
      const stopping = station;
      station = null;
      await stopping?.stop();
    },
    kill: async () => {
      const killed = station;
      station = null;
      await killed?.kill();
    },
  };
}

/** A CPF with right check digits that nobody chose. */
export function randomCpf(): string {
  const digits = Array.from({ length: 9 }, () => randomInt(10));
  for (const length of [9, 10]) {
    const sum = digits.reduce((total, digit, index) => total + digit * (length + 1 - index), 0);
    digits.push(((sum * 10) % 11) % 10);
  }
  return digits.join('');
}
