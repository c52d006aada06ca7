import { createContext, useContext, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Station } from './station-calls.ts';
import type { StationState } from './station-store.ts';

const StationContext = createContext<Station | null>(null);

export function StationProvider({ station, children }: { readonly station: Station; readonly children: ReactNode }) {
  return <StationContext value={station}>{children}</StationContext>;
}

export function useStation(): Station {
  const station = useContext(StationContext);
  if (station === null) throw new Error('useStation outside of StationProvider');
  return station;
}

/** A part of what the core sent; the component is drawn again only when that part changes. */
export function useStationState<Part>(select: (state: StationState) => Part): Part {
  return useStore(useStation().store, select);
}
