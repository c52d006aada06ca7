import SqliteDatabase from 'better-sqlite3';

type Row = Readonly<Record<string, unknown>>;

/** What must hold of a station's file whatever was asked of it: by SQL alone, without the product's code. */
export function checkStore(file: string): string[] {
  const db = new SqliteDatabase(file, { readonly: true });
  const found: string[] = [];
  try {
    const whole = db.pragma('integrity_check', { simple: true });
    if (whole !== 'ok') found.push(`integrity_check: ${String(whole)}`);
    const orphans = (db.pragma('foreign_key_check') as Row[]).length;
    if (orphans > 0) found.push(`${orphans} rows without their parents`);
    for (const [text, sql] of SUMS) {
      const row = db.prepare(sql).get() as Row | undefined;
      if (row !== undefined) found.push(`${text}: ${JSON.stringify(row)}`);
    }
    let previous = '';
    let last = 0;
    for (const row of db
      .prepare('SELECT sequence, previous_hash, hash FROM audit ORDER BY sequence')
      .iterate() as IterableIterator<Row>) {
      if (row['sequence'] !== last + 1 || row['previous_hash'] !== previous) {
        found.push(`the audit chain breaks at ${String(row['sequence'])}`);
        break;
      }
      last += 1;
      previous = String(row['hash']);
    }
  } finally {
    db.close();
  }
  return found;
}

/** Each finds a row only where something is wrong. */
const SUMS: readonly (readonly [text: string, sql: string])[] = [
  [
    'items and total differ',
    `SELECT s.number FROM sales s WHERE state = 'completed' AND total_cents IS NOT
      (SELECT sum(net_cents) FROM sale_items i WHERE i.sale_id = s.sale_id AND removed_at_ms IS NULL)`,
  ],
  [
    'tenders less change and total differ',
    `SELECT s.number FROM sales s WHERE state = 'completed' AND total_cents + change_cents IS NOT
      coalesce((SELECT sum(amount_cents) FROM sale_tenders t WHERE t.sale_id = s.sale_id AND removed_at_ms IS NULL), 0)`,
  ],
  [
    'a sale without exactly one paper',
    `SELECT s.number FROM sales s WHERE state = 'completed'
      AND (SELECT count(*) FROM papers p WHERE p.document_id = s.sale_id AND p.kind = 'sale') <> 1`,
  ],
  [
    'a sale without exactly one document of its total',
    `SELECT s.number FROM sales s WHERE state = 'completed' AND NOT EXISTS
      (SELECT 1 FROM outbox o WHERE o.document_id = s.sale_id AND o.kind = 'sale' AND o.amount_cents = s.total_cents)`,
  ],
  [
    'a gap in the numbers',
    `SELECT sequence, place FROM (SELECT sequence, row_number() OVER (ORDER BY sequence) AS place
      FROM sales WHERE state = 'completed') WHERE sequence <> place`,
  ],
  [
    'more than one open drawer or sale',
    `SELECT count(*) AS n FROM sales WHERE state = 'open' HAVING n > 1
      UNION ALL SELECT count(*) AS n FROM cash_sessions WHERE closed_at_ms IS NULL HAVING n > 1`,
  ],
  ['a price below zero', 'SELECT sku FROM prices WHERE price1_cents < 0 OR price2_cents < 0'],
];
