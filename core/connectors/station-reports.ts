/* What a station tells the ERP of itself. */

/** What the station tells of itself, and what the ERP knows of it: the heads tell a restored or cloned disk. */
export type Heartbeat = {
  readonly stationCode: string;
  readonly installationId: string;
  readonly version: string;
  readonly lastNumber: number;
  readonly auditHead: string;
  readonly waiting: number;
  readonly waitingCents: number;
  readonly oldestWaitingAt: string | null;
  readonly errors: number;
  /** Sent to take a station: login and whom it replaces are not told yet, because both may still be refused. */
  readonly isClaim?: true;
};
export type HeartbeatReply = {
  /** The highest number it knows of this station; null where it tells none, or none that a sale can have. */
  readonly lastNumber: number | null;
  readonly auditHead: string;
  readonly installationId: string;
  readonly serverAt: string | null;
  /** What every station of the company told last, this one too; none where the ERP does not tell. */
  readonly stations: readonly StationNews[];
};

/** A station as its own last heartbeat described it. Texts are empty where it did not say. */
export type StationNews = {
  readonly stationCode: string;
  readonly installationId: string;
  readonly machine: string;
  /** The ERP login it uses. */
  readonly user: string;
  /** The dead station whose place it took. */
  readonly replaces: string;
  readonly at: string | null;
  readonly lastNumber: number;
  readonly waiting: number;
  readonly waitingCents: number;
  readonly oldestWaitingAt: string | null;
  readonly errors: number;
};

/** Links of the audit chain in their order; `head` is the hash of the last one. */
export type AuditBatch = {
  readonly rows: readonly {
    readonly sequence: number;
    readonly atMs: number;
    readonly operatorCode: string | null;
    readonly approvedBy: string | null;
    readonly action: string;
    readonly subjectId: string | null;
    readonly detail: string;
    readonly previousHash: string;
    readonly hash: string;
  }[];
  readonly head: string;
};
/** The head the ERP now has of this station; `refusedText` when it did not take every row. */
export type AuditReply = { readonly head: string; readonly refusedText: string | null };
