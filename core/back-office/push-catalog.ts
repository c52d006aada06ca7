import type { RecordOutcome, SkuIdentity } from '../../contract/back-office.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { ok, type Result } from '../../contract/result.ts';
import { callPatiently, type BackOfficeLink, type Patience } from './back-office-link.ts';
import { batchEntries, findSku, toBatch } from './catalog-batch-rules.ts';
import type { CatalogEntry, CatalogPlan } from './catalog-plan-rules.ts';
import type { Noted, PushJournal } from './push-journal.ts';

/** Times a record that got no answer of its own is asked for in one run. */
const MAX_ROUNDS = 3;
/** Before those are asked again: somebody has the record open. */
const ROUND_PAUSE_MS = 500;

export type PushPorts = Patience & {
  readonly link: BackOfficeLink;
  readonly journal: PushJournal;
  readonly showcaseId: number;
  readonly priceTableId: number;
  readonly batchSize: number;
  /** After each call: how many of the records of this kind have an answer. */
  readonly onProgress: (kind: CatalogEntry['kind'], done: number, all: number) => void;
};

/** What is known of each record at the end, and why the run ended before its end. */
export type PushRun = { readonly noted: ReadonlyMap<string, Noted>; readonly stopped: Refusal | null };

/**
 * Sends a plan, batch by batch; what was taken in an earlier run is not sent again.
 *
 *   products -> prices -> stock; each:  batch -> outcomes -> progress file
 *                                         |- unknown -> asked again, three rounds
 *                                         '- no answer -> waited for, then the run ends where it is
 *
 * A kill loses at most the outcomes of one call, whose records are sent again: the ERP includes or changes.
 */
export async function pushCatalog(plan: CatalogPlan, ports: PushPorts): Promise<PushRun> {
  const { link, journal, showcaseId } = ports;
  const noted = new Map(journal.earlier);
  const skusByProduct = new Map<string, readonly SkuIdentity[]>();

  function isDone({ id }: CatalogEntry): boolean {
    const result = noted.get(id)?.result;
    return result === 'unchanged' || result === 'included' || result === 'changed';
  }

  async function sendBatch(
    entries: readonly CatalogEntry[],
    keys: ReadonlyMap<string, string>,
  ): Promise<Refusal | null> {
    const batch = toBatch(entries, keys, ports);
    const sent = await callPatiently(() => link.write(batch), ports);
    if (!sent.ok) return sent.error;
    const byKey = new Map(sent.value.map((outcome) => [outcome.key, outcome]));
    note(entries.map((entry) => toNoted(entry, byKey.get(keys.get(entry.id) ?? ''))));
    return null;
  }

  function note(outcomes: readonly Noted[]): void {
    journal.note(outcomes);
    for (const outcome of outcomes) noted.set(outcome.id, outcome);
  }

  /** The key each record is sent under; one whose SKU the ERP does not have is noted as refused. */
  async function findKeys(entries: readonly CatalogEntry[]): Promise<Result<ReadonlyMap<string, string>, Refusal>> {
    const keys = new Map<string, string>();
    for (const entry of entries) {
      if (entry.kind === 'products') keys.set(entry.id, entry.record.productCode);
      else if (entry.ref.sku !== null) keys.set(entry.id, entry.ref.sku);
      else {
        const { productCode } = entry.ref;
        const known = skusByProduct.get(productCode);
        const skus =
          known === undefined ? await callPatiently(() => link.findSkus(showcaseId, productCode), ports) : ok(known);
        if (!skus.ok) return skus;
        skusByProduct.set(productCode, skus.value);
        const found = findSku(entry.ref, skus.value);
        if (found.ok) keys.set(entry.id, found.value);
        else note([{ id: entry.id, result: 'refused', text: found.error, transId: null }]);
      }
    }
    return ok(keys);
  }

  async function sendKind(kind: CatalogEntry['kind'], entries: readonly CatalogEntry[]): Promise<Refusal | null> {
    let left = entries.filter((entry) => !isDone(entry));
    for (let round = 0; round < MAX_ROUNDS && left.length > 0; round += 1) {
      if (round > 0) await ports.sleep(ROUND_PAUSE_MS);
      for (const batch of batchEntries(left, ports.batchSize)) {
        const keys = await findKeys(batch);
        if (!keys.ok) return keys.error;
        const known = batch.filter(({ id }) => keys.value.has(id));
        const failed = known.length === 0 ? null : await sendBatch(known, keys.value);
        if (failed !== null) return failed;
        ports.onProgress(kind, entries.filter(({ id }) => noted.has(id)).length, entries.length);
      }
      left = left.filter(({ id }) => noted.get(id)?.result === 'unknown');
    }
    return null;
  }

  const stopped =
    (await sendKind('products', plan.products)) ??
    (await sendKind('prices', plan.prices)) ??
    (await sendKind('stock', plan.stock));
  return { noted, stopped };
}

function toNoted({ id }: CatalogEntry, outcome: RecordOutcome | undefined): Noted {
  return outcome === undefined
    ? { id, result: 'unknown', text: null, transId: null }
    : { id, result: outcome.result, text: outcome.text, transId: outcome.transId };
}
