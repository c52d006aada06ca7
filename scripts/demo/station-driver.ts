import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import { ConnectionLost } from '../../core/cli/core-connection.ts';
import { expectOk, startCore, type CoreOptions, type CoreProcess } from '../core-process.ts';

/**
 * Calls the station as its window does, and outlives it: a core that is killed is started again, and a call that
 * got no answer is asked again with the same `commandId`.
 *
 *   call --answer--> done
 *     '--core gone--> restart (once, whoever asks) --> look the sale up --> the same call again
 */
export type StationDriver = {
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M>>;
  readonly tryCall: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M>>;
  /** SIGKILL now, whatever it is doing. Returns when it runs again. */
  readonly killAndRestart: () => Promise<void>;
  /** The next call of this method is sent and the core killed `delayMs` later, its answer unread. */
  readonly killInside: (method: MethodName, delayMs: number) => void;
  readonly killCount: () => number;
  /** What happened at each kill and after it, for the report. */
  readonly kills: readonly string[];
  readonly end: () => Promise<void>;
};

/** More restarts for one call mean that it kills the core by itself. */
const MAX_TRIES = 4;

export async function createStationDriver(options: CoreOptions): Promise<StationDriver> {
  const kills: string[] = [];
  let killCount = 0;
  let core: CoreProcess = await startCore(options);
  let restarting: Promise<void> | null = null;
  let trap: { readonly method: MethodName; readonly delayMs: number } | null = null;

  async function restart(dead: CoreProcess): Promise<void> {
    if (core !== dead) return restarting ?? undefined;
    restarting ??= (async () => {
      await dead.kill();
      core = await startCore(options);
    })().finally(() => {
      restarting = null;
    });
    await restarting;
  }

  async function tryCall<M extends MethodName>(method: M, input: MethodInput<M>): Promise<Reply<M>> {
    for (let tries = 1; ; tries += 1) {
      await restarting;
      const used = core;
      try {
        if (trap?.method === method) {
          await springTrap(used, method, input);
          throw new ConnectionLost('killed inside a command');
        }
        return await used.call(method, input);
      } catch (error) {
        if (!(error instanceof ConnectionLost) || tries >= MAX_TRIES) throw error;
        await restart(used);
        await lookUp(method, input);
      }
    }
  }

  async function springTrap<M extends MethodName>(used: CoreProcess, method: M, input: MethodInput<M>): Promise<void> {
    const delayMs = trap?.delayMs ?? 0;
    trap = null;
    // What came of it is not known here.
    used.call(method, input).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    await used.kill();
    killCount += 1;
    kills.push(`inside ${method}, ${delayMs} ms after it was sent`);
  }

  /** What a person would see after the restart: the sale the lost call was about, as the database has it. */
  async function lookUp(method: MethodName, input: object): Promise<void> {
    if (!('saleId' in input) || typeof input.saleId !== 'string') return;
    const open = await core.must('sale.current', {});
    const found = await core.call('sale.get', { saleId: input.saleId });
    const state = found.ok ? found.output.sale.state : found.error.code;
    kills.push(
      `  after the restart the sale of ${method} is ${state}; open: ${open === null ? 'none' : open.lines.length} lines`,
    );
  }

  return {
    tryCall,
    call: async (method, input) => expectOk(method, await tryCall(method, input)),
    killCount: () => killCount,
    killAndRestart: async () => {
      const used = core;
      await used.kill();
      killCount += 1;
      kills.push('inside a call to the ERP');
      await restart(used);
    },
    killInside: (method, delayMs) => {
      trap = { method, delayMs };
    },
    kills,
    end: async () => void (await core.end()),
  };
}
