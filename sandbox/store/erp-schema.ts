/** Raised with each change of the tables: a file of another version is refused, not changed. */
export const ERP_SCHEMA = 3;

/**
 * The tables of the stand-in ERP. Money is integer cents, quantities integer thousandths; decimals exist only in replies.
 *
 * `products`/`skus` belong to listavitrine, `prices` to precodetabela, `stocks` to saldodeestoque: three sequences of
 * trans_id that say nothing about each other, as in the real system.
 */
export const ERP_TABLES = `
PRAGMA user_version = ${ERP_SCHEMA};
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sequences (name TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE users (user TEXT PRIMARY KEY, password TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (session TEXT PRIMARY KEY, user TEXT NOT NULL UNIQUE, used_at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE products (
  produto INTEGER PRIMARY KEY, cod_produto TEXT NOT NULL, descricao1 TEXT NOT NULL, referencia TEXT NOT NULL,
  ncm TEXT NOT NULL, unidade_uso TEXT NOT NULL, ativo INTEGER NOT NULL, excluido INTEGER NOT NULL,
  bloqueado INTEGER NOT NULL, cod_marca TEXT NOT NULL, desc_marca TEXT NOT NULL, cod_colecao TEXT NOT NULL,
  desc_colecao TEXT NOT NULL, cod_grupo TEXT NOT NULL, desc_grupo TEXT NOT NULL, cod_departamento TEXT NOT NULL,
  desc_departamento TEXT NOT NULL, updated_at_ms INTEGER NOT NULL, trans_id INTEGER NOT NULL) STRICT;
CREATE TABLE skus (
  produto INTEGER NOT NULL, position INTEGER NOT NULL, sku TEXT NOT NULL, cor INTEGER NOT NULL, cod_cor TEXT NOT NULL,
  desc_cor TEXT NOT NULL, estampa INTEGER NOT NULL, cod_est TEXT NOT NULL, desc_estampa TEXT NOT NULL,
  tamanho TEXT NOT NULL, barra TEXT NOT NULL, barra13 TEXT NOT NULL, barra_ref TEXT NOT NULL, ativo INTEGER NOT NULL,
  PRIMARY KEY (produto, position)) STRICT, WITHOUT ROWID;
CREATE TABLE prices (
  sku TEXT PRIMARY KEY, produto INTEGER NOT NULL, preco1_cents INTEGER NOT NULL, preco2_cents INTEGER NOT NULL,
  bloqueado_preco INTEGER NOT NULL, updated_at_ms INTEGER NOT NULL, trans_id INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE stocks (
  sku TEXT NOT NULL, filial INTEGER NOT NULL, cod_filial TEXT NOT NULL, produto INTEGER NOT NULL, barra TEXT NOT NULL,
  saldo_milli INTEGER, updated_at_ms INTEGER NOT NULL, trans_id INTEGER NOT NULL,
  PRIMARY KEY (sku, filial)) STRICT, WITHOUT ROWID;
CREATE TABLE register_rows (
  register TEXT NOT NULL, id INTEGER NOT NULL, trans_id INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (register, id)) STRICT, WITHOUT ROWID;
CREATE TABLE customers (
  cliente INTEGER PRIMARY KEY, cod_cliente TEXT NOT NULL UNIQUE, nome TEXT NOT NULL, cpf TEXT, cnpj TEXT, e_mail TEXT,
  body TEXT NOT NULL, updated_at_ms INTEGER NOT NULL, trans_id INTEGER NOT NULL) STRICT;
CREATE TABLE orders (
  pedidov INTEGER PRIMARY KEY, cod_pedidov TEXT NOT NULL UNIQUE, n_pedido_cliente TEXT NOT NULL, cod_filial TEXT NOT NULL,
  cod_vendedor TEXT, id_vendedor INTEGER, cliente INTEGER NOT NULL, cod_evento TEXT NOT NULL, data_emissao TEXT NOT NULL,
  data_entrega TEXT NOT NULL, quantidade_milli INTEGER NOT NULL, total_cents INTEGER NOT NULL,
  v_acerto_cents INTEGER NOT NULL, status INTEGER NOT NULL, cancelado INTEGER NOT NULL, obs_canc TEXT,
  received_at_ms INTEGER NOT NULL, received_from TEXT NOT NULL, body TEXT NOT NULL, trans_id INTEGER NOT NULL) STRICT;
CREATE TABLE order_items (
  pedidov INTEGER NOT NULL, position INTEGER NOT NULL, item TEXT NOT NULL, sku TEXT NOT NULL, barra TEXT NOT NULL,
  quantidade_milli INTEGER NOT NULL, preco_cents INTEGER NOT NULL, vendedor_item INTEGER, descontos TEXT NOT NULL,
  PRIMARY KEY (pedidov, position)) STRICT, WITHOUT ROWID;
CREATE TABLE order_payments (
  pedidov INTEGER NOT NULL, position INTEGER NOT NULL, tipo_pgto INTEGER NOT NULL, bandeira INTEGER, operadora INTEGER,
  numparc INTEGER NOT NULL, parcela INTEGER NOT NULL, valor_inicial_cents INTEGER NOT NULL, data_vencimento TEXT,
  body TEXT NOT NULL, PRIMARY KEY (pedidov, position)) STRICT, WITHOUT ROWID;
CREATE TABLE order_events (
  id INTEGER PRIMARY KEY, cod_pedidov TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('included', 'duplicate', 'status')),
  status INTEGER, at_ms INTEGER NOT NULL) STRICT;
CREATE TABLE invoices (
  saida INTEGER PRIMARY KEY, pedidov INTEGER NOT NULL UNIQUE, nota INTEGER NOT NULL, data TEXT NOT NULL,
  cancelada INTEGER NOT NULL, updated_at_ms INTEGER NOT NULL, trans_id INTEGER NOT NULL) STRICT;
CREATE TABLE exchanges (
  saida INTEGER PRIMARY KEY, n_pedido_cliente TEXT NOT NULL UNIQUE, cod_filial TEXT NOT NULL, origin INTEGER, cliente INTEGER,
  data TEXT NOT NULL, quantidade_milli INTEGER NOT NULL, total_cents INTEGER NOT NULL, protocolo TEXT NOT NULL UNIQUE,
  cancelado INTEGER NOT NULL, motivo TEXT, received_from TEXT NOT NULL, body TEXT NOT NULL, updated_at_ms INTEGER NOT NULL,
  trans_id INTEGER NOT NULL) STRICT;
CREATE TABLE exchange_items (
  saida INTEGER NOT NULL, position INTEGER NOT NULL, sku TEXT NOT NULL, barra TEXT NOT NULL, quantidade_milli INTEGER NOT NULL,
  preco_cents INTEGER NOT NULL, PRIMARY KEY (saida, position)) STRICT, WITHOUT ROWID;
CREATE TABLE credit_uses (
  saida INTEGER NOT NULL, document TEXT NOT NULL, valor_cents INTEGER NOT NULL, is_spent INTEGER NOT NULL,
  PRIMARY KEY (saida, document)) STRICT, WITHOUT ROWID;
CREATE TABLE heartbeats (
  estacao TEXT PRIMARY KEY, instalacao TEXT NOT NULL, ultimo_numero INTEGER NOT NULL, cabeca_auditoria TEXT,
  body TEXT NOT NULL, refused_installations INTEGER NOT NULL, at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE audit_rows (
  user TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY (user, id)) STRICT;
CREATE TABLE audit_heads (user TEXT PRIMARY KEY, cabeca TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE cash_records (
  id TEXT PRIMARY KEY, estacao TEXT NOT NULL, tipo TEXT NOT NULL, turno INTEGER NOT NULL, data_movimento TEXT NOT NULL,
  body TEXT NOT NULL, received_from TEXT NOT NULL, received_at_ms INTEGER NOT NULL, trans_id INTEGER NOT NULL) STRICT;
CREATE TABLE counters (
  kind TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (kind, name)) STRICT, WITHOUT ROWID;
CREATE TABLE restores (id INTEGER PRIMARY KEY, name TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT;
CREATE TABLE ever_included (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, code TEXT NOT NULL, document TEXT NOT NULL, total_cents INTEGER NOT NULL,
  restores INTEGER NOT NULL, at_ms INTEGER NOT NULL) STRICT;
CREATE TRIGGER ever_included_is_not_changed BEFORE UPDATE ON ever_included BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
CREATE TRIGGER ever_included_is_not_deleted BEFORE DELETE ON ever_included BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END;
`;

/**
 * What the sandbox knows of itself and a restore of the ERP leaves alone; `ever_included` is the journal of everything
 * that was ever included, whatever a restored ERP remembers.
 */
export const NOT_RESTORED: ReadonlySet<string> = new Set([
  'meta',
  'counters',
  'restores',
  'ever_included',
  'sqlite_stat1',
]);

/** Built after the first load: filling 60,000 SKUs into tables that already carry these costs twice the time. */
export const ERP_INDEXES = `
CREATE UNIQUE INDEX products_by_code ON products (cod_produto);
CREATE INDEX products_by_trans_id ON products (trans_id);
CREATE UNIQUE INDEX skus_by_sku ON skus (sku);
CREATE INDEX skus_by_barra ON skus (barra);
CREATE INDEX skus_by_barra13 ON skus (barra13);
CREATE INDEX prices_by_trans_id ON prices (trans_id);
CREATE INDEX prices_by_product ON prices (produto);
CREATE INDEX stocks_by_trans_id ON stocks (trans_id);
CREATE INDEX stocks_by_branch ON stocks (filial, trans_id);
CREATE INDEX stocks_by_product ON stocks (produto);
CREATE INDEX customers_by_trans_id ON customers (trans_id);
CREATE INDEX customers_by_cpf ON customers (cpf);
CREATE INDEX orders_by_trans_id ON orders (trans_id);
CREATE INDEX orders_by_branch ON orders (cod_filial, trans_id);
CREATE INDEX orders_by_document ON orders (n_pedido_cliente);
CREATE INDEX order_events_by_code ON order_events (cod_pedidov);
CREATE INDEX cash_records_by_trans_id ON cash_records (trans_id);
CREATE INDEX exchanges_by_trans_id ON exchanges (trans_id);
CREATE INDEX exchanges_by_origin ON exchanges (origin);
CREATE INDEX credit_uses_by_document ON credit_uses (document);
CREATE INDEX invoices_by_trans_id ON invoices (trans_id);
`;
