import type { CursorRegister } from './cursor-reader.ts';
import type { Register } from './inbox.ts';
import { SMALL_REGISTERS } from './small-registers.ts';

/** A document that could not go is tried again this often while the server answers. */
const PUSH_EVERY_MS = 5_000;
/** A price that the office changes is in the store within half a minute. */
const CATALOG_EVERY_MS = 30_000;
/** People, stations and payment types change some times a day. */
const REGISTER_EVERY_MS = 300_000;
const HEARTBEAT_EVERY_MS = 60_000;
/** Rows may be committed late, with an id below what was read (wire contract, section 3). */
const REREAD_EVERY_MS = 3_600_000;

/** The server is updated some times a year; a station that became too old for it is told within the hour. */
const VERSION_EVERY_MS = 3_600_000;
/** Jobs of the day look whether there is something to do. */
const DAILY_EVERY_MS = 600_000;

/** Registers with a cursor, in the order in which they are read. */
export const CATALOG = ['products', 'prices', 'stock'] as const satisfies readonly CursorRegister[];
/** What the replicator does, one slice at a time. */
export type Task =
  | 'version'
  | 'push'
  | 'cash'
  | 'heartbeat'
  | 'elsewhere'
  | 'verify'
  | 'audit'
  | 'reread'
  | 'daily'
  | Register;

/** How often each is due; the first one that is due goes first. */
export const TASKS: readonly { readonly task: Task; readonly everyMs: number; readonly startsLater?: true }[] = [
  { task: 'version', everyMs: VERSION_EVERY_MS },
  { task: 'push', everyMs: PUSH_EVERY_MS },
  { task: 'cash', everyMs: PUSH_EVERY_MS },
  { task: 'heartbeat', everyMs: HEARTBEAT_EVERY_MS },
  { task: 'elsewhere', everyMs: HEARTBEAT_EVERY_MS },
  { task: 'verify', everyMs: Infinity, startsLater: true },
  ...SMALL_REGISTERS.map((task) => ({ task, everyMs: REGISTER_EVERY_MS })),
  ...CATALOG.map((task) => ({ task, everyMs: CATALOG_EVERY_MS })),
  { task: 'audit', everyMs: HEARTBEAT_EVERY_MS },
  { task: 'reread', everyMs: REREAD_EVERY_MS, startsLater: true },
  { task: 'daily', everyMs: DAILY_EVERY_MS },
];
