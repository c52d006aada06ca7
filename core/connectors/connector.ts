import type { BackOffice } from './back-office.ts';
import type { CashDocument } from './cash-document.ts';
import type { CustomerQuery, FoundCustomer, OutgoingCustomer } from './customer-document.ts';
import type { AuditBatch, AuditReply, Heartbeat, HeartbeatReply } from './station-reports.ts';
import type {
  BranchRow,
  CardRegisters,
  CustomerRow,
  FinancialReasonRow,
  GroupRow,
  OperatorRow,
  PaymentTermRow,
  PaymentTypeRow,
  PricePreviewRow,
  PriceRow,
  ProductRow,
  PromotionRow,
  SalespersonRow,
  StationRow,
  StockRow,
} from './register-rows.ts';

/*
 * The interface every ERP adapter fills. The replicator and the set-up know nothing else of an ERP.
 * An adapter never touches the database and never retries on its own beyond what one call of its ERP needs.
 */

/** A completed sale as a fact, in the station's own terms: the payload of the outbox. Never changes. */
export type SaleDocument = {
  readonly kind: 'sale';
  readonly documentId: string;
  /** Station code and nine digits, unique for ever in the ERP. */
  readonly number: string;
  readonly branchCode: string;
  readonly saleEvent: string;
  readonly showcaseId: number;
  /** Who the sale is for at the ERP: the customer that stands for everybody, unless it knows `customer` by an id. */
  readonly customerId: number;
  /** The registered customer by the station's own id and a salted commitment; nothing of the person. */
  readonly customer: { readonly personId: string; readonly commitment: string } | null;
  readonly salespersonCode: string;
  /** Number of the drawer at the ERP, and how the sale is paid over time; empty where the ERP registers no terms. */
  readonly cashRegisterCode: number;
  readonly paymentTermCode: string;
  readonly businessDay: string;
  readonly completedAt: string;
  readonly totalCents: number;
  readonly items: readonly {
    readonly position: number;
    readonly sku: string;
    readonly barcode: string;
    readonly quantityMilli: number;
    readonly grossCents: number;
    /** What is charged for the whole line, after every discount. */
    readonly netCents: number;
    readonly salespersonId: number;
  }[];
  /** Net of change: they add up to the total. */
  readonly tenders: readonly {
    readonly paymentTypeId: number;
    readonly cardBrandId: number | null;
    readonly acquirerId: number | null;
    readonly installments: number;
    readonly amountCents: number;
  }[];
};

/** The cancellation of a completed sale; its sale is delivered first. */
export type CancellationDocument = {
  readonly kind: 'cancellation';
  readonly documentId: string;
  readonly number: string;
  readonly saleDocumentId: string;
  readonly showcaseId: number;
  readonly branchCode: string;
  readonly reason: string;
  readonly cancelledAt: string;
};

export type StationDocument = SaleDocument | CancellationDocument;

/** A document on its way, with what the outbox knows of it. */
export type OutgoingDocument = {
  readonly document: StationDocument;
  /** It was tried before: the adapter looks it up before anything is sent again. */
  readonly triedBefore: boolean;
  /** The sale's cancellation was ever tried: its status must never be raised again. */
  readonly cancellationTried: boolean;
  /** For a sale: a cancellation of ours exists, so that a cancelled state at the ERP is expected. */
  readonly cancellationExists: boolean;
  /** For a cancellation: the sale as it was sent, to compare what is read back. */
  readonly sale: SaleDocument | null;
};

/**
 * What became of one document.
 *
 * confirmed: read back and equal. sent: taken, not yet read back. waiting: its parent is not there.
 * rejected: refused for what it says, after a look-up. diverged: the ERP holds something else under it.
 * collision: another document under our number (a restored or cloned disk). unknown: asked again by key.
 * untried: nothing of it left the station in this call, so it is as it was before.
 */
export type DocumentOutcome = {
  readonly documentId: string;
  readonly result: 'confirmed' | 'sent' | 'waiting' | 'rejected' | 'diverged' | 'collision' | 'unknown' | 'untried';
  /** Why it is not further: the server's words or what differs. Null when nothing is wrong. */
  readonly text: string | null;
  /** refused: the server said it of this document; transient: it did not answer for it. */
  readonly errorClass: 'refused' | 'transient' | null;
  readonly remoteRef: string | null;
};

/**
 * Why a call to the ERP did not do what it was asked to; the replicator decides by the class alone.
 *
 * transient: no route, timeout, 5xx, an answer that cannot be read. busy: licence taken.
 * password: credentials refused. method: the server lacks a method. refused: a business text for the whole call.
 */
export type RemoteFailure = {
  readonly class: 'transient' | 'busy' | 'password' | 'method' | 'refused';
  readonly text: string;
  readonly method: string;
  /** Of refused: the field of the one row that was wanted, and cannot be read. */
  readonly field?: string;
  /** The address was not found, whoever said so. */
  readonly isNotFound?: true;
  /** Of busy: another session holds this login, so that asking once a minute is enough. */
  readonly isSessionTaken?: true;
};

export type Remote<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: RemoteFailure };

/** One outcome for each document of the batch. `failure` when the ERP stopped answering. */
export type PushReport = {
  readonly outcomes: readonly DocumentOutcome[];
  readonly failure: RemoteFailure | null;
  /** Absent when nothing of ours was changed and read back. */
  readonly revisions?: RevisionRange;
};

/**
 * Between which numbers the ERP counts the changes that one batch made there. It counts upwards with each change, so that
 * a later batch with lower numbers tells of an ERP that went back in time.
 */
export type RevisionRange = { readonly lowest: number; readonly highest: number };

/** A page of a register with a cursor: what to ask next, and whether to ask at once. */
export type Page<Row> = { readonly rows: readonly Row[]; readonly nextTransId: number; readonly more: boolean };
export type PageRequest = {
  readonly transId: number;
  readonly top: number;
  readonly showcaseId: number;
  readonly branchId: number;
};

/** One business day of this station, as it is asked for. */
export type DayRequest = {
  readonly businessDay: string;
  readonly showcaseId: number;
  readonly branchCode: string;
  readonly stationCode: string;
};

/** A sale as the ERP holds it under one of our numbers. */
export type RemoteSale = {
  readonly number: string;
  readonly documentId: string;
  readonly totalCents: number;
  /** In its end state: delivered at the till or cancelled. */
  readonly isDelivered: boolean;
  readonly isCancelled: boolean;
  /** What differs from the sale as it was sent, down to lines and payments; null when nothing does. */
  readonly findDifference: (sale: SaleDocument) => string | null;
};

/** One ERP account, one call at a time. */
export type Connector = {
  readonly name: 'millennium';
  readonly readServerVersion: () => Promise<
    Remote<{ readonly version: string; readonly minimumStation: string; readonly serverAt: string | null }>
  >;
  /** Every station that can be read; one that cannot is told in the log, and fails the call when it is `stationCode`. */
  readonly readStations: (stationCode: string) => Promise<Remote<readonly StationRow[]>>;
  readonly readGroups: () => Promise<Remote<readonly GroupRow[]>>;
  readonly readBranches: () => Promise<Remote<readonly BranchRow[]>>;
  readonly readOperators: () => Promise<Remote<readonly OperatorRow[]>>;
  readonly readSalespeople: (branchId: number) => Promise<Remote<readonly SalespersonRow[]>>;
  readonly readPaymentTypes: () => Promise<Remote<readonly PaymentTypeRow[]>>;
  readonly readCards: () => Promise<Remote<CardRegisters>>;
  readonly readPaymentTerms: () => Promise<Remote<readonly PaymentTermRow[]>>;
  readonly readFinancialReasons: () => Promise<Remote<readonly FinancialReasonRow[]>>;
  readonly readPromotions: () => Promise<Remote<readonly PromotionRow[]>>;
  /**
   * Who may stand for everybody that does not give a name: the customers with that code, without one all whose name
   * begins like the usual one. Which of them it is, `core/setup` decides. Null when there is none.
   */
  readonly findDefaultCustomer: (customerCode?: string) => Promise<Remote<readonly CustomerRow[] | null>>;
  /** Up to `count` products that can be sold, those whose two prices differ first; a handful of short calls. */
  readonly previewPrices: (showcaseId: number, count: number) => Promise<Remote<readonly PricePreviewRow[]>>;
  readonly findCustomers: (query: CustomerQuery, limit: number) => Promise<Remote<readonly FoundCustomer[]>>;
  readonly pullProducts: (request: PageRequest) => Promise<Remote<Page<ProductRow>>>;
  readonly pullPrices: (request: PageRequest) => Promise<Remote<Page<PriceRow>>>;
  readonly pullStock: (request: PageRequest) => Promise<Remote<Page<StockRow>>>;
  /** The cycle that delivers, looks up and reads back a batch; harmless when repeated. */
  readonly push: (batch: readonly OutgoingDocument[]) => Promise<PushReport>;
  /** The same for customers; `remoteRef` of an outcome is the ERP's id. */
  readonly pushCustomers: (batch: readonly OutgoingCustomer[]) => Promise<PushReport>;
  /** The same for what happened to the drawer; a server that lacks the method answers with that failure, and rejects nothing. */
  readonly pushCash: (batch: readonly CashDocument[]) => Promise<PushReport>;
  /**
   * Looks documents up without sending anything: confirmed (there and equal), sent (there, not in its state), waiting
   * (not there), diverged, collision or unknown.
   */
  readonly inspect: (batch: readonly OutgoingDocument[]) => Promise<Remote<readonly DocumentOutcome[]>>;
  /** Every order of that day under this station's code. */
  readonly readDay: (request: DayRequest) => Promise<Remote<readonly RemoteSale[]>>;
  readonly deliverAudit: (batch: AuditBatch) => Promise<Remote<AuditReply>>;
  readonly sendHeartbeat: (heartbeat: Heartbeat) => Promise<Remote<HeartbeatReply>>;
  /** Writes and reads of a back office, in the same queue as the till's calls. */
  readonly backOffice: BackOffice;
  /** Ends what is open at the ERP; bounded in time. */
  readonly close: () => Promise<void>;
};
