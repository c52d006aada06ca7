import { writeKeptTally } from '../support/kept-tally.ts';
import { cutRecording, type CutResult } from './cut-recording.ts';
import { busyLogProgram, programOf } from './controls.ts';
import type { PowerLossOptions } from './options.ts';
import { recordSession } from './record-session.ts';
import { readTally, type Tally } from './tally.ts';

/** Cuts of one recorded session: about one for each of its operations. */
const CUTS_OF_SESSION = 4_000;
/** Things done between two events of a session. */
const STEPS = 4;
/** Syncs of the first core once it sells: that many, after those of its enrolment. */
const FIRST_SYNC = 65;
const SYNCS = 60;
/** Findings of one cut that are printed. */
const SHOWN = 5;

/** Records sessions and cuts their power until `cuts` more were made. */
export async function losePower(options: PowerLossOptions, write: (line: string) => void): Promise<Tally> {
  const { control, resume, only } = options;
  const tally = readTally(resume, options.seed);
  const before = tally.seconds;
  const startedMs = performance.now();
  const last = tally.cuts + options.cuts;
  while (tally.cuts < last) {
    const seed = tally.next;
    // In every other session one sync of the first core fails.
    const failingSync = control === null && seed % 2 === 0 ? FIRST_SYNC + (seed % SYNCS) : null;
    // In every third one the log is moved while the till sells.
    const program = control === null && seed % 3 === 0 ? busyLogProgram() : programOf(control);
    const recording = await recordSession({ seed, steps: STEPS, program, failingSync });
    for (const { kind } of recording.operations) {
      if (kind === 'write' || kind === 'append') tally.writes += 1;
      if (kind === 'sync') tally.syncs += 1;
    }
    const cuts = Math.min(CUTS_OF_SESSION, last - tally.cuts);
    const tell = (result: CutResult): void => {
      tally.cuts += 1;
      count(tally, result);
      if (result.findings.length > 0) tellFindings(seed, result, write);
    };
    cutRecording(recording, { seed, cuts, only, isLying: control === 'lying-sync', tell });
    tally.next = seed + 1;
    tally.seconds = Math.round(before * 1000 + performance.now() - startedMs) / 1000;
    if (resume !== null) writeKeptTally(resume, tally);
    write(`session ${seed}: ${recording.operations.length} operations, ${tally.cuts} cuts, ${tally.failures} failures`);
    if (only !== null) break;
  }
  return tally;
}

function count(tally: Tally, { findings }: CutResult): void {
  if (findings.length > 0) tally.failures += 1;
  if (findings.some(({ kind }) => kind === 'lost')) tally.lost += 1;
  if (findings.some(({ kind }) => kind === 'ghost')) tally.ghosts += 1;
  if (findings.some(({ kind }) => kind === 'corrupt')) tally.corrupt += 1;
}

function tellFindings(seed: number, { cut, where, findings }: CutResult, write: (line: string) => void): void {
  write(`session ${seed}, cut ${cut} found ${findings.length}: ${where}`);
  for (const { kind, text } of findings.slice(0, SHOWN)) write(`  ${kind}: ${text}`);
}
