import { createContext, useContext, useEffect, useMemo, useRef, type ReactNode } from 'react';
import { useLock } from '../screens/use-lock.ts';
import { useStationState } from '../station-context.tsx';

const MINUTE_MS = 60_000;
/** How often the time is looked at: a till that locks a second late is not left open. */
const LOOK_MS = 1_000;
const TOUCHES = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

/** Keeps the till open until the returned function is called. */
type Hold = () => () => void;
const HoldContext = createContext<Hold | null>(null);

/**
 * Locks the till once nobody touched it for as long as the group allows.
 *
 *   key, pointer, scan -> the time begins anew
 *   held (payment, count) -> the time stands still, and begins anew after it
 *   over -> the operator leaves, the sale stays; what is touched while that is on its way does nothing
 *
 * The wall clock counts: a machine that slept locks at its first key, before that key means anything. It must therefore
 * stand inside `KeyboardProvider`, whose listener is added after this one.
 */
export function IdleLock({ children }: { readonly children: ReactNode }) {
  const lock = useLock();
  const minutes = useStationState(({ view }) => (view?.operator == null ? 0 : view.policies.idleLockMinutes));
  const holds = useRef(0);
  const hold = useMemo<Hold>(
    () => () => {
      holds.current += 1;
      return () => {
        holds.current -= 1;
      };
    },
    [],
  );

  useEffect(() => {
    if (minutes === 0) return undefined;
    let touchedAtMs = Date.now();
    let isLocking = false;

    async function leave(): Promise<void> {
      isLocking = true;
      // Refused, by a full disk for instance: the till goes on, and tries again after as long.
      if (!(await lock('idle'))) {
        isLocking = false;
        touchedAtMs = Date.now();
      }
    }
    function look(): void {
      const now = Date.now();
      // A clock that was put back starts the time anew.
      if (holds.current > 0 || now < touchedAtMs) touchedAtMs = now;
      if (!isLocking && now - touchedAtMs >= minutes * MINUTE_MS) void leave();
    }
    function touch(event: Event): void {
      look();
      if (isLocking) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else touchedAtMs = Date.now();
    }

    const timer = setInterval(look, LOOK_MS);
    // Not passive: what wakes a till that is being locked must not act.
    for (const name of TOUCHES) window.addEventListener(name, touch, { capture: true, passive: false });
    return () => {
      clearInterval(timer);
      for (const name of TOUCHES) window.removeEventListener(name, touch, { capture: true });
    };
  }, [minutes, lock]);

  return <HoldContext value={hold}>{children}</HoldContext>;
}

/** While the component is there the till does not lock by itself: somebody stands before it with money in the hand. */
export function useHeldOpen(): void {
  const hold = useContext(HoldContext);
  if (hold === null) throw new Error('useHeldOpen outside of IdleLock');
  useEffect(() => hold(), [hold]);
}
