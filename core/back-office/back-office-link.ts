import type {
  BackOfficeBatch,
  InvoicePage,
  InvoiceRequest,
  RecordOutcome,
  SkuIdentity,
} from '../../contract/back-office.ts';
import type { Refusal } from '../../contract/refusals.ts';
import type { Result } from '../../contract/result.ts';

/** The way to the ERP: through a core that holds the session, or of the command's own. */
export type BackOfficeLink = {
  readonly write: (batch: BackOfficeBatch) => Promise<Result<readonly RecordOutcome[], Refusal>>;
  readonly findSkus: (showcaseId: number, productCode: string) => Promise<Result<readonly SkuIdentity[], Refusal>>;
  readonly readInvoices: (request: InvoiceRequest) => Promise<Result<InvoicePage, Refusal>>;
};

/** First wait for a server that does not answer, doubled from try to try. */
const FIRST_WAIT_MS = 1_000;
/** How a caller waits; `patienceMs`: how long for one call in all, 0 not at all. */
export type Patience = {
  readonly sleep: (ms: number) => Promise<void>;
  readonly patienceMs: number;
  readonly onWait: (refusal: Refusal) => void;
};

/** Refusals that another try may end: the call reads, or includes or changes, so that it may be made again. */
const PASSING: ReadonlySet<Refusal['code']> = new Set([
  'server_unreachable',
  'server_busy',
  'user_connected',
  'server_wrong',
  'catalog_not_loaded',
  'connection_not_ready',
]);

/** Makes a call again while its refusal may pass; answers the last one. */
export async function callPatiently<Value>(
  call: () => Promise<Result<Value, Refusal>>,
  { sleep, patienceMs, onWait }: Patience,
): Promise<Result<Value, Refusal>> {
  let waitedMs = 0;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs *= 2) {
    const result = await call();
    if (result.ok || waitedMs >= patienceMs || !PASSING.has(result.error.code)) return result;
    onWait(result.error);
    const ms = Math.min(waitMs, patienceMs - waitedMs);
    await sleep(ms);
    waitedMs += ms;
  }
}
