import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Remote, RemoteFailure } from '../../../core/connectors/connector.ts';
import { createMissingRegisters } from '../../../core/sync/missing-registers.ts';
import { listMissingRegisters } from '../../../db/missing-register-queries.ts';
import { saveOperator } from '../../../db/register-writes.ts';
import { createFakeClock, failure, quietLog, temporaryDatabase } from './support.ts';

let database: ReturnType<typeof temporaryDatabase>;
let told: string[];
let bear: (register: Parameters<ReturnType<typeof createMissingRegisters>>[0], failed: RemoteFailure | null) => string;

beforeEach(() => {
  database = temporaryDatabase();
  told = [];
  const note = (event: string): number => told.push(event);
  const log = { ...quietLog, warn: note, info: note };
  const bearMissing = createMissingRegisters({ db: database.db, clock: createFakeClock(), log });
  bear = (register, failed) => {
    const reply: Remote<string> = failed === null ? { ok: true, value: 'rows' } : { ok: false, failure: failed };
    const borne = bearMissing(register, reply, 'without');
    return borne.ok ? borne.value : borne.failure.class;
  };
});
afterEach(() => database.remove());

function missing(): string[] {
  return listMissingRegisters(database.db.read).map(({ register, detail }) => `${register} ${detail}`);
}

describe('a register that the server does not offer', () => {
  test('and no sale needs is told once, named for the doctor, and forgotten when it is back', () => {
    expect(bear('promotions', failure('method', 'not found'))).toBe('without');
    expect(bear('promotions', failure('method', 'not found'))).toBe('without');
    expect(missing()).toEqual(['promotions m: not found']);
    expect(told).toEqual(['register not offered']);
    expect(bear('promotions', null)).toBe('rows');
    expect(missing()).toEqual([]);
    expect(told).toEqual(['register not offered', 'register is back']);
    bear('promotions', null);
    expect(told).toHaveLength(2);
  });

  test.each([
    ['payment_terms', failure('refused', 'Parameter X not found'), 'without'],
    ['payment_terms', failure('transient', 'HTTP 404', { isNotFound: true }), 'without'],
    ['financial_reasons', failure('transient'), 'transient'],
    ['financial_reasons', failure('busy'), 'busy'],
    ['promotions', failure('password'), 'password'],
    ['salespeople', failure('method'), 'method'],
    ['branch', failure('method'), 'method'],
  ] as const)('%s with %o ends as %s', (register, failed, expected) => {
    expect(bear(register, failed)).toBe(expected);
  });

  test('is needed as long as nobody could log in without it', () => {
    expect(bear('operators', failure('method'))).toBe('method');
    database.db.write((tx) =>
      saveOperator(tx, {
        operatorId: 1,
        operatorCode: '1',
        name: 'Ana',
        profile: 'cashier',
        pinHash: '',
        permissions: '{}',
        isActive: true,
        transId: 1,
      }),
    );
    expect(bear('operators', failure('method'))).toBe('without');
    expect(bear('operators', failure('refused'))).toBe('refused');
  });
});
