import type { Database } from '../../db/database-types.ts';
import { isStorageFailure } from '../../db/machine-error.ts';
import { hasOutboxKey, findLastRestoration, noteSalesSince } from '../../db/restore-writes.ts';
import { appendAudit } from '../audit/audit.ts';
import { businessDaysBetween } from '../business-day-rules.ts';
import type { Clock } from '../clock.ts';
import type { Connector } from '../connectors/connector.ts';
import type { Log } from '../log.ts';
import { findOwnBranch, findOwnStation, readTimeZone } from '../setup/read-policies.ts';

/** An older backup is told as what the last days hold: each day is one call to the ERP. */
const MAX_DAYS = 31;

/** Asked with each heartbeat until it is known; one at a time. */
export function createSalesSince({
  onStorageFailure,
  ...ports
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly onStorageFailure: (error: unknown) => void;
}): { readonly ask: (connector: Pick<Connector, 'readDay'>) => void } {
  let isAsking = false;

  async function ask(connector: Pick<Connector, 'readDay'>): Promise<void> {
    if (isAsking) return;
    isAsking = true;
    try {
      await reportSalesSince({ ...ports, connector });
    } catch (error) {
      ports.log.error('sales since the backup', { error: error instanceof Error ? error.stack : String(error) });
      if (isStorageFailure(error)) onStorageFailure(error);
    } finally {
      isAsking = false;
    }
  }

  return { ask: (connector) => void ask(connector) };
}

/**
 * After a restoration: counts the sales under this station's code that the ERP holds and this database does not, day by
 * day from the backup to the restoration, and notes them once. They are safe at the ERP; what is in neither exists on
 * paper alone. Answers without a word when there is nothing to report or the ERP does not answer: asked again later.
 */
async function reportSalesSince({
  db,
  connector,
  clock,
  log,
}: {
  readonly db: Database;
  readonly connector: Pick<Connector, 'readDay'>;
  readonly clock: Clock;
  readonly log: Log;
}): Promise<void> {
  const restored = findLastRestoration(db.read);
  const station = findOwnStation(db.read);
  const branch = findOwnBranch(db.read);
  if (restored === null || restored.answeredAtMs !== null || station === null || branch === null) return;
  const { fileNewestAtMs, restoredAtMs } = restored;
  const timeZone = readTimeZone(db.read);
  let sales = 0;
  let cents = 0;
  for (const businessDay of businessDaysBetween(fileNewestAtMs, restoredAtMs, { timeZone, most: MAX_DAYS })) {
    const { showcaseId, stationCode } = station;
    const reply = await connector.readDay({ businessDay, showcaseId, branchCode: branch.branchCode, stationCode });
    if (!reply.ok) return log.warn('sales since the backup not read', { businessDay, text: reply.failure.text });
    const missing = reply.value.filter(({ number, isCancelled }) => !isCancelled && !hasOutboxKey(db.read, number));
    sales += missing.length;
    cents += missing.reduce((sum, { totalCents }) => sum + totalCents, 0);
  }
  db.write((tx) => {
    const atMs = clock.nowMs();
    if (!noteSalesSince(tx, { restoredAtMs: restored.restoredAtMs, sales, cents, atMs })) return;
    const detail = { fileNumber: restored.fileNumber, raisedTo: restored.raisedTo, sales, cents };
    appendAudit(tx, { atMs, operatorCode: null, action: 'sales_since_backup', subjectId: null, detail });
  });
}
