import { createStore, type StoreApi } from 'zustand/vanilla';
import type { MovementFilter, MovementRowView } from '../../contract/movement-views.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { Station } from '../station-calls.ts';

/** Some windows full: a page that comes in while the list scrolls must fit into a frame. */
const PAGE_ROWS = 50;
/** Pages kept on each side of the last one read: a walk through the whole list fills no memory. */
const KEPT_PAGES = 10;
/** So many rows before they come into sight their page is asked for: as long as an answer takes at a quick scroll. */
const AHEAD_ROWS = 25;

type Pages = ReadonlyMap<number, readonly MovementRowView[]>;

/** What is known of the list. `total`: null until the first answer; `question`: what it is the answer to. */
export type KnownMovements = {
  readonly question: string | null;
  readonly total: number | null;
  readonly pages: Pages;
  readonly refusal: Refusal | null;
};

/** The movements that fit a filter, by their place: a page is read when it comes into sight. */
export type MovementPages = {
  readonly known: StoreApi<KnownMovements>;
  /** Another filter: what is known stays until its first answer. */
  readonly ask: (question: string) => void;
  /** Says which places are in sight, and which is marked. */
  readonly see: (first: number, last: number, marked: number) => void;
  /** What is known may have changed: what is in sight is read again, the rest when it comes into sight. */
  readonly reread: () => void;
  readonly stop: () => void;
};

/**
 * One page is read at a time, and after it the one that is wanted by then: whoever drags the scroll bar through the whole
 * list waits for one page in the end, not for all that flew past.
 */
export function createMovementPages({ call }: Pick<Station, 'call'>): MovementPages {
  const known = createStore<KnownMovements>(() => ({ question: null, total: null, pages: new Map(), refusal: null }));
  let question: string | null = null;
  let wanted: readonly number[] = [0];
  let firstSeen = 0;
  /** Pages that may be others since they were read. */
  const old = new Set<number>();
  let isReading = false;

  function nextPage(): number | undefined {
    const state = known.getState();
    if (question === null) return undefined;
    if (state.question !== question) return 0;
    // An empty list is read again too.
    const there = wanted.filter((page) => page === 0 || page * PAGE_ROWS < (state.total ?? 0));
    // The one that waits longest first, so that each has its turn while changes keep coming.
    return there.find((page) => !state.pages.has(page)) ?? [...old].find((page) => there.includes(page));
  }

  async function readOn(): Promise<void> {
    if (isReading) return;
    isReading = true;
    for (let page = nextPage(); page !== undefined; page = nextPage()) {
      const asked = question ?? '';
      // What changes from here on makes it old again.
      old.delete(page);
      const filter = JSON.parse(asked) as MovementFilter;
      const reply = await call('movement.list', { filter, from: page * PAGE_ROWS, limit: PAGE_ROWS });
      // The answer to an older question never replaces a newer one.
      if (asked !== question) continue;
      if (!reply.ok) {
        // Asked for again when something moves, not in a circle.
        known.setState({ refusal: reply.error });
        break;
      }
      const { total, rows } = reply.output;
      known.setState((before) => ({
        question: asked,
        total,
        // With another number of rows every place may hold something else: all is read again.
        pages: withPage(before.question === asked && before.total === total ? before.pages : new Map(), page, rows),
        refusal: null,
      }));
    }
    isReading = false;
  }

  function withPage(before: Pages, page: number, rows: readonly MovementRowView[]): Pages {
    // What is wanted is kept however far away: the marked row may be where nobody looks, and its page and that in sight
    // would drive each other out for ever.
    const kept = [...before].filter(([other]) => Math.abs(other - page) <= KEPT_PAGES || wanted.includes(other));
    return new Map([...kept, [page, rows]]);
  }

  return {
    known,
    ask: (next) => {
      question = next;
      void readOn();
    },
    see: (first, last, marked) => {
      const moved = first - firstSeen;
      firstSeen = first;
      const inSight = pagesFrom(pageOf(first), pageOf(last));
      const ahead = moved > 0 ? last + AHEAD_ROWS : Math.max(0, first - AHEAD_ROWS);
      const isFollowed = moved !== 0 && Math.abs(moved) < PAGE_ROWS;
      wanted = [...inSight, pageOf(marked), ...(isFollowed ? [pageOf(ahead)] : [])];
      void readOn();
    },
    reread: () => {
      for (const page of known.getState().pages.keys()) old.add(page);
      void readOn();
    },
    stop: () => {
      question = null;
    },
  };
}

/** What is at a place of the list; undefined while it is being read. */
export function movementAt({ pages }: KnownMovements, place: number): MovementRowView | undefined {
  return pages.get(pageOf(place))?.[place % PAGE_ROWS];
}

function pageOf(place: number): number {
  return Math.floor(place / PAGE_ROWS);
}

function pagesFrom(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
