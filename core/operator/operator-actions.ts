import { ok, refuse } from '../../contract/result.ts';
import type { Database } from '../../db/database-types.ts';
import {
  findCurrentOperator,
  findOperator,
  insertApproval,
  setLogin,
  type OperatorRecord,
} from '../../db/operator-queries.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { ActionHandler, CommandHandler } from '../handlers.ts';
import type { Random } from '../random.ts';
import { grantFor, requireOperator } from './authorise.ts';
import type { CheckPin } from './check-pin.ts';
import { operatorView } from './operator-queries.ts';
import { lowestProfileFor } from './operator-rules.ts';

/** A leave is for what is on the screen now. */
const APPROVAL_VALID_MS = 2 * 60_000;

/** Who is at the till, and a superior's leave on the spot. */
export function createOperatorActions({
  db,
  clock,
  random,
  checkPin,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
  readonly checkPin: CheckPin;
}): {
  readonly 'operator.login': ActionHandler<'operator.login'>;
  readonly 'operator.approve': ActionHandler<'operator.approve'>;
} {
  const findHere = (code: string): OperatorRecord | null => findOperator(db.read, code);

  return {
    'operator.login': async ({ code, pin }) => {
      if (findEnrolment(db.read) === null) return refuse({ code: 'station_not_enrolled' });
      const checked = await checkPin(code, pin, findHere);
      if (!checked.ok) return checked;
      const nowMs = clock.nowMs();
      db.write((tx) => {
        setLogin(tx, code, nowMs);
        appendAudit(tx, { atMs: nowMs, operatorCode: code, action: 'login', subjectId: code });
      });
      return ok(operatorView(checked.value));
    },

    'operator.approve': async ({ code, pin, permission }) => {
      const asking = requireOperator(db.read);
      if (!asking.ok) return asking;
      const checked = await checkPin(code, pin, findHere);
      if (!checked.ok) return checked;
      const superior = checked.value;
      if (superior.profile === 'cashier' || grantFor(superior, permission) !== 'yes') {
        return refuse({ code: 'permission_required', permission, profile: lowestProfileFor(permission) });
      }
      const nowMs = clock.nowMs();
      const approvalId = random.newId();
      db.write((tx) => {
        const requestedBy = asking.value.operatorCode;
        insertApproval(tx, {
          approvalId,
          permission,
          operatorCode: code,
          requestedBy,
          grantedAtMs: nowMs,
          expiresAtMs: nowMs + APPROVAL_VALID_MS,
        });
        appendAudit(tx, {
          atMs: nowMs,
          operatorCode: requestedBy,
          approvedBy: code,
          action: 'approval',
          subjectId: approvalId,
          detail: { permission },
        });
      });
      return ok({ approvalId, operator: operatorView(superior) });
    },
  };
}

/** Leaves the till; what was being rung stays for the next operator. */
export function createLogout(view: CommandHandler<'operator.logout'>['view']): CommandHandler<'operator.logout'> {
  return {
    decide: (tx, { reason }, { nowMs }) => {
      const operator = findCurrentOperator(tx);
      setLogin(tx, null, nowMs);
      if (operator !== null)
        appendAudit(tx, {
          atMs: nowMs,
          operatorCode: operator.operatorCode,
          action: 'logout',
          subjectId: operator.operatorCode,
          detail: { reason },
        });
      return ok({});
    },
    view,
  };
}
