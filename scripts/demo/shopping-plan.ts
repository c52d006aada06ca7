import type { DiscountInput } from '../../contract/sale-views.ts';
import type { Good } from './goods.ts';
import type { SeededRandom } from './seeded-random.ts';

/** How a discount is asked for; amounts follow from the sums the till shows. */
export type PlannedDiscount = {
  readonly kind: DiscountInput['kind'];
  readonly rateBp: number;
  readonly needsManager: boolean;
};

/** What one customer does, decided before the first scan. */
export type ShoppingPlan = {
  readonly items: readonly { readonly good: Good; readonly pieces: number; readonly correctedTo: number | null }[];
  readonly removesFirstItem: boolean;
  readonly itemDiscount: PlannedDiscount | null;
  readonly saleDiscount: PlannedDiscount | null;
  readonly salespersonCode: string;
  readonly hasCpf: boolean;
  /** A registered customer; nobody where it is left out. */
  readonly personId?: string;
  readonly payment: 'cash' | 'cash_with_change' | 'debit_card' | 'credit_card' | 'mixed';
  readonly installments: number;
  readonly brand: number;
  readonly acquirer: number;
  /** Put aside once and taken back. */
  readonly isParked: boolean;
  /** Rung and given up before: a sale that never becomes a document. */
  readonly abandonsOneFirst: boolean;
};

/** Below the cashier's 5 % together, with room for rounding on the cheapest line. */
const ITEM_DISCOUNT_BP = 240;
const SALE_DISCOUNT_BP = 180;
/** Within a manager's 15 %. */
const MANAGER_DISCOUNT_BP = 900;

export function planShopping(
  random: SeededRandom,
  goods: readonly Good[],
  salespeople: readonly string[],
): ShoppingPlan {
  const count = random.int(1, 6);
  return {
    items: Array.from({ length: count }, () => ({
      good: random.pick(goods),
      pieces: random.chance(0.8) ? 1 : random.int(2, 3),
      correctedTo: random.chance(0.08) ? random.int(1, 4) : null,
    })),
    removesFirstItem: count > 1 && random.chance(0.06),
    itemDiscount: random.chance(0.25) ? discount(random, ['percent', 'value', 'total'], ITEM_DISCOUNT_BP) : null,
    saleDiscount: random.chance(0.25) ? discount(random, ['percent', 'value', 'total'], SALE_DISCOUNT_BP) : null,
    salespersonCode: random.pick(salespeople),
    hasCpf: random.chance(0.2),
    payment: random.pick([
      'cash',
      'cash_with_change',
      'cash_with_change',
      'debit_card',
      'credit_card',
      'credit_card',
      'mixed',
    ]),
    installments: random.int(1, 6),
    brand: random.int(1, 5),
    acquirer: random.int(1, 5),
    isParked: random.chance(0.06),
    abandonsOneFirst: random.chance(0.04),
  };
}

function discount(random: SeededRandom, kinds: readonly DiscountInput['kind'][], limitBp: number): PlannedDiscount {
  const needsManager = random.chance(0.08);
  return {
    kind: random.pick(kinds),
    rateBp: needsManager ? MANAGER_DISCOUNT_BP / 2 : random.int(50, limitBp),
    needsManager,
  };
}
