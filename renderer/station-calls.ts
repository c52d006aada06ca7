import { stationApi, type MethodInput, type MethodName, type Reply } from '../contract/station-api.ts';
import { createStationClient } from '../contract/station-client.ts';
import type { StationBridge } from '../contract/station-bridge.ts';
import {
  applyEvent,
  applySaleReply,
  createStationStore,
  replaceView,
  type SaleMethod,
  type StationStore,
} from './station-store.ts';

/** A call lost in three crashes in a row is told to the person instead of sent again. */
const MAX_SENDS = 3;
/** Main restarts the core within a few seconds; above this a person must look. */
const RECOVERY_PATIENCE_MS = 60_000;
/** A lost reply is known some moments before the restart is: without a restart by then, the core is alive. */
const RESTART_NOTICE_MS = 1_500;

/** What the caller of a sale command still has to say: the ids are made here. */
export type SaleInput<M extends SaleMethod> = Omit<MethodInput<M>, 'commandId' | 'saleId'>;

/** The window's way to the core: its views, calls that survive a crash, and sale commands in order. */
export type Station = {
  readonly store: StationStore;
  readonly bridge: StationBridge;
  readonly call: <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<Reply<M>>;
  /** Sends a command on the current sale, or on a new one, after those sent before it. */
  readonly sell: <M extends SaleMethod>(method: M, input: SaleInput<M>, saleId?: string) => Promise<Reply<M>>;
  readonly disconnect: () => void;
};

/**
 * Connects the window to the core.
 *
 *   core ready -> read station.view and sale.current -> replace views
 *   call -> reply
 *        -> lost (the core died) -> wait for the views to be read again -> the same input once more
 *
 * The same input has the same commandId, so the core decides it once however often it arrives.
 */
export function connectStation(bridge: StationBridge, options: { noticeMs?: number } = {}): Station {
  const store = createStationStore();
  const client = createStationClient(bridge.call);
  let tail: Promise<unknown> = Promise.resolve();

  async function readViews(): Promise<void> {
    const [view, sale] = await Promise.all([client.call('station.view', {}), client.call('sale.current', {})]);
    if (view.ok) replaceView(store, view.output);
    if (sale.ok) store.setState({ sale: sale.output });
    if (view.ok && sale.ok) store.setState((state) => ({ loads: state.loads + 1 }));
  }

  const call: Station['call'] = async (method, input) => {
    for (let sends = 1; ; sends += 1) {
      const { loads } = store.getState();
      const reply = await client.call(method, input).catch(() => null);
      if (reply !== null && !isLost(reply)) return reply;
      const again = sends < MAX_SENDS && mayResend(method, input);
      if (!again || !(await hasRecovered(store, loads, options.noticeMs ?? RESTART_NOTICE_MS))) {
        return reply ?? { ok: false, error: { code: 'station_stopped' } };
      }
    }
  };

  const sell: Station['sell'] = (method, input, saleId) => {
    const send = async () => {
      const id = saleId ?? store.getState().sale?.saleId ?? crypto.randomUUID();
      // The compiler cannot see that the rest plus the two ids is the input of `method`.
      const whole = { ...input, commandId: crypto.randomUUID(), saleId: id } as unknown as MethodInput<typeof method>;
      const reply = await call(method, whole);
      applySaleReply(store, reply);
      return reply;
    };
    const result = tail.then(send);
    tail = result.catch(() => null);
    return result;
  };

  const onCore = (core: Parameters<Parameters<StationBridge['onCore']>[0]>[0]) => {
    store.setState({ core });
    // A core that dies while the views are read sends another `ready`, which reads them again.
    if (core.state === 'ready') void readViews().catch(() => null);
  };
  const unsubscribe = [bridge.onEvent((event) => applyEvent(store, event)), bridge.onCore(onCore)];
  void bridge.coreState().then(onCore, () => null);

  return { store, bridge, call, sell, disconnect: () => unsubscribe.forEach((stop) => stop()) };
}

function isLost(reply: Reply<MethodName>): boolean {
  return !reply.ok && reply.error.code === 'station_stopped';
}

/** A query reads; a command with its id is decided once. Anything else is asked of the person again. */
function mayResend(method: MethodName, input: object): boolean {
  return stationApi[method].kind === 'query' || 'commandId' in input;
}

/** Waits until the views were read again since `loads`; false when that takes too long. */
function hasRecovered(store: StationStore, loads: number, noticeMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const check = () => {
      if (store.getState().loads > loads) finish(true);
    };
    const notice = setTimeout(() => {
      if (store.getState().core.state === 'ready') finish(true);
    }, noticeMs);
    const patience = setTimeout(() => finish(false), RECOVERY_PATIENCE_MS);
    const unsubscribe = store.subscribe(check);
    function finish(recovered: boolean): void {
      clearTimeout(notice);
      clearTimeout(patience);
      unsubscribe();
      resolve(recovered);
    }
    check();
  });
}
