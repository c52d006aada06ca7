import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

// Replication as stored: documents on their way out, cursors of what came in. The SQL in migrations/ is the truth (STRICT, CHECK, triggers); test/db/schema.test.ts compares both.

export const outbox = sqliteTable('outbox', {
  documentId: text('document_id').primaryKey(),
  kind: text('kind', { enum: ['sale', 'cancellation', 'customer', 'cash'] }).notNull(),
  naturalKey: text('natural_key').notNull(),
  payload: text('payload').notNull(),
  payloadHash: text('payload_hash').notNull(),
  amountCents: integer('amount_cents').notNull(),
  state: text('state', {
    enum: ['pending', 'sending', 'unknown', 'sent', 'confirmed', 'rejected', 'diverged', 'annulled', 'discarded'],
  }).notNull(),
  attempts: integer('attempts').notNull().default(0),
  errorClass: text('error_class'),
  errorText: text('error_text'),
  errorAtMs: integer('error_at_ms'),
  remoteRef: text('remote_ref'),
  createdAtMs: integer('created_at_ms').notNull(),
  confirmedAtMs: integer('confirmed_at_ms'),
  businessDay: text('business_day').notNull(),
  tick: integer('tick').notNull(),
});

export const outboxDependencies = sqliteTable(
  'outbox_dependencies',
  {
    childId: text('child_id').notNull(),
    parentId: text('parent_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.childId, table.parentId] })],
);

export const customerDetachments = sqliteTable('customer_detachments', {
  saleId: text('sale_id').primaryKey(),
  operatorCode: text('operator_code').notNull(),
  detachedAtMs: integer('detached_at_ms').notNull(),
});

export const inboxCursors = sqliteTable(
  'inbox_cursors',
  {
    connector: text('connector').notNull(),
    method: text('method').notNull(),
    scope: text('scope').notNull(),
    transId: integer('trans_id').notNull(),
    rows: integer('rows').notNull().default(0),
    generation: integer('generation').notNull(),
    isFull: integer('is_full', { mode: 'boolean' }).notNull(),
    updatedAtMs: integer('updated_at_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.connector, table.method, table.scope] })],
);

export const idMap = sqliteTable(
  'id_map',
  {
    connector: text('connector').notNull(),
    kind: text('kind').notNull(),
    localId: text('local_id').notNull(),
    remoteId: text('remote_id').notNull(),
    hash: text('hash').notNull(),
    isCertain: integer('is_certain', { mode: 'boolean' }).notNull().default(true),
  },
  (table) => [primaryKey({ columns: [table.connector, table.kind, table.localId] })],
);

export const connectorStates = sqliteTable('connector_states', {
  connector: text('connector').primaryKey(),
  stoppedReason: text('stopped_reason'),
  stoppedText: text('stopped_text'),
  stoppedAtMs: integer('stopped_at_ms'),
  unreachableSinceMs: integer('unreachable_since_ms'),
  lastPullAtMs: integer('last_pull_at_ms'),
});

export const erpSessions = sqliteTable(
  'erp_sessions',
  {
    serverUrl: text('server_url').notNull(),
    serverUser: text('server_user').notNull(),
    session: text('session').notNull(),
    openedAtMs: integer('opened_at_ms').notNull(),
  },
  (table) => [primaryKey({ columns: [table.serverUrl, table.serverUser] })],
);

export const syncMarks = sqliteTable('sync_marks', {
  name: text('name').primaryKey(),
  value: text('value').notNull(),
});

export const syncAlerts = sqliteTable('sync_alerts', {
  kind: text('kind', { enum: ['erp_restored', 'day_differs', 'day_confirmed_lost', 'customers_differ'] }).primaryKey(),
  text: text('text').notNull(),
  atMs: integer('at_ms').notNull(),
});

export const reconciliations = sqliteTable('reconciliations', {
  businessDay: text('business_day').primaryKey(),
  readAtMs: integer('read_at_ms').notNull(),
  isEqual: integer('is_equal', { mode: 'boolean' }).notNull(),
  view: text('view').notNull(),
});
