import type { ErpMethod } from '../http/erp-method.ts';
import { createNextId } from '../store/next-id.ts';
import type { Store } from '../store/open-store.ts';
import { customerMethods } from './customer-methods.ts';
import { createCustomers } from './customers.ts';
import { includeOrder } from './include-order.ts';
import { orderReads } from './order-reads.ts';
import { orderStatus } from './order-status.ts';
import { priceAndStockReads } from './price-and-stock-reads.ts';
import { productReads } from './product-reads.ts';
import { registerReads } from './register-reads.ts';
import { stationWrites } from './station-writes.ts';

/** `maxBatch`: records in one batch write; `late3Revives`: a late status 3 brings a cancelled order back. */
export type MethodOptions = { readonly maxBatch: number; readonly late3Revives: boolean; readonly nowMs: () => number };

/** Everything this ERP answers, by the name the path spells. */
export function allMethods(store: Store, options: MethodOptions): ReadonlyMap<string, ErpMethod> {
  const nextId = createNextId(store.db);
  const customers = createCustomers(store.db, nextId);
  const methods = [
    ...productReads(store),
    ...priceAndStockReads(store),
    ...registerReads(store, options.nowMs),
    ...customerMethods(store, customers),
    ...orderReads(store),
    includeOrder(store, nextId, customers),
    orderStatus(store, nextId, options),
    ...stationWrites(store, options.maxBatch),
  ];
  return new Map(methods.map((method) => [method.name, method]));
}
