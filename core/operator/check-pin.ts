import type { RefusalOf } from '../../contract/refusals.ts';
import { ok, refuse, type Result } from '../../contract/result.ts';
import type { Database } from '../../db/database-types.ts';
import { findLockout, setLockout } from '../../db/operator-queries.ts';
import { appendAudit } from '../audit/audit.ts';
import type { Clock } from '../clock.ts';
import { afterWrongPin } from './operator-rules.ts';
import { isPinRight } from './pin.ts';

export type PinRefusal = RefusalOf<'operator_unknown' | 'pin_wrong' | 'operator_locked'>;

/** Who `code` is, in the register kept here or in the one just read. */
type FindOperator<Operator> = (code: string) => Operator | null;

/** Whether a person is who they say. Wrong PINs in a row lock the operator, over restarts, and are audited. */
export type CheckPin = <Operator extends { readonly pinHash: string }>(
  code: string,
  pin: string,
  find: FindOperator<Operator>,
) => Promise<Result<Operator, PinRefusal>>;

/** PINs are checked off the core's thread, never in a transaction. */
export function createPinCheck({ db, clock }: { readonly db: Database; readonly clock: Clock }): CheckPin {
  // Checks run one after another for each operator: two guesses sent at once must not count as one.
  const checks = new Map<string, Promise<unknown>>();

  async function checkNow<Operator extends { readonly pinHash: string }>(
    code: string,
    pin: string,
    find: FindOperator<Operator>,
  ): Promise<Result<Operator, PinRefusal>> {
    const operator = find(code);
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

  return (code, pin, find) => {
    const check = (checks.get(code) ?? Promise.resolve()).then(() => checkNow(code, pin, find));
    const settled = check.then(
      () => undefined,
      () => undefined,
    );
    checks.set(code, settled);
    void settled.then(() => (checks.get(code) === settled ? checks.delete(code) : false));
    return check;
  };
}
