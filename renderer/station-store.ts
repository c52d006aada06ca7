import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SaleView } from '../contract/sale-views.ts';
import type { Reply, StationEvent } from '../contract/station-api.ts';
import type { LoadView, StationView, SyncView } from '../contract/station-views.ts';
import type { CoreState } from '../contract/station-bridge.ts';
import { keepLines } from './keep-lines.ts';

/** What the core and main sent, and nothing else: typed text and open dialogs live in the components. */
export type StationState = {
  readonly core: CoreState;
  /** How many times the views were read after a start of the core; a call lost in a crash waits for the next. */
  readonly loads: number;
  readonly view: StationView | null;
  readonly sync: SyncView | null;
  readonly load: LoadView | null;
  readonly sale: SaleView | null;
};

export type StationStore = StoreApi<StationState>;

export function createStationStore(): StationStore {
  return createStore<StationState>(() => ({
    core: { state: 'starting', restarts: 0 },
    loads: 0,
    view: null,
    sync: null,
    load: null,
    sale: null,
  }));
}

/** A station view brings the state of replication and of the initial load with it. */
export function replaceView(store: StationStore, view: StationView): void {
  store.setState({ view, sync: view.sync, load: view.load });
}

/** Every event carries a whole view that replaces the old one. */
export function applyEvent(store: StationStore, event: StationEvent): void {
  switch (event.event) {
    case 'station.changed':
      return replaceView(store, event.view);
    case 'sale.changed':
      return replaceSale(store, event.view);
    case 'sync.changed':
      return store.setState({ sync: event.view });
    case 'load.changed':
      return store.setState({ load: event.view });
  }
}

/** Commands on the open sale, in what they leave on the screen. */
export type SaleMethod =
  | 'sale.addItem'
  | 'sale.setQuantity'
  | 'sale.removeItem'
  | 'sale.discountItem'
  | 'sale.discount'
  | 'sale.setSalesperson'
  | 'sale.setCpf'
  | 'sale.setCustomer'
  | 'sale.addTender'
  | 'sale.removeTender'
  | 'sale.confirmPix'
  | 'sale.complete'
  | 'sale.park'
  | 'sale.recall'
  | 'sale.abandon';

/** A sale that was completed, parked or abandoned leaves the till; any other command gives the sale as it now is. */
export function applySaleReply(store: StationStore, reply: Reply<SaleMethod>): void {
  if (!reply.ok) return;
  const sale = 'lines' in reply.output ? reply.output : null;
  replaceSale(store, sale !== null && sale.state === 'open' ? sale : null);
}

function replaceSale(store: StationStore, sale: SaleView | null): void {
  store.setState((state) => ({ sale: keepLines(state.sale, sale) }));
}
