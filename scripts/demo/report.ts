import type { DemoResult } from './run-demo.ts';

/** The core is killed this often: inside a call to the ERP, and inside a command. */
const EXPECTED_KILLS = 2;

/** The ERP comes back from a backup once, and its password is changed once. */
const EXPECTED_RESTORES = 1;

/** A sentence for each thing that is not as it should be; none when the demo proved what it set out to. */
export function findingsOf(result: DemoResult): string[] {
  const { comparison, faults, sold, confirmed, kills, concurrentCalls } = result;
  const findings = Object.entries(comparison).flatMap(([kind, sentences]) =>
    sentences.map((text) => `${kind}: ${text}`),
  );
  for (const [name, count] of Object.entries(faults)) if (count === 0) findings.push(`fault ${name} never struck`);
  if (confirmed !== sold) findings.push(`${sold} sold, ${confirmed} confirmed by the station's own list`);
  if (result.restores !== EXPECTED_RESTORES) findings.push(`${result.restores} restores of the ERP instead of one`);
  if (result.passwordFixes === 0) findings.push('no wrong password was put right');
  if (kills !== EXPECTED_KILLS) findings.push(`${kills} kills instead of ${EXPECTED_KILLS}`);
  if (concurrentCalls > 0) findings.push(`${concurrentCalls} calls of one login at the same time`);
  return findings;
}

/** The last line of `--json`. */
export function toJson(result: DemoResult, run: { readonly seed: number; readonly seconds: number }): object {
  const { comparison } = result;
  return {
    sold: result.sold,
    cancelled: result.cancelled,
    confirmed: result.confirmed,
    lost: comparison.lost.length,
    doubled: comparison.doubled.length,
    unequal: comparison.unequal.length,
    strangers: comparison.strangers.length,
    gaps: comparison.gaps.length,
    drainSeconds: Math.round(result.drainSeconds * 100) / 100,
    healSeconds: Math.round(result.healSeconds * 100) / 100,
    calls: result.calls,
    faults: result.faults,
    kills: result.kills,
    restores: result.restores,
    passwordFixes: result.passwordFixes,
    killNotes: result.killNotes,
    seed: run.seed,
    seconds: Math.round(run.seconds * 10) / 10,
  };
}

/** The same for people. */
export function describeDemo(result: DemoResult, seconds: number): string[] {
  const { comparison } = result;
  const rows: readonly (readonly [string, string])[] = [
    ['vendidas / sold', String(result.sold)],
    ['canceladas / cancelled', String(result.cancelled)],
    ['confirmadas / confirmed', String(result.confirmed)],
    ['perdidas / lost', String(comparison.lost.length)],
    ['dobradas / doubled', String(comparison.doubled.length)],
    ['diferentes / unequal', String(comparison.unequal.length)],
    ['desconhecidas / strangers', String(comparison.strangers.length)],
    ['buracos na numeração / gaps', String(comparison.gaps.length)],
    ['chamadas ao ERP / calls', String(result.calls)],
    ['núcleo morto / kills', String(result.kills)],
    ['ERP restaurado / restored', String(result.restores)],
    ['senha corrigida / password fixed', String(result.passwordFixes)],
    ['esvaziou a fila em / drained in', `${result.drainSeconds.toFixed(1)} s`],
    ['tempo / time', `${seconds.toFixed(1)} s`],
  ];
  const width = Math.max(...rows.map(([label]) => label.length));
  const faults = Object.entries(result.faults).map(([name, count]) => `${name} ${count}`);
  return [
    '',
    ...rows.map(([label, value]) => `${label.padEnd(width)}  ${value.padStart(8)}`),
    `falhas / faults: ${faults.join(', ')}`,
    ...result.killNotes.map((note) => `kill: ${note}`),
  ];
}
