import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { Database } from '../../db/database-types.ts';
import {
  findLockout,
  findOperator,
  insertApproval,
  setLockout,
  setLogin,
  type OperatorRecord,
} from '../../db/operator-queries.ts';
import { findEnrolment } from '../../db/setup-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import type { ActionHandler, CommandHandler } from '../handlers.ts';
import type { Random } from '../random.ts';
import { grantFor, requireOperator } from './authorise.ts';
import { findCurrentOperator, operatorView } from './operator-queries.ts';
import { afterWrongPin, lowestProfileFor } from './operator-rules.ts';
import { isPinRight } from './pin.ts';

/** A leave is for what is on the screen now. */
const APPROVAL_VALID_MS = 2 * 60_000;

type PinRefusal = RefusalOf<'operator_unknown' | 'pin_wrong' | 'operator_locked'>;

/** Who is at the till, and a superior's leave on the spot. PINs are checked off the core's thread, never in a transaction. */
export function createOperatorActions({
  db,
  clock,
  random,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly random: Random;
}): {
  readonly 'operator.login': ActionHandler<'operator.login'>;
  readonly 'operator.approve': ActionHandler<'operator.approve'>;
} {
  // Checks run one after another for each operator: two guesses sent at once must not count as one.
  const checks = new Map<string, Promise<unknown>>();

  function checkPin(code: string, pin: string): Promise<Result<OperatorRecord, PinRefusal>> {
    const check = (checks.get(code) ?? Promise.resolve()).then(() => checkPinNow(code, pin));
    const settled = check.then(
      () => undefined,
      () => undefined,
    );
    checks.set(code, settled);
    void settled.then(() => (checks.get(code) === settled ? checks.delete(code) : false));
    return check;
  }

  async function checkPinNow(code: string, pin: string): Promise<Result<OperatorRecord, PinRefusal>> {
    const operator = findOperator(db.read, code);
    if (operator === null) return refuse({ code: 'operator_unknown', operatorCode: code });
    const { failures, lockedUntilMs } = findLockout(db.read, code);
    if (lockedUntilMs !== null && lockedUntilMs > clock.nowMs()) {
      return refuse({ code: 'operator_locked', until: new Date(lockedUntilMs).toISOString() });
    }
    if (await isPinRight(pin, operator.pinHash)) {
      if (failures > 0) db.write((tx) => setLockout(tx, code, 0, null));
      return ok(operator);
    }
    const nowMs = clock.nowMs();
    const { attemptsLeft, lockMinutes } = afterWrongPin(failures + 1);
    const until = lockMinutes === 0 ? null : nowMs + lockMinutes * 60_000;
    db.write((tx) => {
      setLockout(tx, code, failures + 1, until);
      appendAudit(tx, {
        atMs: nowMs,
        operatorCode: code,
        action: 'pin_wrong',
        subjectId: code,
        detail: { failures: failures + 1, lockMinutes },
      });
    });
    return until === null
      ? refuse({ code: 'pin_wrong', attemptsLeft })
      : refuse({ code: 'operator_locked', until: new Date(until).toISOString() });
  }

  return {
    'operator.login': async ({ code, pin }) => {
      if (findEnrolment(db.read) === null) return refuse({ code: 'station_not_enrolled' });
      const checked = await checkPin(code, pin);
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
      const checked = await checkPin(code, pin);
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
    decide: (tx, _input, { nowMs }) => {
      const operator = findCurrentOperator(tx);
      setLogin(tx, null, nowMs);
      if (operator !== null)
        appendAudit(tx, {
          atMs: nowMs,
          operatorCode: operator.operatorCode,
          action: 'logout',
          subjectId: operator.operatorCode,
        });
      return ok({});
    },
    view,
  };
}
