import { useCallback, useEffect, useRef, useState } from 'react';
import type { Refusal } from '../../contract/refusals.ts';
import type { SaleRowView } from '../../contract/sale-views.ts';
import { useStation } from '../station-context.tsx';

const PAGE_ROWS = 100;

export type SalesList = {
  readonly rows: readonly SaleRowView[];
  readonly isRead: boolean;
  readonly refusal: Refusal | null;
  readonly readMore: () => void;
  readonly reread: () => void;
};

/** The sales of the station, newest first, a page at a time; the first page follows replication. */
export function useSalesList(): SalesList {
  const station = useStation();
  const [rows, setRows] = useState<readonly SaleRowView[]>([]);
  const [isRead, setRead] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const isReading = useRef(false);
  const isWhole = useRef(false);

  const read = useCallback(
    async (beforeNumber: string | null): Promise<void> => {
      const reply = await station.call('sale.list', { limit: PAGE_ROWS, beforeNumber });
      setRead(true);
      setRefusal(reply.ok ? null : reply.error);
      if (!reply.ok) return;
      const page = reply.output;
      if (page.length < PAGE_ROWS) isWhole.current = true;
      setRows((known) => (beforeNumber === null ? mergeFirstPage(page, known) : [...known, ...page]));
    },
    [station],
  );
  const reread = useCallback(() => void read(null), [read]);
  useEffect(() => {
    // State is set only after the answer, never within the effect.
    // oxlint-disable-next-line react/set-state-in-effect
    void read(null);
    return station.store.subscribe((state, before) => {
      if (state.sync !== before.sync) void read(null);
    });
  }, [station, read]);

  const last = rows.at(-1)?.number ?? null;
  const readMore = useCallback(() => {
    if (isReading.current || isWhole.current || last === null) return;
    isReading.current = true;
    void read(last).finally(() => {
      isReading.current = false;
    });
  }, [read, last]);
  return { rows, isRead, refusal, readMore, reread };
}

/** The new first page in front of the older rows already read. */
function mergeFirstPage(page: readonly SaleRowView[], known: readonly SaleRowView[]): readonly SaleRowView[] {
  const fresh = new Set(page.map((row) => row.saleId));
  const older = page.length < PAGE_ROWS ? [] : known.filter((row) => !fresh.has(row.saleId));
  return [...page, ...older];
}
