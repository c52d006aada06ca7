import type { StationEvent } from '../contract/station-api.ts';

/** The life of the core as main tells it: a restart is seen as `restarting`, then `ready` again. */
export type CoreState = {
  readonly state: 'starting' | 'ready' | 'restarting' | 'stopped';
  readonly reason?: string | undefined;
  readonly exitCode?: number | null | undefined;
  readonly restarts: number;
};

/** What the preload script gives the window, and all it gives. */
export type StationBridge = {
  readonly call: (method: string, input: unknown) => Promise<unknown>;
  readonly onEvent: (listener: (event: StationEvent) => void) => () => void;
  readonly onCore: (listener: (state: CoreState) => void) => () => void;
  readonly coreState: () => Promise<CoreState>;
  readonly quit: () => void;
  readonly restartCore: () => void;
  readonly language: string;
};

declare global {
  interface Window {
    readonly station?: StationBridge;
  }
}

/** The bridge to the core. Nothing else in the window touches `window.station`. */
export function getStationBridge(): StationBridge {
  if (window.station === undefined) throw new Error('the window was opened without its preload script');
  return window.station;
}
