import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MovementFilter, MovementRowView } from '../../contract/movement-views.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { useStation } from '../station-context.tsx';

/** Some windows full: a page that comes in while the list scrolls must fit into a frame. */
const PAGE_ROWS = 50;
/** Pages kept on each side of the last one read: a walk through the whole list fills no memory. */
const KEPT_PAGES = 10;

export type Movements = {
  /** Null until the first answer. */
  readonly total: number | null;
  /** What is at a place of the list; undefined while it is being read. */
  readonly rowAt: (place: number) => MovementRowView | undefined;
  readonly refusal: Refusal | null;
  /** Says which places are in sight, and which is marked: they are read, and again when replication moved. */
  readonly see: (first: number, last: number, marked: number) => void;
  readonly reread: () => void;
};

type Pages = {
  readonly question: string;
  readonly total: number;
  readonly rows: ReadonlyMap<number, readonly MovementRowView[]>;
};

/** The movements that fit a filter, by their place: a page is read when it comes into sight. */
export function useMovements(filter: MovementFilter): Movements {
  const station = useStation();
  const question = JSON.stringify(filter);
  const [pages, setPages] = useState<Pages | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const asking = useRef({ question, inSight: [0] as readonly number[], pages: new Set<number>() });

  const read = useCallback(
    async (page: number): Promise<void> => {
      const { current } = asking;
      if (current.question === question && current.pages.has(page)) return;
      current.pages.add(page);
      const input = { filter: JSON.parse(question) as MovementFilter, from: page * PAGE_ROWS, limit: PAGE_ROWS };
      const reply = await station.call('movement.list', input);
      // The answer to an older question never replaces a newer one.
      if (asking.current.question !== question) return;
      current.pages.delete(page);
      setRefusal(reply.ok ? null : reply.error);
      if (reply.ok) setPages((known) => withPage(known, { question, page, ...reply.output }));
    },
    [station, question],
  );
  const readInSight = useCallback(() => {
    for (const page of new Set(asking.current.inSight)) void read(page);
  }, [read]);

  useEffect(() => {
    asking.current = { question, inSight: [0], pages: new Set() };
    // State is set only after the answer, never within the effect.
    // oxlint-disable-next-line react/set-state-in-effect
    void read(0);
    return station.store.subscribe((state, before) => {
      if (state.sync !== before.sync) readInSight();
    });
  }, [station, question, read, readInSight]);

  const rowAt = useCallback((place: number) => pages?.rows.get(pageOf(place))?.[place % PAGE_ROWS], [pages]);
  // Not renewed by a refusal: a page that cannot be read is asked for again when something moves, not in a circle.
  const see = useCallback(
    (first: number, last: number, marked: number) => {
      asking.current.inSight = [pageOf(first), pageOf(last), pageOf(marked)];
      if (pages?.question !== question) return;
      for (const place of [first, last, marked]) {
        if (place < pages.total && rowAt(place) === undefined) void read(pageOf(place));
      }
    },
    [pages, question, rowAt, read],
  );
  return useMemo<Movements>(
    () => ({ total: pages?.total ?? null, rowAt, refusal, see, reread: readInSight }),
    [pages, rowAt, refusal, see, readInSight],
  );
}

function pageOf(place: number): number {
  return Math.floor(place / PAGE_ROWS);
}

/** With another number of rows every place may hold something else: the other pages are read again. */
function withPage(
  known: Pages | null,
  read: {
    readonly question: string;
    readonly page: number;
    readonly total: number;
    readonly rows: readonly MovementRowView[];
  },
): Pages {
  const isSame = known?.question === read.question && known.total === read.total;
  const kept = isSame ? [...known.rows].filter(([page]) => Math.abs(page - read.page) <= KEPT_PAGES) : [];
  return { question: read.question, total: read.total, rows: new Map([...kept, [read.page, read.rows]]) };
}
