import { useCallback, useEffect, useState } from 'react';
import type { MethodInput, MethodName, MethodOutput } from '../../contract/station-api.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { useStation, useStationState } from '../station-context.tsx';

/** An answer on its way, given, or refused. A refused list must never look like an empty one. */
export type QueryState<M extends MethodName> =
  | { readonly state: 'reading'; readonly output?: undefined }
  | { readonly state: 'read'; readonly output: MethodOutput<M> }
  | { readonly state: 'refused'; readonly error: Refusal; readonly output?: undefined };

/** Reads once, again when the core came back, and on `reread`. The answer of an older call never replaces a newer one. */
export function useQuery<M extends MethodName>(
  method: M,
  input: MethodInput<M>,
  changes: string | number | null = null,
): QueryState<M> & { readonly reread: () => void } {
  const station = useStation();
  const loads = useStationState((state) => state.loads);
  const [asked, setAsked] = useState(0);
  const [state, setState] = useState<QueryState<M>>({ state: 'reading' });
  // One string names the question: a change of any part of it asks again.
  const question = JSON.stringify({ input, loads, asked, changes });
  useEffect(() => {
    let isCurrent = true;
    async function ask(): Promise<void> {
      const asking = JSON.parse(question) as { input: MethodInput<M> };
      const reply = await station.call(method, asking.input);
      if (!isCurrent) return;
      setState(reply.ok ? { state: 'read', output: reply.output } : { state: 'refused', error: reply.error });
    }
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [station, method, question]);
  return { ...state, reread: useCallback(() => setAsked((count) => count + 1), []) };
}
