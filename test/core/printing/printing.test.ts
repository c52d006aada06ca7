import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { createPrinting, type Printing } from '../../../core/printing/printing.ts';
import { toPrinterRecord } from '../../../core/printing/printing-view.ts';
import { sendBytes } from '../../../core/printing/send-bytes.ts';
import { listUnfinishedPrintJobs } from '../../../db/print-queries.ts';
import { savePrinter } from '../../../db/print-writes.ts';
import { insertPaper } from '../../../db/sale-document-writes.ts';
import { startReceiptPrinter } from '../../support/receipt-printer.ts';
import { createFakeClock, quietLog, settle, temporaryDatabase } from '../sync/support.ts';

/* The waits between tries, on a clock that the test moves; the database file and the printer's closed port are real. */

const database = temporaryDatabase();
let printing: Printing | null = null;
afterEach(async () => {
  await printing?.stop();
  database.remove();
});

it('tries a printer that is away for about a quarter of an hour, ever more seldom, then leaves the paper to a person', async () => {
  const printer = await startReceiptPrinter();
  await printer.switchOff();
  const { db } = database;
  const clock = createFakeClock();
  const waits: number[] = [];
  let tried: () => void = () => undefined;
  printing = createPrinting({
    db,
    clock: {
      ...clock,
      // Each rest of the queue is noted and over at once, until it rests for good.
      sleep: (ms, signal) => {
        if (ms <= 30_000) waits.push(ms);
        tried();
        return ms > 30_000 ? clock.sleep(ms, signal) : Promise.resolve();
      },
    },
    log: quietLog,
    sendBytes,
    onStorageFailure: () => undefined,
    onChange: () => undefined,
  });
  db.write((tx) => {
    const target = { kind: 'network', host: '127.0.0.1', port: printer.port } as const;
    savePrinter(tx, toPrinterRecord({ target, columns: 48, codePage: 'cp860', cut: true, drawer: false }));
    insertPaper(
      tx,
      {
        paperId: randomUUID(),
        documentId: randomUUID(),
        kind: 'supply',
        templateVersion: 1,
        lines: '[]',
        createdAtMs: clock.nowMs(),
      },
      { opensDrawer: false },
    );
  });
  const failed = new Promise<void>((resolve) => {
    tried = () => {
      if (listUnfinishedPrintJobs(db.read)[0]?.state === 'failed') resolve();
    };
  });
  printing.start();
  await failed;
  await settle();
  expect(listUnfinishedPrintJobs(db.read)).toMatchObject([
    { state: 'failed', attempts: 30, troubleCode: 'unreachable' },
  ]);
  expect(waits.slice(0, 6)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000]);
  expect(waits).toHaveLength(30);
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(12 * 60_000);
});
