import type { EventName, EventView, StationEvent } from '../contract/station-api.ts';

/** Tells listeners what changed; the one whose call caused it got the new view as its reply. */
export type StationEvents = {
  readonly on: (listener: (event: StationEvent) => void, caller: object) => () => void;
  /** `view` is built only when somebody else listens. */
  readonly emit: <E extends EventName>(event: E, view: () => EventView<E>, except?: object | null) => void;
};

/** An empty list of listeners. */
export function createStationEvents(): StationEvents {
  const listeners = new Map<object, (event: StationEvent) => void>();
  return {
    on: (listener, caller) => {
      listeners.set(caller, listener);
      return () => void listeners.delete(caller);
    },
    emit: (event, view, except = null) => {
      const others = [...listeners].filter(([caller]) => caller !== except);
      if (others.length === 0) return;
      const message = { event, view: view() } as unknown as StationEvent;
      for (const [, listener] of others) listener(message);
    },
  };
}
