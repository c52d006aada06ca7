import type {
  BackOfficeBatch,
  InvoiceRequest,
  InvoiceView,
  RecordOutcome,
  SkuIdentity,
} from '../../contract/back-office.ts';
import type { Page, Remote } from './connector.ts';

/**
 * What an ERP adapter offers to a back office, through the same account and the same queue as the till's calls.
 * Writes include or change: each may be repeated without harm, also after a reply that was lost.
 */
export type BackOffice = {
  /** One outcome for each record, in the order of the records. */
  readonly write: (batch: BackOfficeBatch) => Promise<Remote<readonly RecordOutcome[]>>;
  /** The SKUs of one product as the ERP has them; none when it has no such product. */
  readonly findSkus: (showcaseId: number, productCode: string) => Promise<Remote<readonly SkuIdentity[]>>;
  readonly readInvoices: (request: InvoiceRequest) => Promise<Remote<Page<InvoiceView>>>;
};
