import { setTimeout as sleep } from 'node:timers/promises';
import { FAULTS, type ErpProcess, type FaultName, type FaultSettings } from './erp-process.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { StationDriver } from './station-driver.ts';

/** A stretch of the story, from this share of the sales on. */
type Stretch = { readonly from: number; readonly name: string; readonly begin: () => Promise<void> };

/** How often the ERP is looked at while something is expected to strike. */
const LOOK_EVERY_MS = 5;
/** The replicator waits at most this long between two probes, and then a call is made. */
const STRIKE_TIMEOUT_MS = 40_000;

/**
 * What happens to the ERP and to the core while the store sells.
 *
 *   calm | ERP killed | answers get lost | core killed inside a call | not reached | errors | ERP killed | all at once
 */
export function createWeather({
  erp,
  station,
  seed,
  random,
  tell,
}: {
  readonly erp: ErpProcess;
  readonly station: StationDriver;
  readonly seed: number;
  readonly random: SeededRandom;
  readonly tell: (line: string) => void;
}): {
  /** Moves the story on to where `share` of the sales are done. */
  readonly moveTo: (share: number) => Promise<void>;
  /** Resolves when the core was killed inside a call. */
  readonly killedInsideCall: () => Promise<void>;
  /** Makes each fault strike that has not struck yet: `sell` gives it something to strike. */
  readonly strikeTheRest: (sell: () => Promise<void>) => Promise<void>;
  readonly clearUp: () => Promise<void>;
} {
  let insideCall: Promise<void> = Promise.resolve();
  let isErpUp = true;

  async function mix(faults: FaultSettings): Promise<void> {
    if (!isErpUp) await erp.start();
    isErpUp = true;
    await erp.setFaults(seed, faults);
  }

  async function killErp(): Promise<void> {
    isErpUp = false;
    await erp.kill();
  }

  /** Waits until the ERP has taken a sale and holds its answer back; that call is then surely in flight. */
  async function killCoreInsideCall(): Promise<void> {
    const before = (await erp.firedFaults()).timeoutAfterCommit;
    await waitUntil('a call in flight', async () => (await erp.firedFaults()).timeoutAfterCommit > before);
    await station.killAndRestart();
    tell('core killed by SIGKILL: a sale is at the ERP and its answer was never read');
  }

  const lostAnswers: FaultSettings = {
    slow: { rate: 0.3, ms: random.int(80, 200) },
    timeoutAfterCommit: { rate: 0.08 },
    dropReply: { rate: 0.2 },
  };
  const errors: FaultSettings = {
    // Reads answer here, so that a batch gets as far as the call whose records fail one by one.
    http500: { rate: 0.15, methods: ['pedido_venda.inclui'] },
    duplicateDelivery: { rate: 0.4 },
    partialErrors: { rate: 0.8 },
    slow: { rate: 0.2, ms: random.int(30, 120) },
  };
  const stretches: readonly Stretch[] = [
    { from: 0, name: 'calm', begin: () => mix({}) },
    { from: 0.05, name: 'ERP process killed', begin: killErp },
    {
      from: 0.12,
      name: 'ERP back: takes a sale and never answers',
      begin: async () => {
        await mix({ timeoutAfterCommit: { methods: ['pedido_venda.inclui'], max: 1 } });
        insideCall = killCoreInsideCall();
        // Told where it is awaited, after the sales: until then nobody would hear of it.
        insideCall.catch(() => undefined);
      },
    },
    { from: 0.2, name: 'answers get lost', begin: async () => insideCall.then(() => mix(lostAnswers)) },
    { from: 0.45, name: 'ERP not reached', begin: () => mix({ down: { rate: 1 } }) },
    { from: 0.51, name: 'errors, half batches, calls delivered twice', begin: () => mix(errors) },
    { from: 0.74, name: 'ERP process killed again', begin: killErp },
    {
      from: 0.79,
      name: 'everything at once',
      begin: () => mix({ ...lostAnswers, ...errors, http500: { rate: 0.05 }, down: { rate: 0.03 } }),
    },
  ];
  let next = 0;

  async function strike(fault: FaultName, sell: () => Promise<void>): Promise<void> {
    await mix({ [fault]: { rate: 1, max: 1, ms: 100 } });
    await sell();
    await waitUntil(`fault ${fault}`, async () => (await erp.firedFaults())[fault] > 0);
  }

  return {
    moveTo: async (share) => {
      for (let stretch = stretches[next]; stretch !== undefined && share >= stretch.from; stretch = stretches[next]) {
        next += 1;
        tell(stretch.name);
        await stretch.begin();
      }
    },
    killedInsideCall: () => insideCall,
    strikeTheRest: async (sell) => {
      await mix({});
      for (const fault of FAULTS) {
        if ((await erp.firedFaults())[fault] > 0) continue;
        tell(`waiting for ${fault}, which has not struck yet`);
        await strike(fault, sell);
      }
    },
    clearUp: () => mix({}),
  };
}

async function waitUntil(what: string, isThere: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + STRIKE_TIMEOUT_MS;
  while (!(await isThere())) {
    if (performance.now() > until) throw new Error(`${what} did not happen in ${STRIKE_TIMEOUT_MS / 1000} s`);
    await sleep(LOOK_EVERY_MS);
  }
}
