-- The station's database, version 1. Money is integer cents, quantities thousandths, times epoch milliseconds.
-- `tick` is the sequence of the audit row written in the same transaction: an order that no clock can change.

CREATE TABLE database_info (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  installation_id TEXT NOT NULL,
  -- An older program may open this file as long as its schema version is not below this one.
  min_reader_version INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL
) STRICT;

-- Set-up ---------------------------------------------------------------------------------------------------------

CREATE TABLE enrolment (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  kind TEXT NOT NULL CHECK (kind IN ('demo', 'store')),
  connector TEXT NOT NULL CHECK (connector IN ('millennium')),
  server_url TEXT NOT NULL,
  server_user TEXT NOT NULL,
  station_code TEXT NOT NULL CHECK (length(station_code) = 3),
  price_column INTEGER NOT NULL CHECK (price_column IN (1, 2)),
  default_customer_id INTEGER,
  default_salesperson_code TEXT,
  -- Chosen here instead of what the ERP has for the station; null: the ERP's.
  sale_event TEXT CHECK (sale_event <> ''),
  return_event TEXT CHECK (return_event <> ''),
  -- The dead machine's code this station took over from; its numbers are never continued here.
  replaces_station_code TEXT CHECK (length(replaces_station_code) = 3),
  -- Off: sales are real, kept and queued; nothing is sent or read.
  integration_enabled INTEGER NOT NULL DEFAULT 1 CHECK (integration_enabled IN (0, 1)),
  enrolled_at_ms INTEGER NOT NULL,
  -- The demo store's own server: catalogue size and seed it was made with.
  demo_products INTEGER,
  demo_seed INTEGER
) STRICT;

-- How far this machine's clock is ahead of the ERP's (negative: behind), as the last answer showed it.
CREATE TABLE server_clock (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  offset_ms INTEGER NOT NULL,
  measured_at_ms INTEGER NOT NULL
) STRICT;

-- De/para of payment types: what the ERP's words were taken for, and what a person said instead.
CREATE TABLE payment_kinds (
  payment_type_id INTEGER PRIMARY KEY,
  guessed_kind TEXT NOT NULL,
  chosen_kind TEXT
) STRICT;

CREATE TABLE load_steps (
  step TEXT PRIMARY KEY,
  position INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed')),
  rows INTEGER NOT NULL DEFAULT 0 CHECK (rows >= 0),
  error TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE station_groups (
  group_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  description TEXT NOT NULL,
  policies TEXT NOT NULL CHECK (json_valid(policies)),
  trans_id INTEGER NOT NULL
) STRICT;

CREATE TABLE stations (
  station_id INTEGER PRIMARY KEY,
  station_code TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL,
  group_id INTEGER NOT NULL,
  branch_id INTEGER NOT NULL,
  cash_register_code INTEGER NOT NULL,
  series TEXT NOT NULL,
  sale_event TEXT NOT NULL,
  return_event TEXT NOT NULL,
  showcase_id INTEGER NOT NULL,
  price_table_id INTEGER NOT NULL,
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  trans_id INTEGER NOT NULL
) STRICT;

CREATE TABLE branches (
  branch_id INTEGER PRIMARY KEY,
  branch_code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  trade_name TEXT NOT NULL,
  cnpj TEXT NOT NULL,
  time_zone TEXT NOT NULL
) STRICT;

CREATE TABLE operators (
  operator_id INTEGER PRIMARY KEY,
  operator_code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  profile TEXT NOT NULL CHECK (profile IN ('cashier', 'manager', 'supervisor')),
  pin_hash TEXT NOT NULL,
  permissions TEXT NOT NULL CHECK (json_valid(permissions)),
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  trans_id INTEGER NOT NULL
) STRICT;

CREATE TABLE operator_lockouts (
  operator_code TEXT PRIMARY KEY,
  failures INTEGER NOT NULL CHECK (failures >= 0),
  locked_until_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE logins (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  operator_code TEXT NOT NULL,
  logged_in_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE approvals (
  approval_id TEXT PRIMARY KEY,
  permission TEXT NOT NULL,
  operator_code TEXT NOT NULL,
  requested_by TEXT NOT NULL,
  granted_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE salespeople (
  salesperson_id INTEGER PRIMARY KEY,
  salesperson_code TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1))
) STRICT;

CREATE TABLE payment_types (
  payment_type_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  description TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('cash', 'credit_card', 'debit_card', 'pix', 'store_credit', 'other')),
  allows_change INTEGER NOT NULL CHECK (allows_change IN (0, 1)),
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1))
) STRICT;

CREATE TABLE card_brands (
  card_brand_id INTEGER PRIMARY KEY,
  description TEXT NOT NULL
) STRICT;

CREATE TABLE acquirers (
  acquirer_id INTEGER PRIMARY KEY,
  description TEXT NOT NULL
) STRICT;

-- `installments` is JSON: [{"number":1,"days":30,"shareBp":10000}], in their order.
CREATE TABLE payment_terms (
  payment_term_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  description TEXT NOT NULL,
  installments TEXT NOT NULL CHECK (json_valid(installments)),
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1))
) STRICT;

CREATE TABLE financial_reasons (
  financial_reason_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  description TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  trans_id INTEGER NOT NULL
) STRICT;

-- Both ends inclusive, null is open. `branch_ids` is a JSON list, empty for all; `rule` keeps the ERP's own words.
CREATE TABLE promotions (
  promotion_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL,
  description TEXT NOT NULL,
  starts_at_ms INTEGER,
  ends_at_ms INTEGER,
  priority INTEGER NOT NULL,
  is_cumulative INTEGER NOT NULL CHECK (is_cumulative IN (0, 1)),
  branch_ids TEXT NOT NULL CHECK (json_valid(branch_ids)),
  rule TEXT NOT NULL CHECK (json_valid(rule)),
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  trans_id INTEGER NOT NULL
) STRICT;

-- Registers that this server does not offer, or not in a form that can be read: the till goes on without them.
CREATE TABLE missing_registers (
  register TEXT PRIMARY KEY,
  detail TEXT NOT NULL,
  since_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Catalogue: each table has one register of the ERP as its owner, so that a late page never overwrites another's --

CREATE TABLE products (
  product_id INTEGER PRIMARY KEY,
  product_code TEXT NOT NULL,
  reference TEXT NOT NULL,
  description TEXT NOT NULL,
  unit TEXT NOT NULL,
  ncm TEXT NOT NULL,
  brand TEXT NOT NULL,
  collection TEXT NOT NULL,
  product_group TEXT NOT NULL,
  department TEXT NOT NULL,
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  is_blocked INTEGER NOT NULL CHECK (is_blocked IN (0, 1)),
  trans_id INTEGER NOT NULL,
  -- The full read in which the row was seen last.
  generation INTEGER NOT NULL
) STRICT;
CREATE INDEX products_by_code ON products (product_code);
CREATE INDEX products_by_reference ON products (reference COLLATE NOCASE);

CREATE TABLE skus (
  sku TEXT PRIMARY KEY,
  product_id INTEGER NOT NULL REFERENCES products (product_id),
  color_code TEXT NOT NULL,
  color TEXT NOT NULL,
  print_code TEXT NOT NULL,
  print TEXT NOT NULL,
  size TEXT NOT NULL,
  -- Its place among the SKUs of its product as the ERP gives them: sizes have no other order (PP P M G GG).
  position INTEGER NOT NULL,
  is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  generation INTEGER NOT NULL
) STRICT;
CREATE INDEX skus_by_product ON skus (product_id);

-- What products for sale are found by, folded already (contract/search-words.ts), which is why the plainest tokenizer does.
-- A row for each product and not for each SKU; no positions and no sizes of documents are kept, as nothing asks for them.
CREATE VIRTUAL TABLE product_search USING fts5(
  words, tokenize = "ascii tokenchars '^'", prefix = '1 2 3 4', detail = none, columnsize = 0
);

CREATE TABLE barcodes (
  barcode TEXT NOT NULL,
  sku TEXT NOT NULL REFERENCES skus (sku),
  PRIMARY KEY (barcode, sku)
) STRICT, WITHOUT ROWID;
CREATE INDEX barcodes_by_sku ON barcodes (sku);

-- No reference to skus: a price or a stock figure may arrive before its product and must not be lost.
CREATE TABLE prices (
  sku TEXT PRIMARY KEY,
  price1_cents INTEGER CHECK (price1_cents >= 0),
  price2_cents INTEGER CHECK (price2_cents >= 0),
  is_blocked INTEGER NOT NULL CHECK (is_blocked IN (0, 1)),
  trans_id INTEGER NOT NULL,
  generation INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE stocks (
  sku TEXT NOT NULL,
  branch_code TEXT NOT NULL,
  -- Null is unknown, which is not zero; negative happens in stores.
  quantity_milli INTEGER,
  read_at_ms INTEGER NOT NULL,
  trans_id INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  PRIMARY KEY (sku, branch_code)
) STRICT, WITHOUT ROWID;

-- People: the only table with personal data, so that erasing a person breaks no document and no chain -------------

-- Two kinds of rows: a CPF given for one receipt, and a registered customer (registered_at_ms is there). The salt goes with
-- the data: with it alone a commitment to eleven digits could be guessed.
CREATE TABLE people (
  person_id TEXT PRIMARY KEY,
  cpf TEXT,
  name TEXT,
  -- The name without accents in capitals: what is searched.
  search_name TEXT,
  phone TEXT,
  email TEXT,
  address TEXT CHECK (json_valid(address)),
  -- Null: the customer was not asked.
  consents TEXT CHECK (json_valid(consents)),
  salt TEXT NOT NULL,
  created_at_ms INTEGER NOT NULL,
  registered_at_ms INTEGER,
  -- The document that tells the ERP what this row says now; null when the ERP said it first.
  document_id TEXT REFERENCES outbox (document_id),
  erased_at_ms INTEGER,
  CHECK (
    erased_at_ms IS NULL OR (
      cpf IS NULL AND name IS NULL AND search_name IS NULL AND phone IS NULL AND email IS NULL AND address IS NULL
      AND consents IS NULL AND salt = ''
    )
  ),
  CHECK (
    registered_at_ms IS NULL OR erased_at_ms IS NOT NULL
    OR (cpf IS NOT NULL AND name IS NOT NULL AND search_name IS NOT NULL)
  )
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_customer_per_cpf ON people (cpf) WHERE registered_at_ms IS NOT NULL;

-- Till -----------------------------------------------------------------------------------------------------------

CREATE TABLE cash_sessions (
  cash_session_id TEXT PRIMARY KEY,
  -- Its place among the sessions of this station, without gaps.
  turn INTEGER NOT NULL UNIQUE CHECK (turn > 0),
  business_day TEXT NOT NULL CHECK (business_day GLOB '????-??-??'),
  opened_at_ms INTEGER NOT NULL,
  opened_by TEXT NOT NULL,
  float_cents INTEGER NOT NULL CHECK (float_cents >= 0),
  -- The later day on which a manager let it go on selling.
  kept_open_day TEXT CHECK (kept_open_day GLOB '????-??-??'),
  -- Its drawer was counted first: nothing is sold in it any more.
  counted_at_ms INTEGER,
  closed_at_ms INTEGER,
  closed_by TEXT,
  expected_cash_cents INTEGER,
  counted_cash_cents INTEGER CHECK (counted_cash_cents >= 0),
  -- What stays in the drawer: the next opening suggests it.
  float_left_cents INTEGER CHECK (float_left_cents >= 0),
  CHECK ((closed_at_ms IS NULL) = (closed_by IS NULL)),
  CHECK ((closed_at_ms IS NULL) = (counted_cash_cents IS NULL)),
  CHECK ((closed_at_ms IS NULL) = (expected_cash_cents IS NULL)),
  CHECK ((closed_at_ms IS NULL) = (float_left_cents IS NULL)),
  CHECK (float_left_cents <= counted_cash_cents),
  CHECK (closed_at_ms IS NULL OR counted_at_ms IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX one_open_cash_session ON cash_sessions ((1)) WHERE closed_at_ms IS NULL;

-- Cash put into the drawer or taken out of it, other than by sales.
CREATE TABLE cash_movements (
  movement_id TEXT PRIMARY KEY,
  cash_session_id TEXT NOT NULL REFERENCES cash_sessions (cash_session_id),
  number TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('supply', 'withdrawal')),
  financial_reason_id INTEGER NOT NULL,
  -- As the register said it then.
  reason TEXT NOT NULL,
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  note TEXT NOT NULL,
  operator_code TEXT NOT NULL,
  approved_by TEXT,
  moved_at_ms INTEGER NOT NULL,
  business_day TEXT NOT NULL CHECK (business_day GLOB '????-??-??'),
  tick INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cash_movements_by_session ON cash_movements (cash_session_id, tick);

-- The blind counts of a session: the first one, and the one recount that is allowed. Both stay.
-- `denominations` is JSON: [{"valueCents":5000,"quantity":3}]; `lines` what was expected and counted of each payment type.
CREATE TABLE cash_counts (
  count_id TEXT PRIMARY KEY,
  cash_session_id TEXT NOT NULL REFERENCES cash_sessions (cash_session_id),
  attempt INTEGER NOT NULL CHECK (attempt IN (1, 2)),
  operator_code TEXT NOT NULL,
  approved_by TEXT,
  counted_at_ms INTEGER NOT NULL,
  denominations TEXT NOT NULL CHECK (json_valid(denominations)),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  UNIQUE (cash_session_id, attempt)
) STRICT, WITHOUT ROWID;

CREATE TABLE sequences (
  kind TEXT PRIMARY KEY,
  last INTEGER NOT NULL CHECK (last >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE sales (
  sale_id TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('open', 'parked', 'completed', 'abandoned')),
  cash_session_id TEXT NOT NULL REFERENCES cash_sessions (cash_session_id),
  operator_code TEXT NOT NULL,
  salesperson_code TEXT,
  person_id TEXT REFERENCES people (person_id),
  person_commitment TEXT,
  -- The registered customer, an act of its own beside the CPF on the receipt.
  customer_person_id TEXT REFERENCES people (person_id),
  customer_commitment TEXT,
  note TEXT NOT NULL DEFAULT '',
  started_at_ms INTEGER NOT NULL,
  last_line_id TEXT,
  -- Grows when a line that is there changes: whoever has read the lines knows by it that they still hold.
  item_changes INTEGER NOT NULL DEFAULT 0,
  discount_kind TEXT NOT NULL DEFAULT 'none' CHECK (discount_kind IN ('none', 'percent', 'value', 'total')),
  discount_value INTEGER NOT NULL DEFAULT 0 CHECK (discount_value >= 0),
  discount_reason TEXT,
  -- Who answers for it: the superior, or the operator who gave it by own right.
  discount_approved_by TEXT,
  -- Its number at the ERP, where it was completed on a disk that is gone: it is not completed again.
  elsewhere_number TEXT CHECK (elsewhere_number IS NULL OR state <> 'completed'),
  -- Fixed at completion, all of them or none.
  number TEXT UNIQUE,
  sequence INTEGER UNIQUE,
  completed_at_ms INTEGER,
  business_day TEXT CHECK (business_day GLOB '????-??-??'),
  policies_version INTEGER,
  gross_cents INTEGER CHECK (gross_cents >= 0),
  item_discount_cents INTEGER CHECK (item_discount_cents >= 0),
  sale_discount_cents INTEGER CHECK (sale_discount_cents >= 0),
  total_cents INTEGER CHECK (total_cents >= 0),
  change_cents INTEGER CHECK (change_cents >= 0),
  pieces_milli INTEGER CHECK (pieces_milli > 0),
  tick INTEGER,
  CHECK (
    (state = 'completed') = (
      number IS NOT NULL AND sequence IS NOT NULL AND completed_at_ms IS NOT NULL AND business_day IS NOT NULL
      AND policies_version IS NOT NULL AND gross_cents IS NOT NULL AND item_discount_cents IS NOT NULL
      AND sale_discount_cents IS NOT NULL AND total_cents IS NOT NULL AND change_cents IS NOT NULL
      AND pieces_milli IS NOT NULL AND tick IS NOT NULL
    )
  ),
  CHECK (total_cents IS NULL OR total_cents = gross_cents - item_discount_cents - sale_discount_cents)
) STRICT;
CREATE UNIQUE INDEX one_open_sale ON sales ((1)) WHERE state = 'open';
CREATE INDEX sales_parked ON sales (started_at_ms) WHERE state = 'parked';
CREATE INDEX sales_by_day ON sales (business_day, sequence) WHERE state = 'completed';
CREATE INDEX sales_by_session ON sales (cash_session_id);

CREATE TABLE sale_items (
  line_id TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL REFERENCES sales (sale_id),
  position INTEGER NOT NULL CHECK (position > 0),
  sku TEXT NOT NULL,
  barcode TEXT NOT NULL,
  product_code TEXT NOT NULL,
  reference TEXT NOT NULL,
  description TEXT NOT NULL,
  color TEXT NOT NULL,
  print TEXT NOT NULL,
  size TEXT NOT NULL,
  quantity_milli INTEGER NOT NULL CHECK (quantity_milli > 0),
  unit_price_cents INTEGER NOT NULL CHECK (unit_price_cents >= 0),
  discount_kind TEXT NOT NULL DEFAULT 'none' CHECK (discount_kind IN ('none', 'percent', 'value', 'total')),
  discount_value INTEGER NOT NULL DEFAULT 0 CHECK (discount_value >= 0),
  discount_reason TEXT,
  discount_approved_by TEXT,
  salesperson_code TEXT,
  -- Fixed at completion.
  gross_cents INTEGER CHECK (gross_cents >= 0),
  item_discount_cents INTEGER CHECK (item_discount_cents >= 0),
  sale_discount_cents INTEGER CHECK (sale_discount_cents >= 0),
  net_cents INTEGER CHECK (net_cents >= 0),
  removed_at_ms INTEGER,
  removed_by TEXT,
  UNIQUE (sale_id, position),
  CHECK (net_cents IS NULL OR net_cents = gross_cents - item_discount_cents - sale_discount_cents)
) STRICT;

CREATE TABLE sale_tenders (
  tender_id TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL REFERENCES sales (sale_id),
  position INTEGER NOT NULL CHECK (position > 0),
  payment_type_id INTEGER NOT NULL,
  description TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('cash', 'credit_card', 'debit_card', 'pix', 'store_credit', 'other')),
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  installments INTEGER NOT NULL CHECK (installments BETWEEN 1 AND 48),
  card_brand_id INTEGER,
  acquirer_id INTEGER,
  nsu TEXT,
  removed_at_ms INTEGER,
  UNIQUE (sale_id, position)
) STRICT;

-- A Pix by the shop's own QR: written with its tender, before the QR is shown.
CREATE TABLE pix_charges (
  tender_id TEXT PRIMARY KEY REFERENCES sale_tenders (tender_id),
  txid TEXT NOT NULL UNIQUE CHECK (length(txid) BETWEEN 1 AND 25 AND txid NOT GLOB '*[^A-Za-z0-9]*'),
  sale_id TEXT NOT NULL REFERENCES sales (sale_id),
  payload TEXT NOT NULL,
  amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
  shown_at_ms INTEGER NOT NULL,
  shown_by TEXT NOT NULL,
  state TEXT NOT NULL CHECK (
    state IN ('waiting', 'given_up', 'to_check', 'checked', 'missing', 'to_return', 'returned')
  ),
  -- What the till saw in the bank's app, once.
  answered_at_ms INTEGER,
  answered_by TEXT,
  -- What the statement said, the last time somebody looked; every time is an audit row.
  checked_at_ms INTEGER,
  checked_by TEXT,
  note TEXT,
  CHECK ((answered_at_ms IS NULL) = (answered_by IS NULL)),
  CHECK ((answered_at_ms IS NULL) = (state = 'waiting')),
  CHECK ((checked_at_ms IS NULL) = (checked_by IS NULL)),
  CHECK (checked_at_ms IS NOT NULL OR state NOT IN ('checked', 'missing', 'returned'))
) STRICT;
CREATE INDEX pix_charges_open ON pix_charges (shown_at_ms, state, amount_cents)
WHERE state IN ('to_check', 'to_return');
CREATE INDEX pix_charges_by_time ON pix_charges (shown_at_ms);
CREATE INDEX pix_charges_by_sale ON pix_charges (sale_id);

CREATE TABLE cancellations (
  cancellation_id TEXT PRIMARY KEY,
  sale_id TEXT NOT NULL UNIQUE REFERENCES sales (sale_id),
  cash_session_id TEXT NOT NULL REFERENCES cash_sessions (cash_session_id),
  operator_code TEXT NOT NULL,
  approved_by TEXT,
  reason TEXT NOT NULL,
  cancelled_at_ms INTEGER NOT NULL,
  business_day TEXT NOT NULL CHECK (business_day GLOB '????-??-??'),
  total_cents INTEGER NOT NULL CHECK (total_cents >= 0),
  cash_back_cents INTEGER NOT NULL CHECK (cash_back_cents >= 0),
  tick INTEGER NOT NULL
) STRICT;
CREATE INDEX cancellations_by_day ON cancellations (business_day);
CREATE INDEX cancellations_by_session ON cancellations (cash_session_id);

CREATE TABLE papers (
  paper_id TEXT PRIMARY KEY,
  document_id TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (
    kind IN ('sale', 'cancellation', 'session_opening', 'supply', 'withdrawal', 'session_partial', 'session_closing')
  ),
  template_version INTEGER NOT NULL,
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  created_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX papers_by_document ON papers (document_id);
-- Those of the drawer are few among those of sales.
CREATE INDEX papers_of_drawer ON papers (created_at_ms) WHERE kind NOT IN ('sale', 'cancellation');

-- The printer of this station; without a row there is none.
CREATE TABLE printers (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  kind TEXT NOT NULL CHECK (kind IN ('none', 'network', 'file')),
  -- Address of a network printer, path of a device or file.
  address TEXT NOT NULL CHECK ((kind = 'none') = (address = '')),
  port INTEGER CHECK (port BETWEEN 1 AND 65535),
  columns INTEGER NOT NULL CHECK (columns IN (32, 48)),
  code_page TEXT NOT NULL,
  cuts INTEGER NOT NULL CHECK (cuts IN (0, 1)),
  has_drawer INTEGER NOT NULL CHECK (has_drawer IN (0, 1)),
  CHECK ((kind = 'network') = (port IS NOT NULL))
) STRICT;

-- A paper on its way to the printer, written with the paper itself. The order of printing is that of the ids.
CREATE TABLE print_jobs (
  job_id INTEGER PRIMARY KEY,
  paper_id TEXT NOT NULL REFERENCES papers (paper_id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'printing', 'printed', 'failed', 'discarded')),
  -- Marked as a second copy.
  is_copy INTEGER NOT NULL CHECK (is_copy IN (0, 1)),
  -- A try was cut short after bytes had left: it may have come out.
  may_be_out INTEGER NOT NULL DEFAULT 0 CHECK (may_be_out IN (0, 1)),
  opens_drawer INTEGER NOT NULL CHECK (opens_drawer IN (0, 1)),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  trouble_code TEXT,
  trouble_text TEXT,
  created_at_ms INTEGER NOT NULL,
  printed_at_ms INTEGER
) STRICT;
CREATE INDEX print_jobs_unfinished ON print_jobs (job_id) WHERE state IN ('waiting', 'printing', 'failed');
CREATE INDEX print_jobs_by_paper ON print_jobs (paper_id);

CREATE TABLE command_log (
  command_id TEXT PRIMARY KEY,
  method TEXT NOT NULL,
  input_hash TEXT NOT NULL,
  result_ref TEXT NOT NULL CHECK (json_valid(result_ref)),
  decided_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX command_log_by_time ON command_log (decided_at_ms);

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  operator_code TEXT,
  approved_by TEXT,
  action TEXT NOT NULL,
  subject_id TEXT,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
-- What people did to a document: few rows of many.
CREATE INDEX audit_of_documents ON audit (subject_id)
WHERE action IN ('document_resend', 'document_recheck', 'document_discard', 'customer_detach');

-- Replication ----------------------------------------------------------------------------------------------------

CREATE TABLE outbox (
  document_id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('sale', 'cancellation', 'customer', 'cash')),
  -- The ERP's own key: the number of the sale this document is or cancels. Of a customer a number of the station's own:
  -- the ERP's key is the CPF, which must be erasable; of a cash document too, as its key there is its id.
  natural_key TEXT NOT NULL,
  payload TEXT NOT NULL CHECK (json_valid(payload)),
  payload_hash TEXT NOT NULL,
  amount_cents INTEGER NOT NULL CHECK (amount_cents >= 0),
  state TEXT NOT NULL CHECK (
    state IN ('pending', 'sending', 'unknown', 'sent', 'confirmed', 'rejected', 'diverged', 'annulled', 'discarded')
  ),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  error_class TEXT,
  error_text TEXT,
  error_at_ms INTEGER,
  remote_ref TEXT,
  created_at_ms INTEGER NOT NULL,
  confirmed_at_ms INTEGER,
  -- The day it counts to: of the cash session in which it was made.
  business_day TEXT NOT NULL CHECK (business_day GLOB '????-??-??'),
  tick INTEGER NOT NULL
) STRICT;
-- Everything the station recorded in the order of the list, with all that the list may be filtered by: any part of any
-- filter is read from here alone, as a row itself carries a whole document.
CREATE INDEX outbox_movements ON outbox (business_day, tick, kind, state, amount_cents, natural_key);
-- Covers what the badge sums up, so that its view costs the same with thousands waiting.
CREATE INDEX outbox_waiting ON outbox (state, tick, amount_cents, created_at_ms, kind)
WHERE state NOT IN ('confirmed', 'annulled', 'discarded');
CREATE UNIQUE INDEX outbox_by_key ON outbox (natural_key, kind);
-- The last confirmed first (what a restored ERP lost), and the oldest (whose payload is purged).
CREATE INDEX outbox_confirmed ON outbox (confirmed_at_ms) WHERE state = 'confirmed';

CREATE TABLE outbox_dependencies (
  child_id TEXT NOT NULL REFERENCES outbox (document_id),
  parent_id TEXT NOT NULL REFERENCES outbox (document_id),
  PRIMARY KEY (child_id, parent_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_dependencies_by_parent ON outbox_dependencies (parent_id);

-- A person sent a completed sale on without its customer, whom the ERP refused.
CREATE TABLE customer_detachments (
  sale_id TEXT PRIMARY KEY REFERENCES sales (sale_id),
  operator_code TEXT NOT NULL,
  detached_at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE inbox_cursors (
  connector TEXT NOT NULL,
  method TEXT NOT NULL,
  scope TEXT NOT NULL,
  trans_id INTEGER NOT NULL CHECK (trans_id >= 0),
  rows INTEGER NOT NULL DEFAULT 0 CHECK (rows >= 0),
  -- Grows with each full read: a row of an older one was not seen in it.
  generation INTEGER NOT NULL CHECK (generation > 0),
  -- The register is being read whole; at its end what was not seen leaves.
  is_full INTEGER NOT NULL CHECK (is_full IN (0, 1)),
  updated_at_ms INTEGER NOT NULL,
  PRIMARY KEY (connector, method, scope)
) STRICT, WITHOUT ROWID;

CREATE TABLE id_map (
  connector TEXT NOT NULL,
  kind TEXT NOT NULL,
  local_id TEXT NOT NULL,
  remote_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  -- 0: the ERP went back in time since it told this id, which may be somebody else's there now.
  is_certain INTEGER NOT NULL DEFAULT 1 CHECK (is_certain IN (0, 1)),
  PRIMARY KEY (connector, kind, local_id)
) STRICT, WITHOUT ROWID;

-- The session that is open at the ERP: a core that dies leaves it here, and the next one logs it out.
CREATE TABLE erp_sessions (
  server_url TEXT NOT NULL,
  server_user TEXT NOT NULL,
  session TEXT NOT NULL,
  opened_at_ms INTEGER NOT NULL,
  PRIMARY KEY (server_url, server_user)
) STRICT, WITHOUT ROWID;

CREATE TABLE connector_states (
  connector TEXT PRIMARY KEY,
  stopped_reason TEXT,
  stopped_text TEXT,
  stopped_at_ms INTEGER,
  unreachable_since_ms INTEGER,
  last_pull_at_ms INTEGER
) STRICT, WITHOUT ROWID;

-- Backups --------------------------------------------------------------------------------------------------------

CREATE TABLE backup_places (
  place TEXT PRIMARY KEY CHECK (place IN ('first', 'second')),
  -- Null for the first: it is in the data folder, wherever that is.
  folder TEXT,
  -- The last backup that was verified there: all of these or none.
  file TEXT,
  made_at_ms INTEGER,
  bytes INTEGER CHECK (bytes >= 0),
  audit_sequence INTEGER,
  -- Why the last try failed; null when it did not.
  error_code TEXT,
  error_text TEXT,
  CHECK ((place = 'first') = (folder IS NULL)),
  CHECK ((file IS NULL) = (made_at_ms IS NULL) AND (file IS NULL) = (audit_sequence IS NULL))
) STRICT, WITHOUT ROWID;

-- Each time this database was brought back from a backup, and what the ERP then held of the time between.
CREATE TABLE restorations (
  restored_at_ms INTEGER PRIMARY KEY,
  file TEXT NOT NULL,
  -- When the newest thing in the backup happened.
  file_newest_at_ms INTEGER NOT NULL,
  -- The last number in the backup, and the one the sequence was raised to.
  file_number INTEGER NOT NULL CHECK (file_number >= 0),
  raised_to INTEGER NOT NULL CHECK (raised_to >= file_number),
  -- Sales of the time between that only the ERP holds; null until it answered.
  sales_since INTEGER CHECK (sales_since >= 0),
  since_cents INTEGER CHECK (since_cents >= 0),
  answered_at_ms INTEGER
) STRICT;

-- What replication has to remember by name, as JSON: how far audit rows arrived, what a person accepted, jobs of the day.
CREATE TABLE sync_marks (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

-- The last comparison of each business day with the ERP's own list; the view as it is shown.
CREATE TABLE reconciliations (
  business_day TEXT PRIMARY KEY CHECK (business_day GLOB '????-??-??'),
  read_at_ms INTEGER NOT NULL,
  is_equal INTEGER NOT NULL CHECK (is_equal IN (0, 1)),
  view TEXT NOT NULL CHECK (json_valid(view))
) STRICT, WITHOUT ROWID;

-- What people have to know of until one of them resumed.
CREATE TABLE sync_alerts (
  kind TEXT PRIMARY KEY,
  text TEXT NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Facts never change: whatever code runs, these tables refuse ------------------------------------------------------

CREATE TRIGGER sales_are_facts BEFORE UPDATE ON sales WHEN OLD.state IN ('completed', 'abandoned')
BEGIN SELECT RAISE(ABORT, 'a completed or abandoned sale never changes'); END;
CREATE TRIGGER sales_stay BEFORE DELETE ON sales
BEGIN SELECT RAISE(ABORT, 'a sale is never deleted'); END;
CREATE TRIGGER sale_items_are_facts BEFORE UPDATE ON sale_items
WHEN (SELECT state FROM sales WHERE sale_id = OLD.sale_id) IN ('completed', 'abandoned')
BEGIN SELECT RAISE(ABORT, 'an item of a completed sale never changes'); END;
-- All that is read of a line while its sale is rung; what completion fixes is not among it.
CREATE TRIGGER sale_items_count_changes AFTER UPDATE OF
  line_id, sale_id, position, sku, barcode, product_code, reference, description, color, print, size, quantity_milli,
  unit_price_cents, discount_kind, discount_value, discount_approved_by, salesperson_code, removed_at_ms ON sale_items
BEGIN UPDATE sales SET item_changes = item_changes + 1 WHERE sale_id IN (OLD.sale_id, NEW.sale_id); END;
CREATE TRIGGER sale_items_stay BEFORE DELETE ON sale_items
BEGIN SELECT RAISE(ABORT, 'an item is marked as removed, never deleted'); END;
CREATE TRIGGER sale_items_closed BEFORE INSERT ON sale_items
WHEN (SELECT state FROM sales WHERE sale_id = NEW.sale_id) IN ('completed', 'abandoned')
BEGIN SELECT RAISE(ABORT, 'a completed sale takes no item'); END;
CREATE TRIGGER sale_tenders_are_facts BEFORE UPDATE ON sale_tenders
WHEN (SELECT state FROM sales WHERE sale_id = OLD.sale_id) IN ('completed', 'abandoned')
BEGIN SELECT RAISE(ABORT, 'a tender of a completed sale never changes'); END;
CREATE TRIGGER sale_tenders_stay BEFORE DELETE ON sale_tenders
BEGIN SELECT RAISE(ABORT, 'a tender is marked as removed, never deleted'); END;
CREATE TRIGGER sale_tenders_closed BEFORE INSERT ON sale_tenders
WHEN (SELECT state FROM sales WHERE sale_id = NEW.sale_id) IN ('completed', 'abandoned')
BEGIN SELECT RAISE(ABORT, 'a completed sale takes no tender'); END;
CREATE TRIGGER pix_charges_are_facts BEFORE UPDATE OF
  tender_id, txid, sale_id, payload, amount_cents, shown_at_ms, shown_by ON pix_charges
BEGIN SELECT RAISE(ABORT, 'a Pix that was shown never changes'); END;
CREATE TRIGGER pix_charges_are_answered_once BEFORE UPDATE OF answered_at_ms, answered_by ON pix_charges
WHEN OLD.answered_at_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a Pix is answered once'); END;
CREATE TRIGGER pix_charges_stay BEFORE DELETE ON pix_charges
BEGIN SELECT RAISE(ABORT, 'a Pix is never deleted'); END;
CREATE TRIGGER cancellations_are_facts BEFORE UPDATE ON cancellations
BEGIN SELECT RAISE(ABORT, 'a cancellation never changes'); END;
CREATE TRIGGER cancellations_stay BEFORE DELETE ON cancellations
BEGIN SELECT RAISE(ABORT, 'a cancellation is never deleted'); END;
CREATE TRIGGER papers_are_facts BEFORE UPDATE ON papers
BEGIN SELECT RAISE(ABORT, 'a paper never changes'); END;
CREATE TRIGGER papers_stay BEFORE DELETE ON papers
BEGIN SELECT RAISE(ABORT, 'a paper is never deleted'); END;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'an audit row never changes'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'an audit row is never deleted'); END;
CREATE TRIGGER cash_movements_are_facts BEFORE UPDATE ON cash_movements
BEGIN SELECT RAISE(ABORT, 'a cash movement never changes'); END;
CREATE TRIGGER cash_movements_stay BEFORE DELETE ON cash_movements
BEGIN SELECT RAISE(ABORT, 'a cash movement is never deleted'); END;
CREATE TRIGGER cash_counts_are_facts BEFORE UPDATE ON cash_counts
BEGIN SELECT RAISE(ABORT, 'a count never changes'); END;
CREATE TRIGGER cash_counts_stay BEFORE DELETE ON cash_counts
BEGIN SELECT RAISE(ABORT, 'a count is never deleted'); END;
CREATE TRIGGER cash_sessions_are_facts BEFORE UPDATE ON cash_sessions WHEN OLD.closed_at_ms IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a closed cash session never changes'); END;
CREATE TRIGGER outbox_payload_is_fixed BEFORE UPDATE OF document_id, kind, natural_key, payload_hash, amount_cents ON outbox
BEGIN SELECT RAISE(ABORT, 'what a document says never changes'); END;
CREATE TRIGGER outbox_payload_is_purged_at_its_end BEFORE UPDATE OF payload ON outbox
WHEN OLD.state NOT IN ('confirmed', 'annulled', 'discarded') OR NEW.payload ->> 'purged' IS NULL
BEGIN SELECT RAISE(ABORT, 'a payload is purged at its end, never changed'); END;
CREATE TRIGGER outbox_stays BEFORE DELETE ON outbox
BEGIN SELECT RAISE(ABORT, 'a document never leaves the outbox'); END;
