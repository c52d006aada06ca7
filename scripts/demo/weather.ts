import { setTimeout as sleep } from 'node:timers/promises';
import type { ErpProcess, FaultSettings } from './erp-process.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { StationDriver } from './station-driver.ts';
import type { Support } from './support.ts';

/** A stretch of the story, from this share of the sales on. */
type Stretch = { readonly from: number; readonly name: string; readonly begin: () => Promise<void> };

/** How often the ERP is looked at while something is expected to strike. */
const LOOK_EVERY_MS = 5;
/** Delay of a fault that only delays. */
const STRIKE_MS = 100;
/** Name of the backup to which the ERP goes back. */
const BACKUP = 'an-hour-ago';
const OLD_PASSWORD = 'demo-e01';
const NEW_PASSWORD = 'nova-senha-e01';
/** The replicator waits at most this long between two probes, and then a call is made. */
const STRIKE_TIMEOUT_MS = 40_000;

/**
 * What happens to the ERP and to the core while the store sells.
 *
 *   calm | ERP killed | core killed inside a call | answers get lost | the line is bad | not reached | errors |
 *   password changed, nobody there | put right by command | ERP back from an old backup | ERP killed | all at once
 */
export function createWeather({
  erp,
  station,
  support,
  seed,
  random,
  tell,
}: {
  readonly erp: ErpProcess;
  readonly station: StationDriver;
  readonly support: Support;
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

  async function fired(fault: string): Promise<number> {
    return (await erp.firedFaults())[fault] ?? 0;
  }

  async function killErp(): Promise<void> {
    isErpUp = false;
    await erp.kill();
  }

  /** Waits until the ERP has taken a sale and holds its answer back; that call is then surely in flight. */
  async function killCoreInsideCall(): Promise<void> {
    const before = await fired('timeoutAfterCommit');
    await waitUntil('a call in flight', async () => (await fired('timeoutAfterCommit')) > before);
    await station.killAndRestart();
    tell('core killed by SIGKILL: a sale is at the ERP and its answer was never read');
  }

  const lostAnswers: FaultSettings = {
    slow: { rate: 0.3, ms: random.int(80, 200) },
    timeoutAfterCommit: { rate: 0.06 },
    dropReply: { rate: 0.15 },
    halfOpen: { rate: 0.02 },
    trickle: { rate: 0.02 },
    truncatedBody: { rate: 0.05 },
  };
  const badLine: FaultSettings = {
    reset: { rate: 0.1 },
    blackHole: { rate: 0.03 },
    notHttp: { rate: 0.03 },
    captivePortal: { rate: 0.05 },
    redirect: { rate: 0.03 },
    controlCharacters: { rate: 0.3 },
    wrongContentType: { rate: 0.2 },
  };
  const errors: FaultSettings = {
    // Reads answer here, so that a batch gets as far as the call whose records fail one by one.
    http500: { rate: 0.15, methods: ['pedido_venda.inclui'] },
    errorInside200: { rate: 0.1, methods: ['pedido_venda.inclui'] },
    duplicateDelivery: { rate: 0.4 },
    partialErrors: { rate: 0.8 },
    slow: { rate: 0.2, ms: random.int(30, 120) },
  };
  const wrongAnswers: FaultSettings = {
    cursorBack: { rate: 0.2 },
    tornList: { rate: 0.1 },
    schemaDrift: { rate: 0.05 },
    wrongReply: { rate: 0.05 },
    expiredSession401: { rate: 0.05 },
  };
  const stretches: readonly Stretch[] = [
    { from: 0, name: 'calm', begin: () => mix({}) },
    { from: 0.05, name: 'ERP process killed', begin: killErp },
    {
      from: 0.1,
      name: 'ERP back: takes a sale and never answers',
      begin: async () => {
        await mix({ timeoutAfterCommit: { methods: ['pedido_venda.inclui'], max: 1 } });
        insideCall = killCoreInsideCall();
        // Told where it is awaited, after the sales: until then nobody would hear of it.
        insideCall.catch(() => undefined);
      },
    },
    { from: 0.17, name: 'answers get lost', begin: async () => insideCall.then(() => mix(lostAnswers)) },
    {
      from: 0.33,
      name: 'the ERP is backed up; the line is bad',
      begin: async () => {
        await erp.backup(BACKUP);
        await mix(badLine);
      },
    },
    { from: 0.42, name: 'ERP not reached', begin: () => mix({ down: { rate: 1 } }) },
    { from: 0.46, name: 'errors, half batches, calls delivered twice', begin: () => mix(errors) },
    { from: 0.56, name: 'answers that are wrong', begin: () => mix(wrongAnswers) },
    {
      from: 0.64,
      name: 'the password is changed and nobody is there',
      begin: async () => {
        support.goToLunch();
        await erp.setPassword('e01', NEW_PASSWORD);
        support.learnPassword(NEW_PASSWORD);
        await mix({});
      },
    },
    {
      from: 0.69,
      name: 'support is back and gives the new password by command',
      begin: () => Promise.resolve(support.comeBack()),
    },
    {
      from: 0.73,
      name: 'the ERP comes back from its old backup',
      begin: async () => {
        await erp.restore(BACKUP);
        // The old password came back with it.
        support.learnPassword(OLD_PASSWORD);
      },
    },
    { from: 0.78, name: 'ERP process killed again', begin: killErp },
    {
      from: 0.82,
      name: 'everything at once',
      begin: () => mix({ ...halved(lostAnswers), ...halved(badLine), ...halved(errors), ...halved(wrongAnswers) }),
    },
  ];
  let next = 0;

  async function strike(fault: string, sell: () => Promise<void>): Promise<void> {
    await mix({ [fault]: { rate: 1, max: 1, ms: STRIKE_MS } });
    await sell();
    await waitUntil(`fault ${fault}`, async () => (await fired(fault)) > 0);
    // Twenty failures in a row would make each wait longer than the one before: somebody presses `send now`.
    await mix({});
    await station.tryCall('sync.sendNow', {});
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
      for (const [fault, count] of Object.entries(await erp.firedFaults())) {
        if (count > 0) continue;
        tell(`waiting for ${fault}, which has not struck yet`);
        await strike(fault, sell);
      }
    },
    clearUp: () => mix({}),
  };
}

/** The same faults, each half as likely: together they must leave something through. */
function halved(faults: FaultSettings): FaultSettings {
  return Object.fromEntries(
    Object.entries(faults).map(([name, setting]) => [name, { ...setting, rate: (setting.rate ?? 1) / 2 }]),
  );
}

async function waitUntil(what: string, isThere: () => Promise<boolean>): Promise<void> {
  const until = performance.now() + STRIKE_TIMEOUT_MS;
  while (!(await isThere())) {
    if (performance.now() > until) throw new Error(`${what} did not happen in ${STRIKE_TIMEOUT_MS / 1000} s`);
    await sleep(LOOK_EVERY_MS);
  }
}
