import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDatabase } from '../../db/open-database.ts';
import { createSeededRandom } from '../../scripts/demo/seeded-random.ts';
import { finishRestore } from '../../core/backup/finish-restore.ts';
import { createDisk, type NameModel } from './disk.ts';
import { cutPower, type Remains } from './cut-power.ts';
import { applyChange } from './journal.ts';
import { readFacts } from './read-facts.ts';
import type { Recording } from './record-session.ts';

/** Memory where there is such a folder: what a disk does is the model's affair here. */
const MEMORY_FOLDER = '/dev/shm';
const NAME_MODELS = ['journal', 'posix'] as const satisfies readonly NameModel[];

/** What a cut left that must not be. */
export type Finding = { readonly kind: 'lost' | 'ghost' | 'corrupt'; readonly text: string };
export type CutResult = { readonly cut: number; readonly where: string; readonly findings: readonly Finding[] };

export type CutOptions = {
  readonly seed: number;
  readonly cuts: number;
  /** Only this one of them. */
  readonly only?: number | null;
  /** A medium that keeps nothing of what it called synced. */
  readonly isLying?: boolean;
  readonly tell: (result: CutResult) => void;
};

/**
 * Cuts the power at `cuts` places of a recording, spread evenly over its operations, and opens what is left. Odd cuts are of
 * a file system with a journal of names, even ones of one that promises what POSIX does.
 */
export function cutRecording(
  recording: Recording,
  { seed, cuts, only = null, isLying = false, tell }: CutOptions,
): void {
  const parent = existsSync(MEMORY_FOLDER) ? MEMORY_FOLDER : tmpdir();
  const folder = mkdtempSync(join(parent, 'power-loss-'));
  const { operations } = recording;
  const chance = createSeededRandom(seed).fork('places');
  const places = Array.from(
    { length: cuts },
    (_, cut) => Math.floor(((cut + chance.unit()) / cuts) * operations.length) + 1,
  );
  const disks = NAME_MODELS.map((model) => createDisk(model, isLying));
  const journal = followJournal(recording);
  let done = 0;
  try {
    for (const [cut, place] of places.entries()) {
      for (; done < place; done += 1) {
        const operation = operations[done];
        if (operation === undefined) break;
        for (const disk of disks) disk.apply(operation);
        if (operation.kind === 'reply') journal.answered(operation.run, operation.id);
      }
      if (only !== null && only !== cut) continue;
      const random = createSeededRandom(seed).fork(`cut ${cut}`);
      const disk = disks[cut % disks.length];
      if (disk === undefined) throw new Error('no model of a disk');
      const remains = cutPower(disk, random);
      const last = operations[place - 1];
      const where = `after operation ${place} of ${operations.length} (${last?.kind} ${describe(last)}), names as ${NAME_MODELS[cut % disks.length]}, ${remains.fate}`;
      tell({ cut, where, findings: judgeRemains(folder, remains, journal) });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function describe(operation: Recording['operations'][number] | undefined): string {
  if (operation === undefined) return '';
  return operation.kind === 'reply' ? `to call ${operation.run}/${operation.id}` : operation.file;
}

type Follower = ReturnType<typeof followJournal>;

/** The journal up to a place in the recording: what was answered there, and what was only asked. */
function followJournal({ journal: { entries, isIgnored } }: Recording) {
  const facts = new Map<string, string>();
  const names = new Set(entries.flatMap(({ change }) => (change ?? []).map(([name]) => name)));
  let answered = 0;
  return {
    answered: (run: number, id: number): void => {
      if (isIgnored(run, id)) return;
      const entry = entries[answered];
      if (entry?.run !== run || entry.id !== id) throw new Error(`reply ${run}/${id} was recorded out of order`);
      applyChange(facts, entry.change ?? []);
      answered += 1;
    },
    facts: facts as ReadonlyMap<string, string>,
    /** Anybody is or will be told of it. */
    told: (name: string): boolean => names.has(name),
    inFlight: () =>
      entries
        .slice(answered)
        .flatMap(({ answeredBefore, change, method }) =>
          answeredBefore <= answered ? [{ method, change: change ?? [] }] : [],
        ),
  };
}

/** Puts the files into `folder`, opens them as the core does and compares. */
function judgeRemains(folder: string, { files }: Remains, journal: Follower): Finding[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const path of [...files.keys()].toSorted()) {
    const bytes = files.get(path);
    // A file whose folder has no name on the disk is out of reach.
    if (path === '.' || !existsSync(join(folder, dirname(path)))) continue;
    if (bytes === null || bytes === undefined) mkdirSync(join(folder, path));
    else writeFileSync(join(folder, path), bytes);
  }
  const data = join(folder, 'data');
  try {
    finishRestore(data);
    const db = openDatabase(join(data, 'station.db'), { nowMs: () => 1, newId: () => 'installation' });
    try {
      const { facts, wrong } = readFacts(data);
      return [...wrong.map((text): Finding => ({ kind: 'corrupt', text })), ...compare(facts, journal)];
    } finally {
      db.close();
    }
  } catch (error) {
    return [{ kind: 'corrupt', text: error instanceof Error ? (error.stack ?? error.message) : String(error) }];
  }
}

/** What was answered must be there as it was answered; what was asked is there whole, or not at all. */
function compare(found: Map<string, string>, journal: Follower): Finding[] {
  // A backup that nobody asked for is welcome; one that is damaged is none.
  // Leave that nobody was told of gives none: it was asked for again.
  for (const [name, value] of found)
    if (name.startsWith('approval ') && value === 'free' && !journal.told(name)) found.delete(name);
  const whole = [...found].flatMap(([name, value]) => (name.startsWith('backup ') && value === 'whole' ? [name] : []));
  for (const name of whole) if (!journal.facts.has(name)) found.delete(name);
  const states = [new Map([...journal.facts].filter(([name]) => !isSuperseded(name, whole)))];
  for (const { change } of journal.inFlight()) {
    const next = new Map(states.at(-1));
    applyChange(next, change);
    states.push(next);
  }
  if (states.some((state) => isSame(state, found))) return [];
  const [told = new Map<string, string>()] = states;
  const most = states.at(-1) ?? told;
  const lost = [...told].flatMap(([name, value]): Finding[] =>
    found.get(name) === value || most.get(name) === found.get(name)
      ? []
      : [{ kind: 'lost', text: `${name}: ${found.get(name) ?? 'not there'} instead of ${value}` }],
  );
  const ghosts = [...found].flatMap(([name, value]): Finding[] =>
    told.has(name) || most.get(name) === value ? [] : [{ kind: 'ghost', text: `${name}: ${value}` }],
  );
  const findings = [...lost, ...ghosts];
  return findings.length > 0 ? findings : [{ kind: 'ghost', text: 'a call that was not answered is there in part' }];
}

/** Of the backups of one hour the station keeps the newest; their names tell the time. */
function isSuperseded(name: string, whole: readonly string[]): boolean {
  return name.startsWith('backup ') && !whole.includes(name) && whole.some((other) => other > name);
}

function isSame(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  if (a.size !== b.size) return false;
  for (const [name, value] of a) if (b.get(name) !== value) return false;
  return true;
}
