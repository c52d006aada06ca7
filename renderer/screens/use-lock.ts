import { useCallback } from 'react';
import { useFeedback } from '../components/feedback.tsx';
import { useStation } from '../station-context.tsx';
import { replaceView } from '../station-store.ts';

/** Leaves the till to whoever signs in next; the sale that is being rung stays. Answers whether the core took it. */
export function useLock(): (reason: 'person' | 'idle') => Promise<boolean> {
  const station = useStation();
  const { refuse } = useFeedback();
  return useCallback(
    async (reason) => {
      const reply = await station.call('operator.logout', { reason });
      // The core tells every other window of it, and this one by its answer.
      if (reply.ok) replaceView(station.store, reply.output);
      else refuse(reply.error);
      return reply.ok;
    },
    [station, refuse],
  );
}
