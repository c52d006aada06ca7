import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';

/** Rows drawn above and below what is in sight. */
const OVERSCAN = 8;
/** A list that has not moved for so long stands still. */
const STILL_MS = 150;

type Sizes = {
  /** How many rows there are, and the height of one. */
  readonly count: number;
  readonly rowRem: number;
  /** The height of the head, which stays above the rows. */
  readonly headRem: number;
};

/** `first` to `last` are in sight or near it. */
type RowsInSight<Scroller> = {
  readonly scroller: RefObject<Scroller | null>;
  readonly first: number;
  readonly last: number;
  /**
   * What is to be drawn, in the order of the document: each in its slot, which is used again by another place, so that a
   * scroll makes no element and moves none. Once the list stands still they are in their own order, for who reads it aloud.
   */
  readonly slots: readonly { readonly slot: number; readonly place: number }[];
  readonly rowPx: number;
  readonly scrollTo: (place: number, align: 'auto' | 'start') => void;
};

/**
 * The part of a long list that has to be drawn, of rows that all have one height. Whoever uses it is drawn again only when
 * another row comes into sight, within the frame that scrolled, and when the size of the window or of its text changes.
 */
export function useRowsInSight<Scroller extends HTMLElement>({ count, rowRem, headRem }: Sizes): RowsInSight<Scroller> {
  const scroller = useRef<Scroller>(null);
  const [rem, setRem] = useState(rootFontPx);
  const [height, setHeight] = useState(0);
  const [{ top, isStill }, setScrolled] = useState({ top: 0, isStill: true });
  const rowPx = rowRem * rem;
  const inSight = Math.ceil(height / rowPx) + 1;
  const first = Math.max(0, Math.min(top - OVERSCAN, count - 1));
  const last = Math.min(count - 1, top + inSight + OVERSCAN);
  const most = inSight + 2 * OVERSCAN + 1;
  const slots = Array.from({ length: last - first + 1 }, (_, index) => ({
    slot: (first + index) % most,
    place: first + index,
  }));
  if (!isStill) slots.sort((one, other) => one.slot - other.slot);

  useLayoutEffect(() => {
    const { current: list } = scroller;
    if (list === null) return undefined;
    const measure = (): void => {
      setRem(rootFontPx());
      setHeight(list.clientHeight);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(list);
    // Its height is of the size of the text, which may change and leave that of the list as it is.
    if (list.firstElementChild !== null) observer.observe(list.firstElementChild);
    return () => observer.disconnect();
  }, []);

  useEffect(() => {
    const { current: list } = scroller;
    if (list === null) return undefined;
    let still = 0;
    const scroll = (): void => {
      const next = { top: Math.floor(list.scrollTop / rowPx), isStill: false };
      // In this very frame: React would take another one, and what scrolled in would be empty in this.
      flushSync(() => setScrolled((known) => (known.top === next.top ? known : next)));
      window.clearTimeout(still);
      still = window.setTimeout(() => setScrolled(({ top }) => ({ top, isStill: true })), STILL_MS);
    };
    list.addEventListener('scroll', scroll, { passive: true });
    return () => {
      list.removeEventListener('scroll', scroll);
      window.clearTimeout(still);
    };
  }, [rowPx]);

  // The same row stays on top when the rows get another height.
  const before = useRef(rowPx);
  useLayoutEffect(() => {
    const { current: list } = scroller;
    if (list !== null && before.current !== rowPx) list.scrollTop *= rowPx / before.current;
    before.current = rowPx;
  }, [rowPx]);

  const scrollTo = useCallback(
    (place: number, align: 'auto' | 'start'): void => {
      const { current: list } = scroller;
      if (list === null) return;
      const start = place * rowPx;
      const fits = list.clientHeight - headRem * (rowPx / rowRem) - rowPx;
      if (align === 'start' || start < list.scrollTop) list.scrollTop = start;
      else if (start > list.scrollTop + fits) list.scrollTop = start - fits;
    },
    [rowPx, rowRem, headRem],
  );
  return { scroller, first, last, slots, rowPx, scrollTo };
}

function rootFontPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
