import { useCallback } from 'react';
import { useFeedback } from '../components/feedback.tsx';
import { useStation } from '../station-context.tsx';

/** Leaves the till to whoever signs in next; the sale that is being rung stays as it is. */
export function useLock(): (reason: 'person' | 'idle') => void {
  const station = useStation();
  const { refuse } = useFeedback();
  return useCallback(
    (reason) => {
      async function lock(): Promise<void> {
        const reply = await station.call('operator.logout', { reason });
        if (!reply.ok) refuse(reply.error);
      }
      void lock();
    },
    [station, refuse],
  );
}
