import { createContext, useContext } from 'react';
import type { RefusalOf } from '../../contract/refusals.ts';
import type { Reply } from '../../contract/station-api.ts';
import type { PaperView, SaleView } from '../../contract/sale-views.ts';
import type { QueryState } from '../components/use-query.ts';
import type { SaleInput } from '../station-calls.ts';
import type { SaleMethod } from '../station-store.ts';

/** `refused`, `waiting`: the movements, narrowed to what waits for a person or is on its way. */
export type Place = 'till' | 'payment' | 'sales' | 'refused' | 'waiting' | 'cash' | 'summary' | 'pix';

/** The product a person chose for a barcode of several, with the quantity that was asked for at first. */
export type Chosen = { readonly sku: string; readonly quantityMilli: number };

/** A barcode of several products, and how many pieces were to be sold. */
export type Choices = RefusalOf<'ambiguous_barcode'> & { readonly quantityMilli: number };

export type Salesperson = { readonly code: string; readonly name: string };

/** A sale that was just finished: its change and paper stay until the next one begins. */
export type Finished = { readonly sale: SaleView; readonly paper: PaperView };

/** What the screens of an open till share: none of it is known to the core. */
export type TillState = {
  readonly place: Place;
  readonly go: (place: Place) => void;
  /** Leaves a list for where the person came from. */
  readonly back: () => void;
  readonly multiplierMilli: number | null;
  readonly multiply: (quantityMilli: number | null) => void;
  readonly nextSalesperson: Salesperson | null;
  readonly setNextSalesperson: (salesperson: Salesperson | null) => void;
  readonly finished: Finished | null;
  readonly finish: (finished: Finished | null) => void;
  /** Read when the till opens: the digit that chooses one works from the first frame of the payment. */
  readonly paymentTypes: QueryState<'payment.types'>;
  /** Remembers that whoever stands here asked for the QR that opens next, until the core starts anew. */
  readonly notePix: () => void;
  /** The open QR of the sale, and whether nobody has it in mind. */
  readonly openPix: { readonly isFoundAgain: boolean } | null;
  readonly choices: Choices | null;
  readonly chooseNone: () => void;
  /** Sells what was scanned or typed, with the waiting multiplier and salesperson. `beganAtMs`: when it was scanned. */
  readonly addItem: (barcode: string, chosen?: Chosen, beganAtMs?: number) => Promise<void>;
  /** Names the salesperson of the next items (who is answered) or of the whole sale, by a code with or without zeros. */
  readonly credit: (code: string, scope: 'next' | 'sale') => Promise<Salesperson | null>;
  /** The sale whose paper was scanned, and where the person was then. */
  readonly opened: { readonly number: string; readonly place: number; readonly from: Place } | null;
  /** Shows the movement at `place` of the whole list. */
  readonly openSale: (number: string, place: number) => void;
  /** Sends a command on the sale; says its refusal in the banner. */
  readonly run: <M extends SaleMethod>(method: M, input: SaleInput<M>, saleId?: string) => Promise<Reply<M>>;
};

export const TillContext = createContext<TillState | null>(null);

export function useTill(): TillState {
  const till = useContext(TillContext);
  if (till === null) throw new Error('useTill outside of TillProvider');
  return till;
}

/** `24` is salesperson `000024`: leading zeros are never typed. */
export function isSameSalesperson(code: string, typed: string): boolean {
  return code === typed || code.replace(/^0+/, '') === typed.replace(/^0+/, '');
}

/** Whether the list of movements is shown, whole or narrowed. */
export function isOfMovements(place: Place): boolean {
  return place === 'sales' || place === 'refused' || place === 'waiting';
}

/** Whether a place is looked into from another one, to which it leads back. */
export function isDetour(place: Place): boolean {
  return isOfMovements(place) || place === 'pix';
}
