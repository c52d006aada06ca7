import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import { findOpenSession, type CashSessionRecord } from '../../db/cash-session-queries.ts';
import type { ReadDb } from '../../db/database-types.ts';
import type { OperatorRecord } from '../../db/operator-queries.ts';
import { requireOperator } from '../operator/authorise.ts';
import { findLoadedSale, type LoadedSale } from './sale-view.ts';

/** Who stands at the till, with which drawer. */
export type Till = { readonly operator: OperatorRecord; readonly session: CashSessionRecord };

/** An operator and an open drawer, or what is missing. */
export function requireTill(
  db: ReadDb,
): Result<Till, RefusalOf<'login_required' | 'session_closed' | 'session_counted'>> {
  const operator = requireOperator(db);
  if (!operator.ok) return operator;
  const session = findOpenSession(db);
  if (session === null) return refuse({ code: 'session_closed' });
  // What was counted is compared with what was sold until then: nothing may move between count and closing.
  if (session.countedAtMs !== null) return refuse({ code: 'session_counted' });
  return ok({ operator: operator.value, session });
}

/** The sale that is being rung at this till, or why nothing can be changed on it. */
export function requireOpenSale(
  db: ReadDb,
  saleId: string,
): Result<
  Till & LoadedSale,
  RefusalOf<'login_required' | 'session_closed' | 'session_counted' | 'sale_not_found' | 'sale_not_open'>
> {
  const till = requireTill(db);
  if (!till.ok) return till;
  const loaded = findLoadedSale(db, saleId);
  if (loaded === null) return refuse({ code: 'sale_not_found', saleId });
  if (loaded.sale.state !== 'open') return refuse({ code: 'sale_not_open', saleId, state: loaded.sale.state });
  return ok({ ...till.value, ...loaded });
}

/** The same when the ERP does not have it already, completed on a disk of this station that is gone. */
export function requirePayableSale(
  db: ReadDb,
  saleId: string,
): Result<
  Till & LoadedSale,
  RefusalOf<
    | 'login_required'
    | 'session_closed'
    | 'session_counted'
    | 'sale_not_found'
    | 'sale_not_open'
    | 'sale_completed_elsewhere'
  >
> {
  const open = requireOpenSale(db, saleId);
  const number = open.ok ? open.value.sale.elsewhereNumber : null;
  return number === null ? open : refuse({ code: 'sale_completed_elsewhere', saleId, number });
}

/** The same when nothing was paid yet: prices do not move under a tender. */
export function requireUnpaidSale(
  db: ReadDb,
  saleId: string,
): Result<
  Till & LoadedSale,
  RefusalOf<
    'login_required' | 'session_closed' | 'session_counted' | 'sale_not_found' | 'sale_not_open' | 'tender_present'
  >
> {
  const open = requireOpenSale(db, saleId);
  if (open.ok && open.value.tenders.length > 0) {
    return refuse({ code: 'tender_present', tenderedCents: open.value.payment.tenderedCents });
  }
  return open;
}
