import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MethodInput, MethodName, MethodOutput } from '../../contract/station-api.ts';
import type { JournalSale } from '../../scripts/demo/compare.ts';
import { readGoods } from '../../scripts/demo/goods.ts';
import { cancelSale, ringSale, type PaymentTypes } from '../../scripts/demo/ring-sale.ts';
import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';
import { planShopping } from '../../scripts/demo/shopping-plan.ts';
import { CORE } from '../support/programs.ts';
import { spawnStation, type SpawnedStation } from '../support/spawn-station.ts';

/** A real core behind the hostile line, a person who sells at it, and what that person was told. */
export type HostileShop = {
  readonly station: SpawnedStation;
  /** Rings and pays one sale; now and then one that was made is cancelled. */
  readonly sell: () => Promise<void>;
  readonly journal: () => readonly JournalSale[];
  /** The slowest answer of the till since the last time this was asked, in milliseconds. */
  readonly takeSlowest: () => { readonly method: string; readonly ms: number };
  /** Resident memory of the core now, in bytes. */
  readonly memory: () => number;
  readonly hasEnded: () => boolean;
  /** Everything the core wrote for people to read. */
  readonly words: () => string;
};

export const PASSWORD = 'demo-e01';
/** A name that the core's process resolves as the test says; see fail-names.ts. */
export const ERP_HOST = 'erp.loja.invalid';
/** Above the time of any answer of the stand-in on a busy machine, and far below a heartbeat. */
const CALL_TIMEOUT_MS = 1_500;

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** Starts the core and binds it to the ERP through the line, by a name. */
export async function openShop({
  folder,
  port,
  erpUrl,
  plant,
  random,
}: {
  readonly folder: string;
  readonly port: number;
  readonly erpUrl: string;
  readonly plant: string | null;
  readonly random: SeededRandom;
}): Promise<HostileShop> {
  const data = join(folder, 'station');
  process.env['HOSTILE_NAMES'] = join(folder, 'name-is-gone');
  const preload = ['--import', here('./fail-names.ts')];
  if (plant !== null) {
    process.env['HOSTILE_PLANT'] = plant;
    preload.push('--import', here('./plant-core.ts'));
  }
  const program = plant === null ? CORE : here('../../core/main.ts');
  const station = await spawnStation(data, { callTimeoutMs: CALL_TIMEOUT_MS, nodeOptions: preload, program });
  let hasEnded = false;
  station.child.once('exit', () => (hasEnded = true));
  let slowest = { method: '', ms: 0 };
  const call = async <M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> => {
    const startedAt = performance.now();
    const output = await station.must(method, input);
    const ms = performance.now() - startedAt;
    if (ms > slowest.ms && method !== 'operator.approve') slowest = { method, ms };
    return output;
  };
  const goods = await readGoods(erpUrl, random.fork('goods'));
  const types = await open(station, `http://${ERP_HOST}:${port}`);
  const salespeople = (await station.must('salesperson.list', {})).map(({ code }) => code);
  const shopping = random.fork('shopping');
  const journal: JournalSale[] = [];
  return {
    station,
    sell: async () => {
      journal.push({
        ...(await ringSale({ call }, planShopping(shopping, goods, salespeople), types)),
        cancelled: false,
      });
      if (!shopping.chance(0.15)) return;
      const at = shopping.int(0, journal.length - 1);
      const sale = journal[at];
      if (sale === undefined || sale.cancelled) return;
      await cancelSale({ call }, sale.saleId);
      journal[at] = { ...sale, cancelled: true };
    },
    journal: () => journal,
    takeSlowest: () => {
      const taken = slowest;
      slowest = { method: '', ms: 0 };
      return taken;
    },
    memory: () => residentBytes(station.child.pid ?? 0),
    hasEnded: () => hasEnded,
    words: () => {
      const logs = join(data, 'logs');
      return readdirSync(logs)
        .map((file) => readFileSync(join(logs, file), 'utf8'))
        .join('\n');
    },
  };
}

async function open(station: SpawnedStation, server: string): Promise<PaymentTypes> {
  await station.must('setup.enrol', { server, user: 'e01', password: PASSWORD, stationCode: 'E01' });
  await station.must('operator.login', { code: '1', pin: '1111' });
  await station.must('cashSession.open', { commandId: randomUUID(), floatCents: 20_000 });
  const types = await station.must('payment.types', {});
  const idOf = (kind: string): number => {
    const type = types.find((row) => row.kind === kind && row.supported);
    if (type === undefined) throw new Error(`the store takes no ${kind}`);
    return type.paymentTypeId;
  };
  return { cash: idOf('cash'), debit_card: idOf('debit_card'), credit_card: idOf('credit_card') };
}

function residentBytes(pid: number): number {
  try {
    const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kib) * 1024;
  } catch {
    return 0;
  }
}
