import type { ErpState, Row, StationCode } from './erp-state.ts';
import { text } from './model-erp.ts';

/**
 * What holds at every moment of a day, also between two writes of a core that is being killed: what the station counts as
 * arrived is at the ERP, and what its cursors passed is here. Not asked once the ERP was put back to a backup.
 */
export function judgeAlways({
  code,
  all,
  erp,
  firstId,
}: {
  readonly code: StationCode;
  readonly all: (sql: string) => Row[];
  readonly erp: ErpState;
  /** The highest `trans_id` of the first day: what is older came with the first load. */
  readonly firstId: number;
}): string[] {
  const found: string[] = [];
  const tell = (line: string): void => void found.push(`${code}: ${line}`);
  for (const { document_id, kind, natural_key } of all(
    `SELECT document_id, kind, natural_key FROM outbox WHERE state = 'confirmed'`,
  )) {
    if (kind === 'customer') continue;
    const key = text(natural_key);
    if (kind === 'cash') {
      if (erp.cash[text(document_id)] === undefined) tell(`drawer ${key} is confirmed and not at the ERP`);
      continue;
    }
    const order = erp.orders[key];
    const status = Number(order?.['status'] ?? -1);
    const isThere = kind === 'sale' ? status >= 3 : status === 5;
    if (!isThere) tell(`${text(kind)} ${key} is confirmed at status ${status}`);
  }
  judgeAuditMark(all, erp, tell);
  judgeCursors(all, erp, firstId, tell);
  return found;
}

function judgeAuditMark(all: (sql: string) => Row[], erp: ErpState, tell: (line: string) => void): void {
  const rows = all(`SELECT hash, sequence FROM audit WHERE sequence <=
    (SELECT value ->> '$.sequence' FROM sync_marks WHERE name = 'audit_delivered')`);
  for (const { hash, sequence } of rows)
    if (erp.audit[text(hash)] === undefined)
      return tell(`audit row ${text(sequence)} counts as delivered and is not at the ERP`);
}

const CATALOGUE = [
  ['products', 'products', 'product_id', 'produto'],
  ['prices', 'prices', 'sku', 'sku'],
  ['stock', 'stocks', 'sku', 'sku'],
] as const;

/** A row whose id the cursor passed is here as it was then; one that was committed late is read again at night. */
function judgeCursors(all: (sql: string) => Row[], erp: ErpState, firstId: number, tell: (line: string) => void): void {
  const cursors = new Map(
    all('SELECT method, trans_id, is_full FROM inbox_cursors').map((row) => [row['method'], row]),
  );
  for (const [register, table, column, field] of CATALOGUE) {
    const cursor = cursors.get(register);
    if (cursor === undefined || cursor['is_full'] === 1) continue;
    const passed = erp[register].filter(
      (row) =>
        Number(row['trans_id']) > firstId &&
        Number(row['trans_id']) <= Number(cursor['trans_id']) &&
        row['late'] !== true,
    );
    if (passed.length === 0) continue;
    const here = new Map(
      all(`SELECT ${column} AS key, trans_id FROM ${table} WHERE trans_id > ${firstId}`).map((row) => [
        row['key'],
        row['trans_id'],
      ]),
    );
    for (const row of passed)
      if (here.get(row[field]) !== row['trans_id'])
        return tell(
          `the cursor of ${register} is past ${text(row[field])} ${text(row['trans_id'])}, which is not here`,
        );
  }
}
