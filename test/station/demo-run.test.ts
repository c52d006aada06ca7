import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { findingsOf } from '../../scripts/demo/report.ts';

const DEMO = fileURLToPath(new URL('../../scripts/demo.ts', import.meta.url));

async function runDemo(): Promise<{ code: number | null; told: string; last: Record<string, unknown> }> {
  const child = spawn(process.execPath, [DEMO, '--json', '--sales', '60', '--seed', '7'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const [out, told] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await exited;
  const line = out.trim().split('\n').at(-1) ?? '';
  // Without a result the story could not be told to its end; its own words say why.
  expect(line, told).not.toBe('');
  return { code, told, last: JSON.parse(line) as Record<string, unknown> };
}

it('sells through outages, faults and two kills, and the ERP ends with exactly what was sold', async () => {
  const { code, told, last } = await runDemo();
  expect(last, told).toMatchObject({
    sold: 60,
    cancelled: 3,
    confirmed: 60,
    lost: 0,
    doubled: 0,
    unequal: 0,
    strangers: 0,
    gaps: 0,
    kills: 2,
    restores: 1,
  });
  expect(Object.values(last['faults'] as Record<string, number>).every((count) => count > 0)).toBe(true);
  expect(code).toBe(0);
});

it('does not pass when a fault never struck, a sale is missing or a kill did not happen', () => {
  const comparison = { lost: [], doubled: [], unequal: [], strangers: [], gaps: [] };
  const faults = {
    down: 1,
    slow: 1,
    timeoutAfterCommit: 1,
    dropReply: 1,
    http500: 1,
    duplicateDelivery: 1,
    partialErrors: 1,
  };
  const good = {
    sold: 2,
    cancelled: 1,
    confirmed: 2,
    comparison,
    drainSeconds: 1,
    healSeconds: 0,
    calls: 9,
    concurrentCalls: 0,
    faults,
    restores: 1,
    passwordFixes: 1,
    kills: 2,
    killNotes: [],
  };
  expect(findingsOf(good)).toEqual([]);
  expect(findingsOf({ ...good, faults: { ...faults, slow: 0 } })).toEqual(['fault slow never struck']);
  expect(findingsOf({ ...good, confirmed: 1 })).toHaveLength(1);
  expect(findingsOf({ ...good, kills: 1 })).toHaveLength(1);
  expect(findingsOf({ ...good, restores: 0 })).toHaveLength(1);
  expect(findingsOf({ ...good, passwordFixes: 0 })).toHaveLength(1);
  expect(findingsOf({ ...good, concurrentCalls: 3 })).toHaveLength(1);
  expect(findingsOf({ ...good, comparison: { ...comparison, lost: ['E01000000001: not at the ERP'] } })).toHaveLength(
    1,
  );
});
