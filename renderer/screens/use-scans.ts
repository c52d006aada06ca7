import { useCallback, useRef } from 'react';
import { useFeedback } from '../components/feedback.tsx';
import { useTexts } from '../i18n/preferences.tsx';
import { readScan, type Scan } from '../keyboard/read-scan.ts';
import { useStation } from '../station-context.tsx';
import { useTill } from './till-state.tsx';

export type Scans = {
  /** What a code is, by the codes of this station and its group. */
  readonly read: (code: string) => Scan;
  /** Does what a code is for; scans that follow a badge wait for it, so that the items after it are its. */
  readonly take: (code: string) => void;
};

/** Takes each scan to where it belongs: a product to the sale, a paper to its sale, a badge to the salesperson. */
export function useScans(): Scans {
  const station = useStation();
  const { place, addItem, credit, openSale } = useTill();
  const t = useTexts();
  const { refuse, praise, inform } = useFeedback();
  const before = useRef<Promise<void> | null>(null);

  const read = useCallback(
    (code: string): Scan => {
      const view = station.store.getState().view;
      return readScan(code, {
        stationCode: view?.station?.code ?? '',
        badgePrefix: view?.policies.badgePrefix ?? null,
        couponPrefix: view?.policies.couponPrefix ?? null,
      });
    },
    [station],
  );

  const take = useCallback(
    (code: string): void => {
      const scannedAtMs = performance.now();
      const scan = read(code);

      /** The place of a sale in the list, or null: it is not of this till. */
      async function findPlace(number: string): Promise<number | null> {
        const reply = await station.call('movement.find', { target: { number } });
        if (reply.ok) return reply.output.place;
        refuse(reply.error);
        return null;
      }
      async function showSale(number: string): Promise<void> {
        const found = await findPlace(number);
        if (found === null) return inform(t.scan.saleElsewhere(number));
        praise();
        openSale(number, found);
      }
      /** Twelve digits that begin with the code of this station: a paper only where no product has them. */
      async function sellOrShow(barcode: string, number: string): Promise<void> {
        const known = await station.call('catalog.findByBarcode', { barcode });
        const isPaper = !known.ok && known.error.code === 'unknown_barcode' && (await findPlace(number)) !== null;
        return isPaper ? showSale(number) : addItem(barcode, undefined, scannedAtMs);
      }
      /** For the next items as `/24` does; whoever pays already has the items on the screen. */
      async function creditBadge(salespersonCode: string): Promise<void> {
        const named = await credit(salespersonCode, place === 'payment' ? 'sale' : 'next');
        if (named !== null) praise(t.till.nextSalesperson(named.name));
      }
      async function act(): Promise<void> {
        switch (scan.kind) {
          case 'product':
            return scan.saleNumber === null
              ? addItem(scan.code, undefined, scannedAtMs)
              : sellOrShow(scan.code, scan.saleNumber);
          case 'sale':
            return showSale(scan.number);
          case 'salesperson':
            return creditBadge(scan.code);
          case 'coupon':
            return inform(t.scan.coupon);
          case 'fiscal':
            return inform(scan.document.isWhole ? t.scan.fiscal(scan.document) : t.scan.fiscalMisread);
        }
      }

      const waited = before.current;
      const done = waited === null ? act() : waited.then(act);
      if (scan.kind !== 'salesperson' && waited === null) return void done;
      const settled = done
        .catch(() => undefined)
        .then(() => {
          if (before.current === settled) before.current = null;
          return undefined;
        });
      before.current = settled;
    },
    [station, read, refuse, praise, inform, t, place, addItem, credit, openSale],
  );
  return { read, take };
}
