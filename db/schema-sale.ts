import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

// Cash sessions, sales and everything written with them, as stored. The SQL in migrations/ is the truth (STRICT, CHECK, triggers); test/db/schema.test.ts compares both.

export const people = sqliteTable('people', {
  personId: text('person_id').primaryKey(),
  cpf: text('cpf'),
  name: text('name'),
  searchName: text('search_name'),
  phone: text('phone'),
  email: text('email'),
  address: text('address'),
  consents: text('consents'),
  salt: text('salt').notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
  registeredAtMs: integer('registered_at_ms'),
  documentId: text('document_id'),
  erasedAtMs: integer('erased_at_ms'),
});

export const cashSessions = sqliteTable('cash_sessions', {
  cashSessionId: text('cash_session_id').primaryKey(),
  turn: integer('turn').notNull(),
  businessDay: text('business_day').notNull(),
  openedAtMs: integer('opened_at_ms').notNull(),
  openedBy: text('opened_by').notNull(),
  floatCents: integer('float_cents').notNull(),
  keptOpenDay: text('kept_open_day'),
  countedAtMs: integer('counted_at_ms'),
  closedAtMs: integer('closed_at_ms'),
  closedBy: text('closed_by'),
  expectedCashCents: integer('expected_cash_cents'),
  countedCashCents: integer('counted_cash_cents'),
  floatLeftCents: integer('float_left_cents'),
});

export const cashMovements = sqliteTable('cash_movements', {
  movementId: text('movement_id').primaryKey(),
  cashSessionId: text('cash_session_id').notNull(),
  number: text('number').notNull(),
  kind: text('kind', { enum: ['supply', 'withdrawal'] }).notNull(),
  financialReasonId: integer('financial_reason_id').notNull(),
  reason: text('reason').notNull(),
  amountCents: integer('amount_cents').notNull(),
  note: text('note').notNull(),
  operatorCode: text('operator_code').notNull(),
  approvedBy: text('approved_by'),
  movedAtMs: integer('moved_at_ms').notNull(),
  businessDay: text('business_day').notNull(),
  tick: integer('tick').notNull(),
});

export const cashCounts = sqliteTable('cash_counts', {
  countId: text('count_id').primaryKey(),
  cashSessionId: text('cash_session_id').notNull(),
  attempt: integer('attempt').notNull(),
  operatorCode: text('operator_code').notNull(),
  approvedBy: text('approved_by'),
  countedAtMs: integer('counted_at_ms').notNull(),
  denominations: text('denominations').notNull(),
  lines: text('lines').notNull(),
});

export const sequences = sqliteTable('sequences', {
  kind: text('kind').primaryKey(),
  last: integer('last').notNull(),
});

export const sales = sqliteTable('sales', {
  saleId: text('sale_id').primaryKey(),
  state: text('state', { enum: ['open', 'parked', 'completed', 'abandoned'] }).notNull(),
  cashSessionId: text('cash_session_id').notNull(),
  operatorCode: text('operator_code').notNull(),
  salespersonCode: text('salesperson_code'),
  personId: text('person_id'),
  personCommitment: text('person_commitment'),
  customerPersonId: text('customer_person_id'),
  customerCommitment: text('customer_commitment'),
  note: text('note').notNull().default(''),
  startedAtMs: integer('started_at_ms').notNull(),
  lastLineId: text('last_line_id'),
  itemChanges: integer('item_changes').notNull().default(0),
  discountKind: text('discount_kind', { enum: ['none', 'percent', 'value', 'total'] })
    .notNull()
    .default('none'),
  discountValue: integer('discount_value').notNull().default(0),
  discountReason: text('discount_reason'),
  discountApprovedBy: text('discount_approved_by'),
  elsewhereNumber: text('elsewhere_number'),
  number: text('number'),
  sequence: integer('sequence'),
  completedAtMs: integer('completed_at_ms'),
  businessDay: text('business_day'),
  policiesVersion: integer('policies_version'),
  grossCents: integer('gross_cents'),
  itemDiscountCents: integer('item_discount_cents'),
  saleDiscountCents: integer('sale_discount_cents'),
  totalCents: integer('total_cents'),
  changeCents: integer('change_cents'),
  piecesMilli: integer('pieces_milli'),
  tick: integer('tick'),
});

export const saleItems = sqliteTable('sale_items', {
  lineId: text('line_id').primaryKey(),
  saleId: text('sale_id').notNull(),
  position: integer('position').notNull(),
  sku: text('sku').notNull(),
  barcode: text('barcode').notNull(),
  productCode: text('product_code').notNull(),
  reference: text('reference').notNull(),
  description: text('description').notNull(),
  color: text('color').notNull(),
  print: text('print').notNull(),
  size: text('size').notNull(),
  quantityMilli: integer('quantity_milli').notNull(),
  unitPriceCents: integer('unit_price_cents').notNull(),
  discountKind: text('discount_kind', { enum: ['none', 'percent', 'value', 'total'] })
    .notNull()
    .default('none'),
  discountValue: integer('discount_value').notNull().default(0),
  discountReason: text('discount_reason'),
  discountApprovedBy: text('discount_approved_by'),
  salespersonCode: text('salesperson_code'),
  grossCents: integer('gross_cents'),
  itemDiscountCents: integer('item_discount_cents'),
  saleDiscountCents: integer('sale_discount_cents'),
  netCents: integer('net_cents'),
  removedAtMs: integer('removed_at_ms'),
  removedBy: text('removed_by'),
});

export const saleTenders = sqliteTable('sale_tenders', {
  tenderId: text('tender_id').primaryKey(),
  saleId: text('sale_id').notNull(),
  position: integer('position').notNull(),
  paymentTypeId: integer('payment_type_id').notNull(),
  description: text('description').notNull(),
  kind: text('kind', { enum: ['cash', 'credit_card', 'debit_card', 'pix', 'store_credit', 'other'] }).notNull(),
  amountCents: integer('amount_cents').notNull(),
  installments: integer('installments').notNull(),
  cardBrandId: integer('card_brand_id'),
  acquirerId: integer('acquirer_id'),
  nsu: text('nsu'),
  removedAtMs: integer('removed_at_ms'),
});

export const pixCharges = sqliteTable('pix_charges', {
  tenderId: text('tender_id').primaryKey(),
  txid: text('txid').notNull(),
  saleId: text('sale_id').notNull(),
  payload: text('payload').notNull(),
  amountCents: integer('amount_cents').notNull(),
  shownAtMs: integer('shown_at_ms').notNull(),
  shownBy: text('shown_by').notNull(),
  state: text('state', {
    enum: ['waiting', 'given_up', 'to_check', 'checked', 'missing', 'to_return', 'returned'],
  }).notNull(),
  answeredAtMs: integer('answered_at_ms'),
  answeredBy: text('answered_by'),
  checkedAtMs: integer('checked_at_ms'),
  checkedBy: text('checked_by'),
  note: text('note'),
});

export const cancellations = sqliteTable('cancellations', {
  cancellationId: text('cancellation_id').primaryKey(),
  saleId: text('sale_id').notNull(),
  cashSessionId: text('cash_session_id').notNull(),
  operatorCode: text('operator_code').notNull(),
  approvedBy: text('approved_by'),
  reason: text('reason').notNull(),
  cancelledAtMs: integer('cancelled_at_ms').notNull(),
  businessDay: text('business_day').notNull(),
  totalCents: integer('total_cents').notNull(),
  cashBackCents: integer('cash_back_cents').notNull(),
  tick: integer('tick').notNull(),
});

export const papers = sqliteTable('papers', {
  paperId: text('paper_id').primaryKey(),
  documentId: text('document_id').notNull(),
  kind: text('kind', {
    enum: ['sale', 'cancellation', 'session_opening', 'supply', 'withdrawal', 'session_partial', 'session_closing'],
  }).notNull(),
  templateVersion: integer('template_version').notNull(),
  lines: text('lines').notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
});

export const commandLog = sqliteTable('command_log', {
  commandId: text('command_id').primaryKey(),
  method: text('method').notNull(),
  inputHash: text('input_hash').notNull(),
  resultRef: text('result_ref').notNull(),
  decidedAtMs: integer('decided_at_ms').notNull(),
});

export const audit = sqliteTable('audit', {
  sequence: integer('sequence').primaryKey(),
  atMs: integer('at_ms').notNull(),
  operatorCode: text('operator_code'),
  approvedBy: text('approved_by'),
  action: text('action').notNull(),
  subjectId: text('subject_id'),
  detail: text('detail').notNull(),
  previousHash: text('previous_hash').notNull(),
  hash: text('hash').notNull(),
});
