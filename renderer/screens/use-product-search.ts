import { useCallback, useEffect, useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import type { ProductRowView } from '../../contract/product-views.ts';
import { useStation, useStationState } from '../station-context.tsx';

/** What fills the list; more are asked for when somebody goes down to its end. */
const FIRST_ROWS = 30;
const MOST_ROWS = 200;

export type ProductSearch = {
  /** Those of the last answer: while a new one is on its way the list stays as it is. */
  readonly rows: readonly ProductRowView[];
  /** Whether the rows are those of what is typed now. */
  readonly isAnswered: boolean;
  readonly isMore: boolean;
  readonly refusal: Refusal | null;
  /** The answer to what is typed now, for an Enter that comes before it. */
  readonly ask: () => Promise<readonly ProductRowView[]>;
  readonly readMore: () => void;
};

type Answer = {
  readonly text: string;
  readonly rows: readonly ProductRowView[];
  readonly isMore: boolean;
  readonly refusal: Refusal | null;
};
const NOTHING: Answer = { text: '', rows: [], isMore: false, refusal: null };

/** Searches at every key: the core answers within a frame. The answer to an older text never replaces a newer one. */
export function useProductSearch(typed: string): ProductSearch {
  const station = useStation();
  const loads = useStationState((state) => state.loads);
  const text = typed.trim();
  const [wanted, setWanted] = useState({ text: '', limit: FIRST_ROWS });
  const limit = wanted.text === text ? wanted.limit : FIRST_ROWS;
  const [last, setLast] = useState<Answer>(NOTHING);

  // One string names the question: a core that came back is asked again.
  const question = JSON.stringify({ text, limit, loads });
  const read = useCallback(async (): Promise<Answer> => {
    const asking = JSON.parse(question) as { readonly text: string; readonly limit: number };
    const reply = await station.call('product.search', { text: asking.text, limit: asking.limit });
    return reply.ok
      ? { text: asking.text, rows: reply.output.products, isMore: reply.output.isMore, refusal: null }
      : { text: asking.text, rows: [], isMore: false, refusal: reply.error };
  }, [station, question]);

  useEffect(() => {
    if (text === '') return undefined;
    let isCurrent = true;
    async function ask(): Promise<void> {
      const answer = await read();
      if (isCurrent) setLast(answer);
    }
    void ask();
    return () => {
      isCurrent = false;
    };
  }, [read, text]);

  const answer = text === '' ? NOTHING : last;
  const isAnswered = answer.text === text;
  return {
    ...answer,
    isAnswered,
    ask: async () => (await read()).rows,
    readMore: () => {
      if (isAnswered && answer.isMore && limit < MOST_ROWS) setWanted({ text, limit: MOST_ROWS });
    },
  };
}
