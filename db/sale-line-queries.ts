import { and, asc, eq, gt, isNull, sql } from 'drizzle-orm';
import type { ReadDb } from './database-types.ts';
import { saleItems, type sales } from './schema-sale.ts';
import { salespeople } from './schema-setup.ts';
import { plainRows, readingMemory, readStatement } from './statement.ts';

/** A line as rung: what the view, the sums and the document of a sale are made of. */
export type SaleItemRecord = Pick<
  typeof saleItems.$inferSelect,
  | 'lineId'
  | 'position'
  | 'sku'
  | 'barcode'
  | 'productCode'
  | 'reference'
  | 'description'
  | 'color'
  | 'print'
  | 'size'
  | 'quantityMilli'
  | 'unitPriceCents'
  | 'discountKind'
  | 'discountValue'
  | 'discountApprovedBy'
  | 'salespersonCode'
> & { readonly salespersonId: number | null; readonly salespersonName: string | null };
type Line = Omit<SaleItemRecord, 'salespersonId' | 'salespersonName'>;
type Salesperson = Pick<SaleItemRecord, 'salespersonId' | 'salespersonName'>;

/** Each is named by the trigger that counts changes of lines: see `listSaleItems`. */
const LINE_FIELDS = {
  lineId: saleItems.lineId,
  position: saleItems.position,
  sku: saleItems.sku,
  barcode: saleItems.barcode,
  productCode: saleItems.productCode,
  reference: saleItems.reference,
  description: saleItems.description,
  color: saleItems.color,
  print: saleItems.print,
  size: saleItems.size,
  quantityMilli: saleItems.quantityMilli,
  unitPriceCents: saleItems.unitPriceCents,
  discountKind: saleItems.discountKind,
  discountValue: saleItems.discountValue,
  discountApprovedBy: saleItems.discountApprovedBy,
  salespersonCode: saleItems.salespersonCode,
};

const linesAfter = readStatement((orm) =>
  orm
    .select(LINE_FIELDS)
    .from(saleItems)
    .where(
      and(
        eq(saleItems.saleId, sql.placeholder('saleId')),
        gt(saleItems.position, sql.placeholder('position')),
        isNull(saleItems.removedAtMs),
      ),
    )
    .orderBy(asc(saleItems.position))
    .prepare(),
);

const SALESPERSON_FIELDS = { salespersonId: salespeople.salespersonId, salespersonName: salespeople.name };
const NOBODY: Salesperson = { salespersonId: null, salespersonName: null };

const salespersonByCode = readStatement((orm) =>
  orm
    .select(SALESPERSON_FIELDS)
    .from(salespeople)
    .where(eq(salespeople.salespersonCode, sql.placeholder('code')))
    .prepare(),
);

/** The lines of one sale as they were read last, with those who sold them. */
type ReadLines = {
  readonly saleId: string;
  readonly itemChanges: number;
  readonly items: readonly SaleItemRecord[];
  readonly sellers: ReadonlyMap<string, Salesperson>;
};

const lastRead = readingMemory<ReadLines>();

/**
 * The lines of a sale in the order of the scans, without the removed ones.
 *
 * A scan adds a line to a sale of which every other one was read a moment ago, and reading a hundred takes longer than
 * all else a scan does. Those are used again when the sale's own count says that none of them changed, the names are
 * what they were, and only what came after the last one is read. docs/decisions/0027-lines-of-the-sale-being-rung.md
 */
export function listSaleItems(
  db: ReadDb,
  { saleId, itemChanges }: Pick<typeof sales.$inferSelect, 'saleId' | 'itemChanges'>,
): readonly SaleItemRecord[] {
  const known = lastRead.recall(db);
  const before =
    known?.saleId === saleId && known.itemChanges === itemChanges && isNamedStill(db, known) ? known : null;
  const items = before?.items ?? [];
  const position = items.at(-1)?.position ?? 0;
  const added = plainRows<Line>(LINE_FIELDS, linesAfter(db).values({ saleId, position }));
  if (before !== null && added.length === 0) return items;
  const sellers = new Map(before?.sellers);
  const named = added.map((line): SaleItemRecord => {
    const { salespersonCode: code } = line;
    if (code === null) return { ...line, ...NOBODY };
    const seller = sellers.get(code) ?? findSeller(db, code);
    sellers.set(code, seller);
    return { ...line, ...seller };
  });
  const read = { saleId, itemChanges, items: [...items, ...named], sellers };
  lastRead.remember(db, read);
  return read.items;
}

function isNamedStill(db: ReadDb, { sellers }: ReadLines): boolean {
  return [...sellers].every(([code, seller]) => {
    const { salespersonId, salespersonName } = findSeller(db, code);
    return salespersonId === seller.salespersonId && salespersonName === seller.salespersonName;
  });
}

function findSeller(db: ReadDb, code: string): Salesperson {
  return plainRows<Salesperson>(SALESPERSON_FIELDS, salespersonByCode(db).values({ code }))[0] ?? NOBODY;
}
