import type Database from 'better-sqlite3';

/** One condition; left out of the query when its value is undefined. */
export type Filter = { readonly sql: string; readonly value: string | number | undefined };

/** `top` 0 means every row, as `$top=0` does. */
export type Selection = {
  readonly from: string;
  readonly filters: readonly Filter[];
  readonly tail: string;
  readonly top: number;
};

export type SelectRows = <Row>(selection: Selection) => Row[];

/** Runs filtered selects; each combination of filters is prepared once and kept. */
export function createSelectRows(db: Database.Database): SelectRows {
  const statements = new Map<string, Database.Statement>();

  return <Row>({ from, filters, tail, top }: Selection): Row[] => {
    const used = filters.filter((filter) => filter.value !== undefined);
    const where = used.length > 0 ? ` WHERE ${used.map((filter) => filter.sql).join(' AND ')}` : '';
    const sql = `${from}${where} ${tail} LIMIT ?`;
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      statements.set(sql, statement);
    }
    return statement.all(...used.map((filter) => filter.value), top === 0 ? -1 : top) as Row[];
  };
}
