import { openRaw, prepareInsert, type RawDatabase } from './raw-database.ts';
import type { ScanFloorMessage, ScanFloorRound } from './scan-floor.ts';

/*
 * The least a scan can cost over this channel: the rows of the product's scan by raw prepared statements in one FULL
 * commit, then the bytes of the product's reply. No input is checked, nothing is looked up, no sum is computed.
 */

let db: RawDatabase | undefined;
let scan: ((id: number) => object) | undefined;

process.on('message', (message: ScanFloorMessage) => {
  if ('round' in message) {
    db ??= openRaw(message.round.file);
    scan = prepareRound(db, message.round);
    process.send?.({ id: 0 });
    return;
  }
  process.send?.(scan?.(message.id));
});
process.on('disconnect', () => process.exit(0));

function prepareRound(raw: RawDatabase, { sale, scans }: ScanFloorRound): (id: number) => object {
  const [first] = scans;
  if (first === undefined) throw new Error('a round without scans');
  const begin = raw.prepare('BEGIN IMMEDIATE');
  const commit = raw.prepare('COMMIT');
  const insertSale = prepareInsert(raw, 'sales', sale);
  const insertLine = prepareInsert(raw, 'sale_items', first.line);
  const insertCommand = prepareInsert(raw, 'command_log', first.command);
  const setLastLine = raw.prepare<[unknown, unknown]>('UPDATE sales SET last_line_id = ? WHERE sale_id = ?');
  raw.prepare("UPDATE sales SET state = 'abandoned' WHERE state = 'open'").run();
  let next = 0;
  return (id) => {
    const current = scans[next];
    if (current === undefined) throw new Error('more scans than the round has');
    begin.run();
    if (next === 0) insertSale.run(sale);
    insertLine.run(current.line);
    setLastLine.run(current.line['line_id'], sale['sale_id']);
    insertCommand.run(current.command);
    commit.run();
    next += 1;
    return { ...current.reply, id };
  };
}
