import { sql } from 'drizzle-orm';
import type { WriteTx } from './database-types.ts';
import { writeStatement } from './statement.ts';

/** Documents in one transaction: about 2 ms, so that a sale meanwhile does not wait. */
const SLICE = 200;

const connection = writeStatement((orm) => orm);

/**
 * Takes the payloads of sales and cancellations that were confirmed from `fromMs` on and before `beforeMs`, some hundred at a time; the hash
 * stays, and with it what shows that nothing was changed. Of the payload only the way is left that a late cancellation
 * would need; of a sale whose cancellation has not ended everything is, as that is compared with it. Answers how many were taken; 0 when there is none left.
 */
export function purgePayloads(
  tx: WriteTx,
  { fromMs, beforeMs }: { readonly fromMs: number; readonly beforeMs: number },
): number {
  const { changes } = connection(tx).run(
    sql`UPDATE outbox SET payload = json_object('purged', json('true'), 'kind', kind,
          'showcaseId', payload ->> 'showcaseId', 'branchCode', payload ->> 'branchCode')
        WHERE document_id IN (
          SELECT document_id FROM outbox
          WHERE state = 'confirmed' AND confirmed_at_ms >= ${fromMs} AND confirmed_at_ms < ${beforeMs} AND kind IN ('sale', 'cancellation')
            AND payload ->> 'purged' IS NULL
            AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.natural_key = outbox.natural_key AND o.kind <> outbox.kind
              AND o.state NOT IN ('confirmed', 'annulled', 'discarded'))
          ORDER BY confirmed_at_ms LIMIT ${sql.raw(String(SLICE))})`,
  );
  return changes;
}
