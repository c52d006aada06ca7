import { z } from 'zod';
import { Cents, CentsSum, RateBp } from './money.ts';
import { Id, Instant } from './ids.ts';
import { PixState } from './pix-views.ts';

/**
 * Every expected no of the station: its facts, and the short code a cashier reads over the phone.
 *
 * V: sale, P: customer (person), O: operator, C: cash session, S: set-up and server, M: machine, I: printer (impressora), G: the call itself.
 * The texts are in `refusal-texts/`, one for each code, a file for the areas that belong together.
 */
export const refusals = {
  unknown_barcode: refusal('V-001', { barcode: z.string() }),
  ambiguous_barcode: refusal('V-002', {
    barcode: z.string(),
    choices: z.array(z.object({ sku: z.string(), description: z.string(), color: z.string(), size: z.string() })),
  }),
  product_blocked: refusal('V-003', { description: z.string() }),
  product_inactive: refusal('V-004', { description: z.string() }),
  price_missing: refusal('V-005', { description: z.string() }),
  quantity_absurd: refusal('V-006', { quantityMilli: z.number(), maximumMilli: z.int() }),
  sale_not_found: refusal('V-007', { saleId: Id }),
  sale_not_open: refusal('V-008', { saleId: Id, state: z.string() }),
  another_sale_open: refusal('V-009', { saleId: Id }),
  line_not_found: refusal('V-010', { lineId: Id }),
  sale_empty: refusal('V-011', { saleId: Id }),
  discount_above_limit: refusal('V-012', { requestedBp: z.int(), limitBp: RateBp }),
  discount_above_price: refusal('V-013', { requestedCents: z.int(), priceCents: Cents }),
  tender_too_small: refusal('V-014', { totalCents: Cents, tenderedCents: CentsSum, missingCents: Cents }),
  change_not_allowed: refusal('V-015', { paymentType: z.string(), dueCents: Cents, amountCents: Cents }),
  nothing_due: refusal('V-016', { saleId: Id }),
  payment_type_unknown: refusal('V-017', { paymentTypeId: z.int() }),
  payment_type_unsupported: refusal('V-018', { paymentType: z.string() }),
  tender_not_found: refusal('V-019', { tenderId: Id }),
  tender_present: refusal('V-020', { tenderedCents: CentsSum }),
  salesperson_unknown: refusal('V-021', { salespersonCode: z.string() }),
  salesperson_required: refusal('V-022', {}),
  cpf_invalid: refusal('V-023', { cpf: z.string() }),
  sale_not_completed: refusal('V-024', { saleId: Id }),
  sale_already_cancelled: refusal('V-025', { saleId: Id, cancelledAt: Instant }),
  cancellation_too_late: refusal('V-026', { limitMinutes: z.int(), ageMinutes: z.int() }),
  card_field_unknown: refusal('V-028', { field: z.string(), value: z.int() }),
  sale_too_large: refusal('V-029', { totalCents: z.number(), maximumCents: z.int() }),
  discount_reason_required: refusal('V-040', {}),
  product_not_found: refusal('V-041', { productId: z.int() }),
  installments_invalid: refusal('V-030', { installments: z.int(), maximum: z.int() }),

  /** The group's policies lack something a QR needs. */
  /** The ERP has it under that number: it was completed on a disk of this station that is gone. */
  sale_completed_elsewhere: refusal('V-050', { saleId: Id, number: z.string() }),
  pix_not_ready: refusal('V-060', { lacks: z.enum(['pix_key_missing', 'pix_key_invalid', 'pix_city_missing']) }),
  pix_unanswered: refusal('V-061', { txid: z.string(), amountCents: Cents }),
  pix_not_waiting: refusal('V-062', { tenderId: Id }),
  pix_not_found: refusal('V-063', { txid: z.string() }),
  pix_state_wrong: refusal('V-064', { txid: z.string(), pixState: PixState }),

  customer_not_found: refusal('P-001', { personId: Id }),
  search_too_short: refusal('P-002', { minimum: z.int() }),
  customer_not_waiting: refusal('P-003', { saleId: Id }),
  /** `sales`: completed sales that wait for this customer. */
  customer_undelivered: refusal('P-004', { personId: Id, state: z.string(), sales: z.int() }),
  customer_not_at_server: refusal('P-005', { customerId: z.int() }),

  operator_unknown: refusal('O-001', { operatorCode: z.string() }),
  pin_wrong: refusal('O-002', { attemptsLeft: z.int() }),
  operator_locked: refusal('O-003', { until: Instant }),
  login_required: refusal('O-004', {}),
  /** `profile` is the lowest one that may. */
  permission_required: refusal('O-005', { permission: z.string(), profile: z.string() }),
  permission_denied: refusal('O-007', { permission: z.string() }),
  approval_invalid: refusal('O-006', { permission: z.string() }),

  session_closed: refusal('C-001', {}),
  session_already_open: refusal('C-002', { cashSessionId: Id }),
  session_has_open_sales: refusal('C-003', { parked: z.int(), open: z.int() }),
  session_day_in_past: refusal('C-004', { businessDay: z.string(), lastBusinessDay: z.string() }),

  /** The drawer was counted: it can only be counted once more or closed. */
  session_counted: refusal('C-005', {}),
  count_missing: refusal('C-006', {}),
  recount_used: refusal('C-007', {}),
  float_left_too_large: refusal('C-008', { countedCents: CentsSum }),
  /** Says nothing of how much there is: the count is blind. */
  withdrawal_too_large: refusal('C-009', { amountCents: Cents }),
  financial_reason_unknown: refusal('C-010', { financialReasonId: z.int() }),
  financial_reason_direction: refusal('C-011', { reason: z.string(), kind: z.string() }),
  /** The session of a day that is over: it is counted now, or a manager lets it sell. */
  session_left_over: refusal('C-012', { businessDay: z.string() }),
  session_not_left_over: refusal('C-013', {}),

  /** `offsetSeconds` above 0: this machine is ahead. */
  clock_wrong: refusal('C-020', { offsetSeconds: z.int(), measuredAt: Instant }),

  station_not_enrolled: refusal('S-001', {}),
  already_enrolled: refusal('S-002', { stationCode: z.string(), server: z.string() }),
  server_unreachable: refusal('S-003', { server: z.string(), reason: z.string() }),
  server_wrong: refusal('S-004', { server: z.string(), reason: z.string() }),
  password_wrong: refusal('S-005', { user: z.string() }),
  server_busy: refusal('S-006', { server: z.string() }),
  station_unknown: refusal('S-007', { stationCode: z.string(), known: z.array(z.string()) }),
  /** `machine` is empty and `lastContactAt` null where the ERP does not tell them. */
  station_claimed: refusal('S-008', {
    stationCode: z.string(),
    installation: z.string(),
    machine: z.string(),
    lastContactAt: Instant.nullable(),
  }),
  register_incomplete: refusal('S-009', { register: z.string(), fields: z.array(z.string()) }),
  catalog_not_loaded: refusal('S-010', {}),
  not_demo: refusal('S-011', {}),
  server_url_invalid: refusal('S-012', { server: z.string() }),
  document_not_found: refusal('S-014', { documentId: z.string() }),
  document_not_resendable: refusal('S-015', { documentId: z.string(), state: z.string() }),
  /** It is not rejected or diverged: no person has to decide about it. */
  document_not_waiting: refusal('S-030', { documentId: z.string(), state: z.string() }),

  /** The login is another station's, by that station's own last words to the ERP. */
  user_taken: refusal('S-040', {
    user: z.string(),
    stationCode: z.string(),
    machine: z.string(),
    lastContactAt: Instant.nullable(),
  }),
  /** The demo store has a server of its own. */
  server_fixed: refusal('S-042', { server: z.string() }),
  /** Numbers were given under this code already: a replaced station never goes on with them. */
  code_not_new: refusal('S-043', { stationCode: z.string(), lastNumber: z.int() }),
  station_never_used: refusal('S-044', { stationCode: z.string() }),
  station_alive: refusal('S-045', { stationCode: z.string(), machine: z.string(), lastContactAt: Instant.nullable() }),
  station_replaced: refusal('S-046', { stationCode: z.string(), by: z.string() }),
  support_login_needed: refusal('S-047', { user: z.string() }),
  /** A person turned the integration of this station off; nothing is asked of the ERP. */
  integration_off: refusal('S-048', {}),
  /** Enrolled, loaded and on, and yet nothing talks to the ERP: the key store is silent, or somebody tests the login. */
  connection_not_ready: refusal('S-049', {}),
  /** The ERP says that somebody is connected with this login, person or machine. */
  user_connected: refusal('S-041', { user: z.string() }),

  data_locked: refusal('M-001', { data: z.string(), holder: z.string() }),
  database_newer: refusal('M-002', { schemaVersion: z.int(), supportedVersion: z.int() }),
  database_corrupt: refusal('M-003', { detail: z.string() }),
  disk_full: refusal('M-004', { detail: z.string() }),
  data_unwritable: refusal('M-005', { data: z.string(), detail: z.string() }),
  storage_failed: refusal('M-006', { detail: z.string() }),
  /** `how`: the signal or exit code it ended with, all that is known. */
  core_crashed: refusal('M-007', { how: z.string() }),
  /** The window cannot show a page any more, and a new start did not help. */
  window_dead: refusal('M-008', {}),
  backup_folder_unusable: refusal('M-020', { folder: z.string(), reason: z.string() }),
  backup_invalid: refusal('M-021', { file: z.string(), reason: z.string() }),
  /** `stationCode`: of the station whose data is in the folder. */
  backup_other_station: refusal('M-022', { file: z.string(), stationCode: z.string() }),
  pending_file_invalid: refusal('M-023', { file: z.string(), reason: z.string() }),
  passphrase_wrong: refusal('M-024', { file: z.string() }),

  printer_not_configured: refusal('I-001', {}),
  /** `printer`: its address or path. `trouble`: one of `PrinterTrouble`, `text`: the machine's words. */
  printer_failed: refusal('I-002', { printer: z.string(), trouble: z.string(), text: z.string() }),
  printer_path_unusable: refusal('I-003', { path: z.string(), reason: z.string() }),
  print_job_not_found: refusal('I-004', { jobId: z.int() }),
  paper_not_found: refusal('I-005', { paperId: Id }),
  drawer_not_configured: refusal('I-006', {}),

  /** `expected` and `expectedEn`: what would be right, in Portuguese and in English. */
  invalid_input: refusal('G-001', {
    field: z.string(),
    value: z.string(),
    expected: z.string(),
    expectedEn: z.string(),
  }),
  unknown_method: refusal('G-002', { method: z.string() }),
  command_reused: refusal('G-003', { commandId: Id }),
  internal: refusal('G-004', { incident: z.string() }),
  station_stopped: refusal('G-005', {}),
} as const;

/** What a refusal is about, the first letter of its short code. */
export type RefusalArea = 'V' | 'P' | 'O' | 'C' | 'S' | 'M' | 'I' | 'G';

/** Name of a refusal, e.g. `unknown_barcode`. */
export type RefusalCode = keyof typeof refusals;

/** The refusals of some areas. */
export type RefusalCodeOf<Area extends RefusalArea> = {
  [Code in RefusalCode]: (typeof refusals)[Code]['short'] extends `${Area}-${string}` ? Code : never;
}[RefusalCode];

/** A refusal as it travels: its name and its facts. */
export type RefusalOf<Code extends RefusalCode> = Code extends RefusalCode
  ? { readonly code: Code } & FactsOf<z.infer<(typeof refusals)[Code]['facts']>>
  : never;

/** An empty zod object is a record of never, which no object with a code fits. */
type FactsOf<Facts> = Facts extends Record<string, never> ? unknown : Facts;

/** Any refusal of the station. */
export type Refusal = RefusalOf<RefusalCode>;

/** What a person reads over the phone, e.g. `V-014`. */
export function shortCode(code: RefusalCode): string {
  return refusals[code].short;
}

function refusal<const Short extends `${RefusalArea}-${string}`, const Facts extends z.ZodRawShape>(
  short: Short,
  facts: Facts,
) {
  return { short, facts: z.object(facts) };
}
