import { z } from 'zod';
import {
  BackOfficeBatch,
  BackOfficeTarget,
  InvoicePage,
  InvoiceRequest,
  RecordOutcome,
  SkuIdentity,
} from './back-office.ts';
import { action, query } from './method.ts';
import { administration, fromServer } from './setup-methods.ts';

/** Calls that go to the ERP in the queue of a station that sells. */
const throughStation = [
  ...administration.refusals,
  'station_not_enrolled',
  'integration_off',
  'catalog_not_loaded',
  'connection_not_ready',
  ...fromServer,
] as const;

/** Methods of a back office: the part of the station's contract that no till uses. */
export const backOfficeApi = {
  'backOffice.target': query(z.object(administration.input), BackOfficeTarget, [
    ...administration.refusals,
    'station_not_enrolled',
  ]),
  /** Puts into the audit chain that somebody begins to write the ERP's registers through this station. */
  'backOffice.begin': action(
    z.object({
      file: z.string().max(200),
      sha256: z.string().max(64),
      records: z.int().min(0),
      ...administration.input,
    }),
    BackOfficeTarget,
    [...administration.refusals, 'station_not_enrolled'],
  ),
  'backOffice.write': action(
    BackOfficeBatch.and(z.object(administration.input)),
    z.array(RecordOutcome),
    throughStation,
  ),
  'backOffice.findSkus': action(
    z.object({ showcaseId: z.int(), productCode: z.string(), ...administration.input }),
    z.array(SkuIdentity),
    throughStation,
  ),
  'backOffice.invoices': action(InvoiceRequest.extend(administration.input), InvoicePage, throughStation),
} as const;
