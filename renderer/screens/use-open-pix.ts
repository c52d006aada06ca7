import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStationState } from '../station-context.tsx';
import type { Place, TillState } from './till-state.tsx';

/**
 * The open QR of the sale being rung. One that nobody at this till has in mind (the core or the window started anew,
 * somebody else took over) brings the payment to the front, where its question is.
 */
export function useOpenPix(go: (place: Place) => void): Pick<TillState, 'openPix' | 'notePix'> {
  const isOpen = useStationState((state) => state.sale?.tenders.some(({ pix }) => pix?.state === 'waiting') === true);
  const loads = useStationState((state) => state.loads);
  const [notedLoads, setNotedLoads] = useState<number | null>(null);
  const isFoundAgain = isOpen && notedLoads !== loads;
  useEffect(() => {
    if (isFoundAgain) go('payment');
  }, [isFoundAgain, go]);
  const openPix = useMemo(() => (isOpen ? { isFoundAgain } : null), [isOpen, isFoundAgain]);
  return { openPix, notePix: useCallback(() => setNotedLoads(loads), [loads]) };
}
