import { beforeAll, describe, expect, it } from 'vitest';
import { programOf } from './controls.ts';
import { cutRecording, type CutResult } from './cut-recording.ts';
import { recordSession, type Recording } from './record-session.ts';

/* Power cuts at the size of every change (docs/power-loss.md); `npm run power-loss` makes as many as one likes. */

let recording: Recording;
beforeAll(async () => {
  recording = await recordSession({ seed: 1, steps: 3 });
});

function cut(from: Recording, cuts: number, isLying = false): CutResult[] {
  const found: CutResult[] = [];
  cutRecording(from, { seed: 1, cuts, isLying, tell: (result) => void found.push(result) });
  return found;
}

// strace is Linux's; the files that are cut are the same everywhere.
describe.runIf(process.platform === 'linux')('power loss', () => {
  it('at 500 places of a session of real work loses, changes and invents nothing', () => {
    const results = cut(recording, 500);
    expect(results).toHaveLength(500);
    expect(results.filter(({ findings }) => findings.length > 0)).toEqual([]);
  });

  it('loses acknowledged work on a medium that lies about syncs, which shows that a loss is seen', () => {
    const kinds = new Set(cut(recording, 100, true).flatMap(({ findings }) => findings.map(({ kind }) => kind)));
    expect(kinds).toContain('lost');
    expect(kinds).toContain('corrupt');
  });

  it('loses acknowledged work with synchronous=NORMAL, which shows that a missing sync is seen', async () => {
    const weak = await recordSession({ seed: 1, steps: 1, program: programOf('synchronous-normal') });
    const lost = cut(weak, 200).filter(({ findings }) => findings.some(({ kind }) => kind === 'lost'));
    expect(lost.length).toBeGreaterThan(10);
  });
});
