import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { MovementFilter, MovementRowView } from '../../contract/movement-views.ts';
import { useStation } from '../station-context.tsx';
import { createMovementPages, movementAt, type MovementPages } from './movement-pages.ts';

/** The movements that fit a filter, read again when replication moved. It is the same object for as long as it lives. */
export function useMovements(filter: MovementFilter): MovementPages {
  const station = useStation();
  const question = JSON.stringify(filter);
  const [list] = useState(() => createMovementPages(station));
  useEffect(() => list.ask(question), [list, question]);
  useEffect(() => {
    const unsubscribe = station.store.subscribe((state, before) => {
      if (state.sync !== before.sync) list.reread();
    });
    return () => {
      unsubscribe();
      list.stop();
    };
  }, [station, list]);
  return list;
}

/** What is at a place of the list: only who shows it is drawn again when it comes in. */
export function useMovementAt(list: MovementPages, place: number): MovementRowView | undefined {
  return useStore(list.known, (known) => movementAt(known, place));
}
