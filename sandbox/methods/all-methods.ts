import type { DialectControl } from '../dialects/dialect.ts';
import type { ErpMethod } from '../http/erp-method.ts';
import type { NextId } from '../store/next-id.ts';
import type { Store } from '../store/open-store.ts';
import { createRunBatch } from './batch-writes.ts';
import { cashWrites } from './cash-writes.ts';
import { creditMethods } from './credit-methods.ts';
import { createCredits } from './credits.ts';
import { customerMethods } from './customer-methods.ts';
import { createCustomers } from './customers.ts';
import { createExchangeRows, exchangeReads } from './exchange-reads.ts';
import { exchangeWrites } from './exchange-writes.ts';
import { includeOrder } from './include-order.ts';
import { orderReads } from './order-reads.ts';
import { orderStatus } from './order-status.ts';
import { priceAndStockReads } from './price-and-stock-reads.ts';
import { priceAndStockWrites } from './price-and-stock-writes.ts';
import { productReads } from './product-reads.ts';
import { productWrites } from './product-writes.ts';
import { PAYMENT_TYPES, registerReads } from './register-reads.ts';
import { returnableReads } from './returnable-reads.ts';
import { stationWrites } from './station-writes.ts';

/** `maxBatch`: records in one batch write. */
export type MethodOptions = {
  readonly maxBatch: number;
  readonly dialect: DialectControl;
  readonly nowMs: () => number;
  readonly nextId: NextId;
};

/** What this ERP answers now; a dialect may spell a method otherwise. */
export type Methods = {
  readonly find: (name: string) => ErpMethod | undefined;
  readonly list: () => readonly ErpMethod[];
};

/** Everything this ERP answers, by the name the path spells. */
export function allMethods(store: Store, options: MethodOptions): Methods {
  const { nextId, dialect } = options;
  const customers = createCustomers(store.db, nextId);
  const credits = createCredits(store.db);
  const exchanges = createExchangeRows(store);
  const runBatch = createRunBatch(store.db, options.maxBatch);
  const methods = [
    ...productReads(store),
    ...priceAndStockReads(store),
    ...registerReads(store, options.nowMs),
    ...customerMethods(store, customers),
    ...orderReads(store, exchanges),
    includeOrder(store, { nextId, customers, credits, dialect }),
    orderStatus(store, { ...options, credits }),
    ...exchangeWrites(store, nextId),
    exchangeReads(exchanges, dialect),
    returnableReads(store, options.nowMs),
    ...creditMethods(store, credits),
    ...stationWrites(store, options.maxBatch),
    productWrites(store, nextId, runBatch),
    ...priceAndStockWrites(store, nextId, runBatch),
    cashWrites(store, nextId, runBatch),
  ];
  const byName = new Map(methods.map((method) => [method.name, method]));
  const isSpelt = (name: string): boolean => name !== PAYMENT_TYPES[dialect.current().paymentTypes === 'newer' ? 1 : 0];
  return {
    find: (name) => (isSpelt(name) ? byName.get(name) : undefined),
    list: () => methods.filter(({ name }) => isSpelt(name)),
  };
}
