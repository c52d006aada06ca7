import { createHash } from 'node:crypto';
import SqliteDatabase from 'better-sqlite3';
import type { CompletedSale, Journal } from './journal.ts';

/*
 * A station's file held against what was acknowledged, by SQL alone: nothing of the product is asked whether the product is
 * right.
 */

export type FileCheck = {
  /** After a restart: what changed since the last look. `all`: everything from the first row on. */
  readonly look: (scope: 'new' | 'all') => string[];
  /** First price of each SKU in cents. */
  readonly prices: () => ReadonlyMap<string, number>;
};

type Row = Readonly<Record<string, unknown>>;
type Ask = { readonly rows: (sql: string, ...values: unknown[]) => Row[]; readonly one: (sql: string) => number };

/** How far everything was seen and right. */
type Seen = { sequence: number; commands: number; auditSequence: number; auditHash: string };

const NOTHING: Seen = { sequence: 0, commands: 0, auditSequence: 0, auditHash: '' };

export function createFileCheck(file: string, code: string, journal: Journal): FileCheck {
  let seen = { ...NOTHING };
  return {
    look: (scope) => {
      // Closed again before the next kill: as long as somebody has the file open, nobody has to recover it.
      const db = new SqliteDatabase(file, { readonly: true, timeout: 5_000 });
      const findings: string[] = [];
      try {
        const ask: Ask = {
          rows: (sql, ...values) => db.prepare(sql).all(...values) as Row[],
          one: (sql) => Number(db.prepare(sql).pluck().get()),
        };
        if (scope === 'all') seen = { ...NOTHING };
        const tell = (text: string): void => void findings.push(`${code}: ${text}`);
        // One moment for all questions: the core goes on writing.
        db.exec('BEGIN');
        checkPages(ask, tell);
        checkCommands(ask, journal, seen, tell);
        checkSales(ask, code, journal, seen, tell);
        checkCounts(ask, journal, tell);
        checkAudit(ask, seen, tell);
        db.exec('COMMIT');
      } finally {
        db.close();
      }
      return findings;
    },
    prices: () => {
      const db = new SqliteDatabase(file, { readonly: true, timeout: 5_000 });
      try {
        const rows = db.prepare('SELECT sku, price1_cents FROM prices').raw().all() as [string, number][];
        return new Map(rows);
      } finally {
        db.close();
      }
    },
  };
}

type Tell = (text: string) => void;

function checkPages({ rows }: Ask, tell: Tell): void {
  const integrity = rows('PRAGMA integrity_check').map((row) => String(row['integrity_check']));
  if (integrity.join() !== 'ok') tell(`the file is broken: ${integrity.slice(0, 3).join('; ')}`);
  const orphans = rows('PRAGMA foreign_key_check');
  if (orphans.length > 0) tell(`rows without their parent: ${JSON.stringify(orphans.slice(0, 3))}`);
}

/** What was acknowledged is decided here; nothing is that was not asked. */
function checkCommands({ rows, one }: Ask, journal: Journal, seen: Seen, tell: Tell): void {
  for (const { commandId, method } of journal.acknowledged.slice(seen.commands)) {
    const found = rows('SELECT method FROM command_log WHERE command_id = ?', commandId);
    if (found[0]?.['method'] !== method) tell(`${method} ${commandId} was acknowledged and is lost`);
  }
  seen.commands = journal.acknowledged.length;
  const open = journal.open();
  const isOpenDecided =
    open !== null && rows('SELECT 1 FROM command_log WHERE command_id = ?', open.commandId).length > 0;
  const expected = journal.acknowledged.length + (isOpenDecided ? 1 : 0);
  const decided = one('SELECT count(*) FROM command_log');
  if (decided !== expected) tell(`${decided} commands are decided, ${expected} were asked for`);
}

function checkSales({ rows }: Ask, code: string, journal: Journal, seen: Seen, tell: Tell): void {
  const fresh = rows(
    `SELECT sale_id, number, sequence, total_cents, change_cents,
      (SELECT group_concat(sku || ' ' || quantity_milli || ' ' || net_cents, '|' ORDER BY position) FROM sale_items i
        WHERE i.sale_id = s.sale_id AND removed_at_ms IS NULL) AS lines,
      (SELECT sum(net_cents) FROM sale_items i WHERE i.sale_id = s.sale_id AND removed_at_ms IS NULL) AS lines_cents,
      (SELECT group_concat(payment_type_id || ' ' || amount_cents, '|' ORDER BY position) FROM sale_tenders t
        WHERE t.sale_id = s.sale_id AND removed_at_ms IS NULL) AS tenders,
      (SELECT sum(amount_cents) FROM sale_tenders t WHERE t.sale_id = s.sale_id AND removed_at_ms IS NULL) AS paid_cents,
      (SELECT group_concat(lines, '#') FROM papers p WHERE p.document_id = s.sale_id) AS paper,
      (SELECT amount_cents FROM outbox o WHERE o.document_id = s.sale_id AND o.natural_key = s.number) AS queued_cents
     FROM sales s WHERE state = 'completed' AND sequence > ? ORDER BY sequence`,
    seen.sequence,
  );
  const open = journal.open();
  for (const row of fresh) {
    const number = String(row['number']);
    if (row['sequence'] !== seen.sequence + 1 || number !== code + String(seen.sequence + 1).padStart(9, '0'))
      tell(`gap: ${number} stands where ${seen.sequence + 1} belongs`);
    seen.sequence = Number(row['sequence']);
    const total = row['total_cents'];
    if (row['lines_cents'] !== total) tell(`unequal: lines of ${number} make ${String(row['lines_cents'])}`);
    if (Number(row['paid_cents']) - Number(row['change_cents']) !== total) tell(`unequal: tenders of ${number}`);
    if (row['queued_cents'] !== total) tell(`lost: ${number} was sold and is not in the queue`);
    const told = journal.completed.get(String(row['sale_id']));
    if (told !== undefined) compareSale(number, told, row, tell);
    else if (open?.method !== 'sale.complete' || saleIdOf(open.input) !== row['sale_id'])
      tell(`doubled: ${number} was completed by nobody`);
    // Not acknowledged yet: looked at again with its acknowledgement.
    else seen.sequence -= 1;
  }
}

function compareSale(number: string, told: CompletedSale, row: Row, tell: Tell): void {
  const here = {
    number: row['number'],
    totalCents: row['total_cents'],
    changeCents: row['change_cents'],
    lines: row['lines'],
    tenders: row['tenders'],
    paper: row['paper'],
  };
  for (const name of ['number', 'totalCents', 'changeCents', 'lines', 'tenders', 'paper'] as const) {
    if (here[name] !== told[name])
      tell(`unequal: ${name} of ${number} is ${String(here[name])}, told was ${String(told[name])}`);
  }
}

/** As many of each as were acknowledged, and the one in doubt at most. */
function checkCounts({ one }: Ask, journal: Journal, tell: Tell): void {
  const open = journal.open()?.method;
  const counts = [
    ['sale.complete', journal.completed.size, `SELECT count(*) FROM sales WHERE state = 'completed'`],
    ['sale.cancel', journal.cancelled.size, 'SELECT count(*) FROM cancellations'],
    ['sale.cancel', journal.cancelled.size, `SELECT count(*) FROM outbox WHERE kind = 'cancellation'`],
    ['cashSession.move', journal.moved.size, 'SELECT count(*) FROM cash_movements'],
    ['customer.register', journal.customers.size, 'SELECT count(*) FROM people WHERE registered_at_ms IS NOT NULL'],
  ] as const;
  for (const [method, told, sql] of counts) {
    const here = one(sql);
    const most = told + (open === method ? 1 : 0);
    if (here < told) tell(`lost: ${told} of ${method} were acknowledged, ${here} are here`);
    if (here > most) tell(`doubled: ${told} of ${method} were acknowledged, ${here} are here`);
  }
  const putIn = sumOf(journal, 'supply') - sumOf(journal, 'withdrawal');
  const moved = one(
    `SELECT coalesce(sum(CASE kind WHEN 'supply' THEN amount_cents ELSE -amount_cents END), 0) FROM cash_movements`,
  );
  if (open !== 'cashSession.move' && moved !== putIn) tell(`unequal: moved cash is ${moved}, told was ${putIn}`);
}

function sumOf(journal: Journal, wanted: string): number {
  return [...journal.moved.values()].reduce(
    (sum, { kind, amountCents }) => sum + (kind === wanted ? amountCents : 0),
    0,
  );
}

/** Each row follows the one before and says what its own hash covers. */
function checkAudit({ rows }: Ask, seen: Seen, tell: Tell): void {
  for (const row of rows('SELECT * FROM audit WHERE sequence > ? ORDER BY sequence', seen.auditSequence)) {
    const columns = [
      'sequence',
      'at_ms',
      'operator_code',
      'approved_by',
      'action',
      'subject_id',
      'detail',
      'previous_hash',
    ];
    const bytes = JSON.stringify(columns.map((column) => row[column]));
    if (row['sequence'] !== seen.auditSequence + 1) tell(`audit row ${seen.auditSequence + 1} is missing`);
    if (row['previous_hash'] !== seen.auditHash) tell(`audit row ${String(row['sequence'])} does not follow`);
    if (createHash('sha256').update(bytes).digest('hex') !== row['hash'])
      tell(`audit row ${String(row['sequence'])} was changed`);
    seen.auditSequence = Number(row['sequence']);
    seen.auditHash = String(row['hash']);
  }
}

function saleIdOf(input: object): unknown {
  return 'saleId' in input ? input.saleId : null;
}
