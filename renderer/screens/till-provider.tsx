import { useMemo, useRef, useState, type ReactNode } from 'react';
import { useFeedback } from '../components/feedback.tsx';
import { useQuery } from '../components/use-query.ts';
import { useStation, useStationState } from '../station-context.tsx';
import { useOpenPix } from './use-open-pix.ts';
import {
  isDetour,
  isSameSalesperson,
  TillContext,
  type Choices,
  type Chosen,
  type Finished,
  type Place,
  type Salesperson,
  type TillState,
} from './till-state.tsx';

const ONE_PIECE_MILLI = 1000;

export function TillProvider({ children }: { readonly children: ReactNode }) {
  const station = useStation();
  const { refuse, warn, praise, clear } = useFeedback();
  const digits = useStationState((state) => JSON.stringify(state.view?.policies.paymentDigits));
  const paymentTypes = useQuery('payment.types', {}, digits);
  const [place, setPlace] = useState<Place>('till');
  const [trail, setTrail] = useState<readonly Place[]>([]);
  const [multiplierMilli, setMultiplier] = useState<number | null>(null);
  const [nextSalesperson, setNext] = useState<Salesperson | null>(null);
  const { openPix, notePix } = useOpenPix(setPlace);
  const [finished, finish] = useState<Finished | null>(null);
  const [choices, setChoices] = useState<Choices | null>(null);
  const [opened, setOpened] = useState<TillState['opened']>(null);
  // Scans may come faster than renders: what the next item takes along is read when it is scanned, not when drawn.
  const pending = useRef<{ multiplierMilli: number | null; salesperson: Salesperson | null }>({
    multiplierMilli: null,
    salesperson: null,
  });

  const till = useMemo<TillState>(() => {
    const multiply = (quantityMilli: number | null) => {
      pending.current.multiplierMilli = quantityMilli;
      setMultiplier(quantityMilli);
    };
    const setNextSalesperson = (salesperson: Salesperson | null) => {
      pending.current.salesperson = salesperson;
      setNext(salesperson);
    };
    const run: TillState['run'] = async (method, input, saleId) => {
      const beganAtMs = performance.now();
      const reply = await station.sell(method, input, saleId);
      if (reply.ok) {
        clear(beganAtMs);
        praise();
      } else refuse(reply.error);
      return reply;
    };
    const addItem = async (barcode: string, chosen?: Chosen, beganAtMs = performance.now()): Promise<void> => {
      const quantityMilli = chosen?.quantityMilli ?? pending.current.multiplierMilli ?? ONE_PIECE_MILLI;
      const { salesperson } = pending.current;
      multiply(null);
      setChoices(null);
      finish(null);
      setPlace((now) => (now === 'payment' ? now : 'till'));
      const reply = await station.sell('sale.addItem', { barcode, quantityMilli, sku: chosen?.sku ?? null });
      if (!reply.ok) {
        if (reply.error.code !== 'ambiguous_barcode') return refuse(reply.error);
        warn();
        return setChoices({ ...reply.error, quantityMilli });
      }
      clear(beganAtMs);
      praise();
      const line = reply.output.lines.find(({ lineId }) => lineId === reply.output.lastLineId);
      if (salesperson === null || line === undefined || line.salesperson?.code === salesperson.code) return;
      // The first one named is the salesperson of the sale, which the next items then inherit.
      const lineId = reply.output.salesperson === null ? null : line.lineId;
      const credited = await station.sell('sale.setSalesperson', { salespersonCode: salesperson.code, lineId });
      if (!credited.ok) refuse(credited.error);
    };
    const credit: TillState['credit'] = async (code, scope) => {
      if (scope === 'sale' && station.store.getState().sale !== null) {
        setNextSalesperson(null);
        await run('sale.setSalesperson', { salespersonCode: code });
        return null;
      }
      const list = await station.call('salesperson.list', {});
      const found = list.ok ? list.output.find((salesperson) => isSameSalesperson(salesperson.code, code)) : undefined;
      if (found !== undefined) setNextSalesperson(found);
      else refuse(list.ok ? { code: 'salesperson_unknown', salespersonCode: code } : list.error);
      return found ?? null;
    };
    return {
      place,
      go: (next) => {
        clear();
        setOpened(null);
        // To where somebody has been already the way is back there.
        const been = trail.indexOf(next);
        setTrail(!isDetour(next) ? [] : been >= 0 ? trail.slice(0, been) : place === next ? trail : [...trail, place]);
        setPlace(next);
      },
      back: () => {
        clear();
        setOpened(null);
        setTrail(opened === null ? trail.slice(0, -1) : []);
        setPlace(opened?.from ?? trail.at(-1) ?? 'till');
      },
      credit,
      opened,
      openSale: (number, at) => {
        // From one paper to the next, the way back leads to where the first was scanned.
        const here = isDetour(place) ? (trail[0] ?? 'till') : place;
        setOpened((before) => ({ number, place: at, from: before?.from ?? here }));
        setPlace('sales');
      },
      multiplierMilli,
      multiply,
      nextSalesperson,
      setNextSalesperson,
      finished,
      finish: (next) => {
        finish(next);
        if (next !== null) setNextSalesperson(null);
        setPlace('till');
      },
      paymentTypes,
      openPix,
      notePix,
      choices,
      chooseNone: () => setChoices(null),
      addItem,
      run,
    };
  }, [
    station,
    refuse,
    warn,
    praise,
    clear,
    place,
    trail,
    multiplierMilli,
    nextSalesperson,
    finished,
    choices,
    opened,
    paymentTypes,
    openPix,
    notePix,
  ]);

  return <TillContext value={till}>{children}</TillContext>;
}
