import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { paperFact, saleFact } from './journal.ts';

/*
 * What a data folder holds, read by SQL and by nothing of the product: as facts for the journal, and what can be seen to
 * be wrong without one.
 */

type Row = Readonly<Record<string, unknown>>;
type All = (sql: string) => Row[];

/** Reads the facts of a folder whose database can be opened; `wrong` is what contradicts itself. */
export function readFacts(folder: string): { readonly facts: Map<string, string>; readonly wrong: string[] } {
  const db = new SqliteDatabase(join(folder, 'station.db'), { readonly: true, fileMustExist: true });
  try {
    const all: All = (sql) => db.prepare(sql).all() as Row[];
    const wrong = [...findDamage(all), ...findGaps(all), ...findBrokenAudit(all), ...findBrokenSales(all)];
    return {
      facts: new Map([...tillFacts(all), ...drawerFacts(all), ...passwordFact(folder, all), ...backupFacts(folder)]),
      wrong,
    };
  } finally {
    db.close();
  }
}

function* tillFacts(all: All): Generator<readonly [string, string]> {
  const lines = groupBySale(
    all(`SELECT sale_id, sku, quantity_milli AS quantityMilli, unit_price_cents AS unitPriceCents
    FROM sale_items WHERE removed_at_ms IS NULL ORDER BY position`),
  );
  const tenders = groupBySale(
    all(`SELECT sale_id, payment_type_id AS paymentTypeId, amount_cents AS amountCents
    FROM sale_tenders WHERE removed_at_ms IS NULL ORDER BY position`),
  );
  for (const row of all(
    'SELECT sale_id, state, number, total_cents AS totalCents, change_cents AS changeCents FROM sales',
  )) {
    const { sale_id: id, ...sale } = row as Row & Parameters<typeof saleFact>[0];
    const parts = { lines: lines.get(id) ?? [], tenders: tenders.get(id) ?? [] } as unknown as Pick<
      Parameters<typeof saleFact>[0],
      'lines' | 'tenders'
    >;
    yield [`sale ${String(id)}`, saleFact({ ...sale, ...parts })];
  }
  for (const row of all('SELECT command_id, method FROM command_log'))
    yield [`command ${text(row['command_id'])}`, text(row['method'])];
  for (const row of all(`SELECT sale_id, reason, total_cents FROM cancellations`))
    yield [`cancellation ${text(row['sale_id'])}`, `${text(row['reason'])} ${text(row['total_cents'])}`];
  for (const row of all(`SELECT coalesce(c.sale_id, p.document_id) AS id, p.kind, p.lines FROM papers p
    LEFT JOIN cancellations c ON c.cancellation_id = p.document_id WHERE p.kind IN ('sale', 'cancellation')`))
    yield [`paper ${text(row['kind'])} ${text(row['id'])}`, paperFact(JSON.parse(text(row['lines'])))];
  for (const row of all(`SELECT o.kind, coalesce(c.sale_id, o.document_id) AS id, o.amount_cents FROM outbox o
    LEFT JOIN cancellations c ON c.cancellation_id = o.document_id WHERE o.kind <> 'cash'`))
    yield [`document ${text(row['kind'])} ${text(row['id'])}`, text(row['amount_cents'])];
}

function* drawerFacts(all: All): Generator<readonly [string, string]> {
  for (const row of all('SELECT cash_session_id, float_cents, counted_cash_cents FROM cash_sessions'))
    yield [
      `session ${text(row['cash_session_id'])}`,
      `${text(row['float_cents'])} ${text(row['counted_cash_cents'] ?? 'open')}`,
    ];
  for (const row of all(`SELECT m.number, m.kind, m.amount_cents, o.kind AS document, p.kind AS paper
    FROM cash_movements m LEFT JOIN outbox o ON o.document_id = m.movement_id
    LEFT JOIN papers p ON p.document_id = m.movement_id`))
    yield [
      `movement ${text(row['number'])}`,
      ['kind', 'amount_cents', 'document', 'paper'].map((name) => text(row[name])).join(' '),
    ];
  for (const row of all('SELECT approval_id, used_at_ms IS NOT NULL AS used FROM approvals'))
    yield [`approval ${text(row['approval_id'])}`, row['used'] === 1 ? 'used' : 'free'];
  for (const row of all('SELECT operator_code FROM logins')) yield ['login', text(row['operator_code'])];
  for (const row of all('SELECT station_code FROM enrolment')) yield ['enrolment', text(row['station_code'])];
}

/** The password beside the database, once the station needs it. */
function* passwordFact(folder: string, all: All): Generator<readonly [string, string]> {
  const file = join(folder, 'secrets.json');
  if (all('SELECT 1 FROM enrolment').length === 0 || !existsSync(file)) return;
  const entries = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, { readonly secret?: string }>>;
  yield ['password', entries['erp_password']?.secret ?? 'elsewhere'];
}

/** Backups by their names, each of which carries the hash of its bytes. */
function* backupFacts(folder: string): Generator<readonly [string, string]> {
  const backups = join(folder, 'backups');
  if (!existsSync(backups)) return;
  for (const name of readdirSync(backups)) {
    const hash = /^[^.].*-(?<hash>[0-9a-f]{16})\.db$/.exec(name)?.groups?.['hash'];
    if (hash === undefined) continue;
    const found = createHash('sha256')
      .update(readFileSync(join(backups, name)))
      .digest('hex');
    yield [`backup ${name}`, found.startsWith(hash) ? 'whole' : 'damaged'];
  }
}

function findDamage(all: All): string[] {
  const integrity = all('PRAGMA integrity_check(5)').map((row) => text(Object.values(row)[0]));
  const strays = all('PRAGMA foreign_key_check').map((row) => `no parent: ${JSON.stringify(row)}`);
  return [...integrity.filter((line) => line !== 'ok').map((line) => `integrity_check: ${line}`), ...strays];
}

/** Numbers in their order without a gap, and the next one is the one after the last. */
function findGaps(all: All): string[] {
  const numbers = all(`SELECT sequence FROM sales WHERE state = 'completed' ORDER BY sequence`);
  const gap = numbers.findIndex(({ sequence }, index) => sequence !== index + 1);
  const last = all(`SELECT last FROM sequences WHERE kind = 'sale'`)[0]?.['last'] ?? 0;
  return [
    ...(gap === -1 ? [] : [`place ${gap + 1} has number ${text(numbers[gap]?.['sequence'])}`]),
    ...(last === numbers.length ? [] : [`the last number is ${text(last)} after ${numbers.length} sales`]),
  ];
}

function findBrokenAudit(all: All): string[] {
  let previous = '';
  for (const [index, row] of all('SELECT * FROM audit ORDER BY sequence').entries()) {
    const bytes = JSON.stringify(
      ['sequence', 'at_ms', 'operator_code', 'approved_by', 'action', 'subject_id', 'detail', 'previous_hash'].map(
        (name) => row[name],
      ),
    );
    const isSound =
      row['sequence'] === index + 1 &&
      row['previous_hash'] === previous &&
      row['hash'] === createHash('sha256').update(bytes).digest('hex');
    if (!isSound) return [`audit row ${index + 1} is broken`];
    previous = text(row['hash']);
  }
  return [];
}

/** Sums that agree, one paper and one document for each, and a payload that is what its hash says. */
function findBrokenSales(all: All): string[] {
  const sales = all(`SELECT number FROM sales s WHERE state = 'completed' AND (
    total_cents <> (SELECT sum(net_cents) FROM sale_items i WHERE i.sale_id = s.sale_id AND removed_at_ms IS NULL)
    OR total_cents <> (SELECT sum(amount_cents) FROM sale_tenders t WHERE t.sale_id = s.sale_id AND removed_at_ms IS NULL)
      - change_cents
    OR 1 <> (SELECT count(*) FROM papers p WHERE p.document_id = s.sale_id)
    OR 1 <> (SELECT count(*) FROM outbox o WHERE o.document_id = s.sale_id))`);
  const payloads = all(`SELECT natural_key, payload, payload_hash FROM outbox WHERE kind <> 'customer'`).filter(
    (row) => createHash('sha256').update(text(row['payload'])).digest('hex') !== row['payload_hash'],
  );
  return [
    ...sales.map(({ number }) => `sale ${text(number)} contradicts itself`),
    ...payloads.map((row) => `the document of ${text(row['natural_key'])} is not what its hash says`),
  ];
}

function groupBySale(rows: readonly Row[]): Map<unknown, Row[]> {
  const found = new Map<unknown, Row[]>();
  for (const row of rows) found.set(row['sale_id'], [...(found.get(row['sale_id']) ?? []), row]);
  return found;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : String(value);
}
