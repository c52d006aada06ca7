import type { Database } from '../../db/database-types.ts';
import { forgetMissingRegister, listMissingRegisters, noteMissingRegister } from '../../db/missing-register-queries.ts';
import { readRegisterContent } from '../../db/register-content.ts';
import type { Clock } from '../clock.ts';
import type { Remote, RemoteFailure } from '../connectors/connector.ts';
import type { Log } from '../log.ts';
import type { SmallRegister } from './small-registers.ts';

/** Nothing of a sale needs them: whatever the server says instead of them, it is noted and the station goes on. */
const WISHED: ReadonlySet<AnyRegister> = new Set(['payment_terms', 'financial_reasons', 'promotions']);
/** Registers of methods that are assumed: once they are here a server may lose the method, and the till goes on. */
const KEPT = ['station', 'operators'] as const;

/** The groups of stations are read along with the stations. */
type AnyRegister = SmallRegister | 'station_groups';
export type BearMissing = <Value>(register: AnyRegister, reply: Remote<Value>, without: Value) => Remote<Value>;

/**
 * A register that this server does not offer is no failure: it is told once, `doctor` names it, and the station goes on
 * with what it has. It counts as offered again as soon as it answers.
 */
export function createMissingRegisters({
  db,
  clock,
  log,
}: {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
}): BearMissing {
  return (register, reply, without) => {
    if (reply.ok) {
      // With each page that arrives: a read, and no write transaction that changes nothing.
      if (!listMissingRegisters(db.read).some((missing) => missing.register === register)) return reply;
      if (db.write((tx) => forgetMissingRegister(tx, register), Boolean)) log.info('register is back', { register });
      return reply;
    }
    if (!mayGoWithout(db, register, reply.failure)) return reply;
    const detail = `${reply.failure.method}: ${reply.failure.text}`;
    const isNew = db.write((tx) => noteMissingRegister(tx, { register, detail, sinceMs: clock.nowMs() }), Boolean);
    if (isNew) log.warn('register not offered', { register, detail });
    return { ok: true, value: without };
  };
}

function mayGoWithout(db: Database, register: AnyRegister, failure: RemoteFailure): boolean {
  const isMissing = failure.class === 'method' || failure.isNotFound === true;
  // Policies that were read stay; without any the till has its own defaults.
  if (register === 'station_groups') return isMissing;
  if (WISHED.has(register)) return isMissing || failure.class === 'refused';
  const kept = KEPT.find((name) => name === register);
  // Without an operator nobody may sell: the first load waits for this register.
  return isMissing && kept !== undefined && hasRows(readRegisterContent(db.read, kept));
}

/** Content is a list of tables; each of them has a row. */
function hasRows(content: string): boolean {
  return (JSON.parse(content) as unknown[][]).every((table) => table.length > 0);
}
