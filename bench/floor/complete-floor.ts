import { pick, prepareInsert, type RawDatabase, type Row } from './raw-database.ts';
import { columns } from './sale-columns.ts';

/** Every row of a completed sale as the product wrote it. */
export type CompletedSale = {
  readonly sale: Row;
  readonly items: readonly Row[];
  readonly tenders: readonly Row[];
  readonly audit: Row;
  readonly outbox: Row;
  readonly paper: Row;
  readonly command: Row;
};

export function readCompletedSale(db: RawDatabase, saleId: string): CompletedSale {
  const all = (sql: string): Row[] => db.prepare<[string], Row>(sql).all(saleId);
  const one = (sql: string): Row => {
    const [row] = all(sql);
    if (row === undefined) throw new Error(`no row of sale ${saleId}: ${sql}`);
    return row;
  };
  return {
    sale: one('SELECT * FROM sales WHERE sale_id = ?'),
    items: all('SELECT * FROM sale_items WHERE sale_id = ? ORDER BY position'),
    tenders: all('SELECT * FROM sale_tenders WHERE sale_id = ? ORDER BY position'),
    audit: one("SELECT * FROM audit WHERE subject_id = ? AND action = 'sale_complete'"),
    outbox: one('SELECT * FROM outbox WHERE document_id = ?'),
    paper: one('SELECT * FROM papers WHERE document_id = ?'),
    command: one(
      "SELECT * FROM command_log WHERE method = 'sale.complete' AND json_extract(result_ref, '$.saleId') = ?",
    ),
  };
}

/**
 * The least the completing command can cost: the rows it writes, by raw prepared statements in one FULL commit. Nothing
 * is read, parsed, computed, hashed or answered.
 */
export function createCompleteFloor(db: RawDatabase) {
  const begin = db.prepare('BEGIN IMMEDIATE');
  const commit = db.prepare('COMMIT');
  const takeNumber = db.prepare(
    "INSERT INTO sequences (kind, last) VALUES ('sale', 1) ON CONFLICT (kind) DO UPDATE SET last = last + 1 RETURNING last",
  );
  const fixItem = prepareUpdate(db, 'sale_items', columns.fixedItem, 'line_id');
  const completeSale = prepareUpdate(db, 'sales', columns.fixedSale, 'sale_id');

  function inOneCommit(work: () => void): void {
    begin.run();
    work();
    commit.run();
  }

  function insert(table: string, row: Row): void {
    prepareInsert(db, table, row).run(row);
  }

  function open({ sale, items, tenders }: CompletedSale): void {
    for (const [index, item] of items.entries()) {
      inOneCommit(() => {
        if (index === 0) insert('sales', { ...pick(sale, columns.openSale), state: 'open' });
        insert('sale_items', pick(item, columns.openItem));
      });
    }
    for (const tender of tenders) inOneCommit(() => insert('sale_tenders', tender));
  }

  return {
    /** Writes the open sale, then times the rows of its completion; answers milliseconds. */
    complete: (rows: CompletedSale): number => {
      open(rows);
      const { sale, items, audit, outbox, paper, command } = rows;
      const insertAudit = prepareInsert(db, 'audit', audit);
      const insertOutbox = prepareInsert(db, 'outbox', outbox);
      const insertPaper = prepareInsert(db, 'papers', paper);
      const insertCommand = prepareInsert(db, 'command_log', command);
      const startedAt = performance.now();
      inOneCommit(() => {
        takeNumber.get();
        insertAudit.run(audit);
        for (const item of items) fixItem.run(item);
        completeSale.run(sale);
        insertOutbox.run(outbox);
        insertPaper.run(paper);
        insertCommand.run(command);
      });
      return performance.now() - startedAt;
    },
  };
}

function prepareUpdate(db: RawDatabase, table: string, names: readonly string[], key: string) {
  const set = names.map((name) => `${name} = @${name}`).join(', ');
  return db.prepare<[Row]>(`UPDATE ${table} SET ${set} WHERE ${key} = @${key}`);
}
