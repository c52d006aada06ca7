import { useEffect, useState } from 'react';

/** The wall clock, read again every `everyMs`: for ages on the screen, never for anything that is stored. */
export function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
