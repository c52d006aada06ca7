import { mkdirSync } from 'node:fs';
import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import { startCore, type CoreProcess } from '../../scripts/core-process.ts';
import type { Asking } from '../torture/tortured-station.ts';

const DAY_MS = 86_400_000;
/** A busy machine's server is not away; what really never answers is looked up later. */
const CALL_TIMEOUT_MS = 1_500;

/** A station of the store: its folder, and the real core on it while it is switched on. */
export type StoreTill = Asking & {
  readonly code: string;
  readonly user: string;
  /** Where its data is. */
  readonly data: string;
  /** Starts the core on a machine whose clock shows so many days ago. */
  readonly switchOn: (daysAgo: number) => Promise<void>;
  /** Ends the core in order. */
  readonly switchOff: () => Promise<void>;
};

/** `home` is the folder of its data and its log; another till's copy is a till as well. */
export function createStoreTill(number: number, home: string, nodeOptions: readonly string[] = []): StoreTill {
  const digits = String(number).padStart(2, '0');
  mkdirSync(home, { recursive: true });
  let core: CoreProcess | null = null;

  async function tryCall<M extends MethodName>(method: M, input: MethodInput<M>): Promise<Reply<M>> {
    if (core === null) throw new Error(`E${digits} is off`);
    return core.call(method, input);
  }

  async function call<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    const reply = await tryCall(method, input);
    if (reply.ok) return reply.output;
    throw new Error(`${method} was refused at E${digits}: ${JSON.stringify(reply.error)}`);
  }

  return {
    code: `E${digits}`,
    user: `e${digits}`,
    data: `${home}/station`,
    call,
    tryCall,
    switchOn: async (daysAgo) => {
      core = await startCore({
        data: `${home}/station`,
        log: `${home}/core.log`,
        callTimeoutMs: CALL_TIMEOUT_MS,
        nodeOptions: [...nodeOptions, ...(daysAgo === 0 ? [] : ['--import', moveClock(-daysAgo * DAY_MS)])],
      });
    },
    switchOff: async () => {
      await core?.end();
      core = null;
    },
  };
}

/** A module that moves the clock of the process it is loaded into; it runs on from there. */
function moveClock(ms: number): string {
  const source = `const Real = Date; globalThis.Date = class extends Real {
    constructor(...parts) { if (parts.length === 0) super(Real.now() + ${ms}); else super(...parts); }
    static now() { return Real.now() + ${ms}; }
  };`;
  return `data:text/javascript,${encodeURIComponent(source)}`;
}
