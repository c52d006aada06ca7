import type { BackOfficeBatch, SkuIdentity } from '../../contract/back-office.ts';
import { ok, type Result } from '../../contract/result.ts';
import type { CatalogEntry, PriceEntry, ProductEntry, SkuRef, StockEntry } from './catalog-plan-rules.ts';

/** Cuts entries of one kind into calls. The ERP answers stock by SKU alone, so that a call is about one branch. */
export function batchEntries(entries: readonly CatalogEntry[], size: number): CatalogEntry[][] {
  const groups = Map.groupBy(entries, (entry) => (entry.kind === 'stock' ? entry.record.branchCode : ''));
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / size) }, (_, index) => group.slice(index * size, (index + 1) * size)),
  );
}

/** The call for entries of one kind, with the keys they are sent under. */
export function toBatch(
  entries: readonly CatalogEntry[],
  keys: ReadonlyMap<string, string>,
  { showcaseId, priceTableId }: { readonly showcaseId: number; readonly priceTableId: number },
): BackOfficeBatch {
  const withSku = <Record>({
    id,
    record,
  }: {
    readonly id: string;
    readonly record: Record;
  }): Record & { sku: string } => ({
    ...record,
    sku: keys.get(id) ?? '',
  });
  switch (entries[0]?.kind) {
    case 'products':
      return {
        kind: 'products',
        showcaseId,
        records: (entries as readonly ProductEntry[]).map(({ record }) => record),
      };
    case 'prices':
      return { kind: 'prices', showcaseId, priceTableId, records: (entries as readonly PriceEntry[]).map(withSku) };
    case 'stock':
      return { kind: 'stock', showcaseId, records: (entries as readonly StockEntry[]).map(withSku) };
    case undefined:
      throw new Error('a batch of nothing');
  }
}

/** The SKU that a line means among those of its product: by barcode, else by colour, print and size. */
export function findSku(ref: SkuRef, skus: readonly SkuIdentity[]): Result<string, string> {
  const same = (own: string, other: string): boolean => own === '' || own.toLowerCase() === other.toLowerCase();
  const found = skus.filter((sku) =>
    ref.barcode !== ''
      ? sku.barcodes.includes(ref.barcode)
      : same(ref.colorCode, sku.colorCode) && same(ref.printCode, sku.printCode) && same(ref.size, sku.size),
  );
  const [only] = found;
  if (only !== undefined && found.length === 1) return ok(only.sku);
  const means = ref.barcode === '' ? `cor "${ref.colorCode}", tamanho "${ref.size}"` : `barra ${ref.barcode}`;
  const count = found.length === 0 ? 'nenhum SKU' : `${found.length} SKUs`;
  return { ok: false, error: `o ERP tem ${count} no produto ${ref.productCode} com ${means}: informe a coluna sku` };
}
