import { setTimeout as sleep } from 'node:timers/promises';
import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import { ConnectionLost } from '../../core/cli/core-connection.ts';
import { launchCore, type CoreProcess } from '../../scripts/core-process.ts';
import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';
import type { Journal } from './journal.ts';
import type { KillPoint } from './kill-points.ts';
import { preloadOptions } from './write-preload.ts';

/** How one life of a core ends; null: it lives on. */
export type KillPlan =
  | { readonly at: 'start' | 'work'; readonly share: number }
  | { readonly at: 'point'; readonly point: KillPoint; readonly hit: number }
  | null;

/**
 * A person at a till whose core is killed again and again: what got no answer is asked again with the same `commandId`, after the
 * file was looked at.
 */
export type TorturedStation = Asking & {
  /** Kills the core that runs and lets the next one live. */
  readonly calm: () => Promise<void>;
  readonly end: () => Promise<void>;
};

/** Whoever is asked; `call` takes no refusal for an answer. */
export type Asking = {
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M>>;
  readonly tryCall: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M>>;
};

export type TorturedStationPorts = {
  readonly preload: string;
  readonly folder: string;
  readonly plant: string | null;
  readonly random: SeededRandom;
  readonly journal: Journal;
  readonly nextPlan: () => KillPlan;
  /** Of a call to the ERP, for the next life. */
  readonly callTimeoutMs: () => number;
  /** Told of every death: the point at which it killed itself, or null. */
  readonly onKill: (point: string | null, isInDoubt: boolean) => void;
  /** After each restart, before anything is asked again. */
  readonly onRestart: () => void;
};

/** Most lives are this long after their start: a handful of sales, a push, a pull. */
const WORK_MS = 220;
/** A point that does not come by until then is given up. */
const POINT_PATIENCE_MS = 600;

export async function torture(ports: TorturedStationPorts): Promise<TorturedStation> {
  const { random, journal } = ports;
  let startMs = 300;
  let isCalm = false;
  let run = live(nextPlan());
  let restarting: Promise<void> | null = null;

  function nextPlan(): KillPlan {
    return isCalm ? null : ports.nextPlan();
  }

  /** `isInDoubt`: it died with a command that was sent and not answered. */
  type Life = { readonly core: CoreProcess; readonly plan: KillPlan; isKilledFromOutside: boolean; isInDoubt: boolean };

  function live(plan: KillPlan): Life {
    const core = launchCore({
      data: `${ports.folder}/station`,
      log: `${ports.folder}/core.log`,
      callTimeoutMs: ports.callTimeoutMs(),
      nodeOptions: optionsOf(plan),
    });
    const life: Life = { core, plan, isKilledFromOutside: false, isInDoubt: false };
    const noteEnd = async (): Promise<void> => {
      await core.ended;
      life.isInDoubt = journal.open() !== null;
    };
    void noteEnd();
    if (plan?.at === 'start') killIn(life, plan.share * startMs);
    watchStart(life, performance.now()).catch(() => undefined);
    return life;
  }

  function killIn(life: Life, ms: number): void {
    const timer = setTimeout(() => {
      life.isKilledFromOutside = true;
      void life.core.kill();
    }, ms);
    void life.core.ended.then(() => clearTimeout(timer));
  }

  /** A refusal to start is told to who waits for it. */
  async function watchStart(life: Life, startedAt: number): Promise<void> {
    const { core, plan } = life;
    if (!(await core.ready)) return;
    startMs = startMs * 0.8 + (performance.now() - startedAt) * 0.2;
    if (plan?.at === 'work') killIn(life, plan.share * WORK_MS);
    if (plan?.at !== 'point') return;
    killIn(life, POINT_PATIENCE_MS);
    if (plan.point.name.startsWith('backup')) await core.call('backup.now', {});
  }

  function optionsOf(plan: KillPlan): string[] {
    const { preload, plant } = ports;
    if (plan?.at === 'point') {
      const { name: point, isInStart } = plan.point;
      return preloadOptions(preload, { plant, point, hit: plan.hit, from: isInStart === true ? null : 'ready' });
    }
    return plant === null ? [] : preloadOptions(preload, { plant });
  }

  /** Once for each death, whoever notices. */
  async function restart(dead: Life): Promise<void> {
    if (run !== dead) return;
    restarting ??= revive(dead).finally(() => {
      restarting = null;
    });
    await restarting;
  }

  async function revive(first: Life): Promise<void> {
    for (let dead = first; ;) {
      const { signal, code } = await dead.core.ended;
      if (signal !== 'SIGKILL')
        throw new Error(`the core ended by itself: ${signal ?? code}, see ${ports.folder}/core.log`);
      const isAtPoint = dead.plan?.at === 'point' && !dead.isKilledFromOutside;
      ports.onKill(isAtPoint && dead.plan?.at === 'point' ? dead.plan.point.name : null, dead.isInDoubt);
      run = live(nextPlan());
      if (!(await run.core.ready)) {
        dead = run;
        continue;
      }
      ports.onRestart();
      return;
    }
  }

  async function tryCall<M extends MethodName>(method: M, input: MethodInput<M>): Promise<Reply<M>> {
    journal.ask(method, input);
    for (;;) {
      await restarting;
      const used = run;
      try {
        const reply = await used.core.call(method, input);
        journal.answer(method, input, reply.ok, reply.ok ? reply.output : reply.error);
        return reply;
      } catch (error) {
        if (!(error instanceof ConnectionLost)) throw error;
        await restart(used);
      }
    }
  }

  if (!(await run.core.ready)) await restart(run);
  return {
    tryCall,
    call: async (method, input) => {
      const reply = await tryCall(method, input);
      if (reply.ok) return reply.output;
      throw new Error(`${method} was refused: ${JSON.stringify(reply.error)} for ${JSON.stringify(input)}`);
    },
    calm: async () => {
      isCalm = true;
      const used = run;
      // A person looks away for a moment, so that what is killed is not always in the middle of a call.
      await sleep(random.int(0, 20));
      used.isKilledFromOutside = true;
      void used.core.kill();
      await restart(used);
    },
    end: async () => {
      await run.core.kill();
    },
  };
}
