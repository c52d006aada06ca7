import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFolder } from '../../scripts/resolve-electron.ts';
import { runCommand } from '../../scripts/run-command.ts';
import { faultNames } from './fault-names.ts';
import { hostileBugs } from './planted-bugs.ts';
import type { HostileTally } from './run-hostile.ts';

/* Each fault of docs/hostile-erp.md once, and a few mixtures; `npm run hostile` goes on with mixtures. */

const TIMEOUT_MS = 480_000;

async function hostile(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly told: string; readonly tally: Partial<HostileTally> }> {
  const command = [join(projectFolder, 'scripts', 'hostile.ts'), ...args, '--json'];
  const { code, stdout, stderr } = await runCommand(process.execPath, command, {
    cwd: projectFolder,
    timeoutMs: TIMEOUT_MS,
  });
  return { code, told: stderr, tally: JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Partial<HostileTally> };
}

test(
  'each fault alone and some together: nothing is lost, doubled or unequal, and the till goes on',
  { timeout: TIMEOUT_MS },
  async () => {
    const rounds = faultNames.length + 3;
    const { code, told, tally } = await hostile('--rounds', String(rounds), '--seed', '1');
    const none = { lost: 0, doubled: 0, unequal: 0, stalls: 0, crashes: 0, failures: 0 };
    expect(tally, told).toMatchObject({ rounds, ...none });
    expect(tally.faults).toBeGreaterThan(2 * faultNames.length);
    expect(tally.documents).toBeGreaterThan(2 * faultNames.length);
    expect(code).toBe(0);
  },
);

test.each(hostileBugs)(
  'a planted bug is seen: $name',
  { timeout: TIMEOUT_MS },
  async ({ name, fault, told: words }) => {
    const { code, told, tally } = await hostile('--fault', fault, '--plant', name, '--rounds', '6');
    expect(tally.failures).toBeGreaterThan(0);
    expect(told).toMatch(words);
    expect(code).toBe(1);
  },
);
