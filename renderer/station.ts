import type { StationBridge } from '../contract/station-bridge.ts';

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
