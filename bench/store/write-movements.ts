import { randomUUID } from 'node:crypto';
import { openRaw, prepareInsert, type RawDatabase } from '../floor/raw-database.ts';

const DAY_MS = 86_400_000;
/** A busy station: its 100,000 sales are two thirds of a year. */
const SALES_A_DAY = 420;
/** One in so many was cancelled. */
const CANCELLED_EVERY = 40;
/** As large as the document of a sale of four items. */
const PAYLOAD = JSON.stringify({ kind: 'sale', text: 'x'.repeat(1_200) });

/**
 * Fills a prepared store with `count` movements, all confirmed: sales, and cancellations among them. Written raw, as
 * selling them would take minutes; what the list reads of them is there, lines and papers are not.
 */
export function writeMovements(file: string, count: number): void {
  const db = openRaw(file);
  db.pragma('synchronous = OFF');
  const cashSessionId = db.prepare('SELECT cash_session_id FROM cash_sessions').pluck().get() as string;
  const write = createWriter(db, cashSessionId);
  db.transaction(() => {
    for (let written = 0, number = 1; written < count; number += 1) {
      write.sale(number);
      written += 1;
      if (number % CANCELLED_EVERY !== 0 || written === count) continue;
      write.cancellation(number);
      written += 1;
    }
  })();
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.close();
}

function createWriter(db: RawDatabase, cashSessionId: string) {
  const origin = Date.now() - 400 * DAY_MS;
  const describe = (number: number) => {
    const atMs = origin + Math.floor((number / SALES_A_DAY) * DAY_MS);
    return {
      atMs,
      number: `E01${String(number).padStart(9, '0')}`,
      businessDay: new Date(atMs).toISOString().slice(0, 10),
      cents: 1_000 + ((number * 7_919) % 90_000),
    };
  };
  const saleIds = new Map<number, string>();
  const insert = new Map<string, ReturnType<typeof prepareInsert>>();
  const put = (table: string, row: Parameters<typeof prepareInsert>[2]): void => {
    const statement = insert.get(table) ?? prepareInsert(db, table, row);
    insert.set(table, statement);
    statement.run(row);
  };
  const queue = (documentId: string, kind: string, number: number, tick: number): void => {
    const { atMs, number: naturalKey, businessDay, cents } = describe(number);
    put('outbox', {
      document_id: documentId,
      kind,
      natural_key: naturalKey,
      payload: PAYLOAD,
      payload_hash: 'x'.repeat(64),
      amount_cents: cents,
      state: 'confirmed',
      attempts: 1,
      remote_ref: String(number),
      created_at_ms: atMs,
      confirmed_at_ms: atMs + 2_000,
      business_day: businessDay,
      tick,
    });
  };

  return {
    sale: (number: number): void => {
      const saleId = randomUUID();
      const { atMs, number: text, businessDay, cents } = describe(number);
      saleIds.set(number, saleId);
      put('sales', {
        sale_id: saleId,
        state: 'completed',
        cash_session_id: cashSessionId,
        operator_code: '1',
        started_at_ms: atMs,
        number: text,
        sequence: number,
        completed_at_ms: atMs,
        business_day: businessDay,
        policies_version: 1,
        gross_cents: cents,
        item_discount_cents: 0,
        sale_discount_cents: 0,
        total_cents: cents,
        change_cents: 0,
        pieces_milli: 1_000,
        tick: number * 2,
      });
      queue(saleId, 'sale', number, number * 2);
    },
    cancellation: (number: number): void => {
      const cancellationId = randomUUID();
      const { atMs, businessDay, cents } = describe(number);
      put('cancellations', {
        cancellation_id: cancellationId,
        sale_id: saleIds.get(number) ?? '',
        cash_session_id: cashSessionId,
        operator_code: '1',
        reason: 'Cliente desistiu',
        cancelled_at_ms: atMs + 60_000,
        business_day: businessDay,
        total_cents: cents,
        cash_back_cents: 0,
        tick: number * 2 + 1,
      });
      queue(cancellationId, 'cancellation', number, number * 2 + 1);
    },
  };
}
