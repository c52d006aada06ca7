/**
 * What happened to the drawer, as the ERP will be told it: a fact, keyed by its id, that depends on no other document.
 *
 * `amounts`: what moved (opening, supply, withdrawal), or what was expected and counted (closing), by payment type and,
 * of cards, by acquirer; empty where the ERP registers no type that is cash. Units: integer cents.
 */
export type CashDocument = {
  readonly kind: 'cash';
  readonly documentId: string;
  /** The station's own number of it. */
  readonly number: string;
  readonly action: 'opening' | 'supply' | 'withdrawal' | 'closing';
  readonly stationCode: string;
  /** The session's place among those of the station. */
  readonly turn: number;
  readonly responsibleCode: string;
  readonly operatorCode: string;
  readonly businessDay: string;
  readonly at: string;
  readonly financialReasonId: number | null;
  readonly note: string;
  readonly amounts: readonly (MovedAmount | CountedAmount)[];
  readonly denominations: readonly { readonly valueCents: number; readonly quantity: number }[];
};

type MovedAmount = {
  readonly paymentTypeId: number;
  readonly acquirerId: number | null;
  readonly amountCents: number;
};

type CountedAmount = {
  readonly paymentTypeId: number;
  readonly acquirerId: number | null;
  readonly expectedCents: number;
  readonly countedCents: number;
};
