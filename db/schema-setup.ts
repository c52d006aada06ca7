import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { PaymentKind } from '../contract/sale-views.ts';

// Set-up, registers and people who work here, as stored. The SQL in migrations/ is the truth (STRICT, CHECK, triggers); test/db/schema.test.ts compares both.

export const databaseInfo = sqliteTable('database_info', {
  id: integer('id').primaryKey(),
  installationId: text('installation_id').notNull(),
  minReaderVersion: integer('min_reader_version').notNull(),
  createdAtMs: integer('created_at_ms').notNull(),
});

export const enrolment = sqliteTable('enrolment', {
  id: integer('id').primaryKey(),
  kind: text('kind', { enum: ['demo', 'store'] }).notNull(),
  connector: text('connector', { enum: ['millennium'] }).notNull(),
  serverUrl: text('server_url').notNull(),
  serverUser: text('server_user').notNull(),
  stationCode: text('station_code').notNull(),
  priceColumn: integer('price_column').notNull(),
  defaultCustomerId: integer('default_customer_id'),
  defaultSalespersonCode: text('default_salesperson_code'),
  saleEvent: text('sale_event'),
  returnEvent: text('return_event'),
  replacesStationCode: text('replaces_station_code'),
  integrationEnabled: integer('integration_enabled', { mode: 'boolean' }).notNull().default(true),
  enrolledAtMs: integer('enrolled_at_ms').notNull(),
  demoProducts: integer('demo_products'),
  demoSeed: integer('demo_seed'),
});

export const serverClock = sqliteTable('server_clock', {
  id: integer('id').primaryKey(),
  offsetMs: integer('offset_ms').notNull(),
  measuredAtMs: integer('measured_at_ms').notNull(),
});

export const paymentKinds = sqliteTable('payment_kinds', {
  paymentTypeId: integer('payment_type_id').primaryKey(),
  guessedKind: text('guessed_kind').$type<PaymentKind>().notNull(),
  chosenKind: text('chosen_kind').$type<PaymentKind>(),
});

export const loadSteps = sqliteTable('load_steps', {
  step: text('step').primaryKey(),
  position: integer('position').notNull(),
  state: text('state', { enum: ['waiting', 'running', 'done', 'failed'] }).notNull(),
  rows: integer('rows').notNull().default(0),
  error: text('error'),
});

export const stationGroups = sqliteTable('station_groups', {
  groupId: integer('group_id').primaryKey(),
  code: text('code').notNull(),
  description: text('description').notNull(),
  policies: text('policies').notNull(),
  transId: integer('trans_id').notNull(),
});

export const stations = sqliteTable('stations', {
  stationId: integer('station_id').primaryKey(),
  stationCode: text('station_code').notNull(),
  description: text('description').notNull(),
  groupId: integer('group_id').notNull(),
  branchId: integer('branch_id').notNull(),
  cashRegisterCode: integer('cash_register_code').notNull(),
  series: text('series').notNull(),
  saleEvent: text('sale_event').notNull(),
  returnEvent: text('return_event').notNull(),
  showcaseId: integer('showcase_id').notNull(),
  priceTableId: integer('price_table_id').notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  transId: integer('trans_id').notNull(),
});

export const branches = sqliteTable('branches', {
  branchId: integer('branch_id').primaryKey(),
  branchCode: text('branch_code').notNull(),
  name: text('name').notNull(),
  tradeName: text('trade_name').notNull(),
  cnpj: text('cnpj').notNull(),
  timeZone: text('time_zone').notNull(),
});

export const operators = sqliteTable('operators', {
  operatorId: integer('operator_id').primaryKey(),
  operatorCode: text('operator_code').notNull(),
  name: text('name').notNull(),
  profile: text('profile', { enum: ['cashier', 'manager', 'supervisor'] }).notNull(),
  pinHash: text('pin_hash').notNull(),
  permissions: text('permissions').notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  transId: integer('trans_id').notNull(),
});

export const operatorLockouts = sqliteTable('operator_lockouts', {
  operatorCode: text('operator_code').primaryKey(),
  failures: integer('failures').notNull(),
  lockedUntilMs: integer('locked_until_ms'),
});

export const logins = sqliteTable('logins', {
  id: integer('id').primaryKey(),
  operatorCode: text('operator_code').notNull(),
  loggedInAtMs: integer('logged_in_at_ms').notNull(),
});

export const approvals = sqliteTable('approvals', {
  approvalId: text('approval_id').primaryKey(),
  permission: text('permission').notNull(),
  operatorCode: text('operator_code').notNull(),
  requestedBy: text('requested_by').notNull(),
  grantedAtMs: integer('granted_at_ms').notNull(),
  expiresAtMs: integer('expires_at_ms').notNull(),
  usedAtMs: integer('used_at_ms'),
});

export const salespeople = sqliteTable('salespeople', {
  salespersonId: integer('salesperson_id').primaryKey(),
  salespersonCode: text('salesperson_code').notNull(),
  name: text('name').notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
});

export const paymentTypes = sqliteTable('payment_types', {
  paymentTypeId: integer('payment_type_id').primaryKey(),
  code: text('code').notNull(),
  description: text('description').notNull(),
  kind: text('kind', { enum: ['cash', 'credit_card', 'debit_card', 'pix', 'store_credit', 'other'] }).notNull(),
  allowsChange: integer('allows_change', { mode: 'boolean' }).notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
});

export const cardBrands = sqliteTable('card_brands', {
  cardBrandId: integer('card_brand_id').primaryKey(),
  description: text('description').notNull(),
});

export const acquirers = sqliteTable('acquirers', {
  acquirerId: integer('acquirer_id').primaryKey(),
  description: text('description').notNull(),
});

export const paymentTerms = sqliteTable('payment_terms', {
  paymentTermId: integer('payment_term_id').primaryKey(),
  code: text('code').notNull(),
  description: text('description').notNull(),
  installments: text('installments').notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
});

export const financialReasons = sqliteTable('financial_reasons', {
  financialReasonId: integer('financial_reason_id').primaryKey(),
  code: text('code').notNull(),
  description: text('description').notNull(),
  direction: text('direction', { enum: ['in', 'out'] }).notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  transId: integer('trans_id').notNull(),
});

export const promotions = sqliteTable('promotions', {
  promotionId: integer('promotion_id').primaryKey(),
  code: text('code').notNull(),
  description: text('description').notNull(),
  startsAtMs: integer('starts_at_ms'),
  endsAtMs: integer('ends_at_ms'),
  priority: integer('priority').notNull(),
  isCumulative: integer('is_cumulative', { mode: 'boolean' }).notNull(),
  branchIds: text('branch_ids').notNull(),
  rule: text('rule').notNull(),
  isActive: integer('is_active', { mode: 'boolean' }).notNull(),
  transId: integer('trans_id').notNull(),
});

export const missingRegisters = sqliteTable('missing_registers', {
  register: text('register').primaryKey(),
  detail: text('detail').notNull(),
  sinceMs: integer('since_ms').notNull(),
});
