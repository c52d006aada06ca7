import type { SeededRandom } from '../../scripts/demo/seeded-random.ts';
import { applyNames, type Disk, type DiskFile, type Unsynced } from './disk.ts';

/** What becomes of what was not synced; `garbage` and the two sizes of sectors are SQLite's own crash test. */
const FATES = ['nothing', 'everything', 'prefix', 'subset', 'sectors', 'garbage'] as const;
type Fate = (typeof FATES)[number];

/** The smallest thing a medium writes whole. */
const SECTORS = [512, 4096] as const;

/** The files as a power cut left them: by name, with their bytes; null is a folder. */
export type Remains = { readonly fate: string; readonly files: ReadonlyMap<string, Buffer | null> };

/** Cuts the power: what `disk` is certain of, and of the rest what chance leaves. */
export function cutPower(disk: Disk, random: SeededRandom): Remains {
  const fate = random.pick(FATES);
  const sector = random.pick(SECTORS);
  const names = new Map(disk.durableNames());
  const pendingNames = disk.unsyncedNames();
  const files = new Set([...names.values(), ...pendingNames.flatMap(({ moves }) => moves.map(([, file]) => file))]);
  const orders = [...files].flatMap((file) => (isFile(file) ? file.unsynced.map(({ order }) => order) : []));
  const last = random.pick([0, ...orders, ...pendingNames.map(({ order }) => order)]);
  const keptNames = howMany(fate, last, pendingNames, random);
  for (const change of pendingNames.slice(0, keptNames)) applyNames(names, change);
  const left = new Map<string, Buffer | null>();
  const rendered = new Map<DiskFile, Buffer>();
  for (const [path, file] of names) {
    if (!isFile(file)) left.set(path, null);
    else {
      const bytes = rendered.get(file) ?? render(file, { fate, sector, last, random });
      rendered.set(file, bytes);
      left.set(path, bytes);
    }
  }
  return { fate: `${fate}, sectors of ${sector}, ${keptNames} of ${pendingNames.length} names`, files: left };
}

function isFile(file: DiskFile | 'folder' | null): file is DiskFile {
  return file !== null && file !== 'folder';
}

/** Changes of names survive in their order: how many of them. */
function howMany(
  fate: Fate,
  last: number,
  pending: readonly { readonly order: number }[],
  random: SeededRandom,
): number {
  if (fate === 'nothing') return 0;
  if (fate === 'everything') return pending.length;
  if (fate === 'prefix') return pending.filter(({ order }) => order <= last).length;
  return random.int(0, pending.length);
}

type Chance = {
  readonly fate: Fate;
  readonly sector: number;
  /** Of `prefix`: the operation in which the power went. */
  readonly last: number;
  readonly random: SeededRandom;
};

function render(file: DiskFile, { fate, sector, last, random }: Chance): Buffer {
  if (file.unsynced.length === 0 || fate === 'nothing') return file.durable;
  const target = new Growing(file.durable);
  for (const change of file.unsynced) {
    switch (fate) {
      case 'everything':
        target.apply(change);
        break;
      case 'prefix':
        if (change.order < last) target.apply(change);
        else if (change.order === last)
          target.tear(change, sector, (index, count) => index < random.unit() * count, random);
        break;
      case 'subset':
        if (random.chance(0.5)) target.apply(change);
        break;
      case 'sectors':
        target.tear(change, sector, () => random.chance(0.5), random);
        break;
      case 'garbage':
        target.tear(change, sector, () => random.chance(0.5), random, true);
        break;
    }
  }
  // The new size of a file is written apart from its bytes, before or after them.
  const isSizeKept = fate === 'everything' || fate === 'prefix' || random.chance(0.5);
  return isSizeKept ? target.bytes() : target.bytes().subarray(0, file.durable.length);
}

/** A file that grows while changes are put into it. */
class Growing {
  private buffer: Buffer;
  private length: number;

  constructor(durable: Buffer) {
    this.buffer = Buffer.from(durable);
    this.length = durable.length;
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }

  apply(change: Unsynced): void {
    if (change.kind === 'truncate') this.resize(change.size);
    else this.put(change.offset, change.bytes);
  }

  /** Sector by sector, as the medium does it; a change of size is one thing. */
  tear(
    change: Unsynced,
    sector: number,
    isKept: (index: number, count: number) => boolean,
    random: SeededRandom,
    isTrashed = false,
  ): void {
    if (change.kind === 'truncate') {
      if (isKept(0, 1)) this.resize(change.size);
      return;
    }
    const { offset, bytes } = change;
    const end = offset + bytes.length;
    const first = Math.floor(offset / sector);
    const count = Math.ceil(end / sector) - first;
    for (let index = 0; index < count; index += 1) {
      const from = Math.max(offset, (first + index) * sector);
      const to = Math.min(end, (first + index + 1) * sector);
      if (isKept(index, count)) this.put(from, bytes.subarray(from - offset, to - offset));
      else if (isTrashed && random.chance(0.5)) this.put(from, noise(to - from, random));
    }
  }

  private put(offset: number, bytes: Buffer): void {
    this.resize(Math.max(this.length, offset + bytes.length));
    bytes.copy(this.buffer, offset);
  }

  private resize(size: number): void {
    if (size > this.buffer.length) {
      const grown = Buffer.alloc(size + 65_536);
      this.buffer.copy(grown, 0, 0, this.length);
      this.buffer = grown;
    } else if (size < this.length) this.buffer.fill(0, size, this.length);
    this.length = size;
  }
}

function noise(length: number, random: SeededRandom): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index += 1) bytes[index] = random.int(0, 255);
  return bytes;
}
