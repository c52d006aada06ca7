import { busyError } from '../http/busy-licence.ts';
import { SESSION_GONE, WRONG_PASSWORD, type Credentials } from '../http/credentials.ts';
import { errorBody } from '../http/erp-error.ts';
import type { ErpReply } from '../http/erp-method.ts';
import type { FaultInjector, FaultTarget } from './fault-injector.ts';
import { LICENCE_STATUSES } from './fault-mix.ts';

/** A text that sounds as if the business had refused: only its status, or nothing at all, says otherwise. */
const BUSINESS_TEXT = 'Estoque insuficiente para concluir a operação';

/** What the ERP answers instead of doing anything; undefined when no such fault strikes. */
export function answerInstead(
  faults: FaultInjector,
  target: FaultTarget,
  user: string,
  credentials: Credentials,
): ErpReply | undefined {
  const licence = faults.strike('licenceBusy', target);
  if (licence !== undefined) return licenceBusy(licence.status ?? LICENCE_STATUSES[licence.turn % 4] ?? 401, user);
  if (faults.strike('wrongPassword401', target) !== undefined) return refusal(401, WRONG_PASSWORD);
  if (faults.strike('otherLogin401', target) !== undefined) return licenceBusy('connected', user);
  if (faults.strike('expiredSession401', target) !== undefined) {
    // The session really ends: a new login must not find the old one in its way.
    credentials.endSessions(user);
    return refusal(401, SESSION_GONE);
  }
  if (faults.strike('http500', target) !== undefined) return refusal(500, BUSINESS_TEXT);
  if (faults.strike('errorInside200', target) !== undefined)
    return { status: 200, body: errorBody(400, BUSINESS_TEXT) };
  return undefined;
}

function licenceBusy(form: number | 'connected', user: string): ErpReply {
  const known = form === 429 || form === 500 || form === 503 ? (`${form}` as const) : ('connected' as const);
  const { status, message } = busyError(form === 401 ? 'maximum' : known, user);
  return refusal(status, message);
}

function refusal(status: number, text: string): ErpReply {
  return { status, body: errorBody(status, text) };
}
