import diagnostics from 'node:diagnostics_channel';
import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

/*
 * Loaded into a core's process before the core (`--import preload.mjs?point=NAME&hit=N&plant=NAME&core=FILE`): it kills the process
 * at a named instant, without a word, as the system would. It imports nothing of the project, because it runs as plain
 * JavaScript in whatever Node the core runs in.
 *
 * `plant` breaks the product's promise on purpose: the machine has to find that.
 */

type Statement = { readonly source: string; readonly database: { readonly inTransaction: boolean } };
type Run = (this: Statement, ...values: unknown[]) => unknown;
type Driver = {
  new (file: string): { prepare: (sql: string) => object; close: () => void };
  readonly prototype: {
    exec: (sql: string) => unknown;
    pragma: (sql: string, options?: object) => unknown;
    backup: (file: string, options?: { progress?: (state: unknown) => number }) => unknown;
  };
};

const wanted = new URL(import.meta.url).searchParams;
const point = wanted.get('point');
const plant = wanted.get('plant');
let left = Number(wanted.get('hit') ?? 1);
/** What passes while the core starts does not count. */
const isFromReady = wanted.get('from') === 'ready';
let isReady = false;

/** A copy of the database is made by a process of its own, which this is loaded into as well. */
const isCopying = /backup-worker/.test(process.argv[1] ?? '');

/** Dies here if this is the instant. Where a copy is made the core dies; what copies goes with it, or outlives it. */
function pass(name: string): void {
  if (name !== point || (isFromReady && !isReady)) return;
  left -= 1;
  if (left > 0) return;
  if (isCopying) process.kill(process.ppid, 'SIGKILL');
  if (!isCopying || name === 'backup-copying') process.kill(process.pid, 'SIGKILL');
}

const Sqlite = createRequire(wanted.get('core') ?? import.meta.url)('better-sqlite3') as Driver;
const isWrite = /^\s*(insert|update|delete|replace)/i;
const ofCatalogue = /\/produtos[./]/i;

/** The last answer that came in and was not followed by a transaction yet. */
let answered: 'catalogue' | 'other' | null = null;
let isPageOpen = false;
let queued = 0;
const postponed: (() => void)[] = [];

function watchStatements(): void {
  const memory = new Sqlite(':memory:');
  const prototype = Object.getPrototypeOf(memory.prepare('SELECT 1')) as Record<'run' | 'get' | 'all', Run>;
  memory.close();
  for (const name of ['run', 'get', 'all'] as const) {
    const original = prototype[name];
    prototype[name] = function watched(...values) {
      return watch(this, values, () => original.apply(this, values));
    };
  }
}

function watch(statement: Statement, values: readonly unknown[], run: () => unknown): unknown {
  const { source } = statement;
  if (!isReady) pass('start-statement');
  if (source.startsWith('BEGIN')) return begin(run);
  if (source === 'COMMIT') return commit(run);
  const isQueued = /^\s*insert into "?outbox"? /i.test(source) && values.flat().includes('sale');
  if (plant === 'outbox outside the transaction' && isQueued) {
    // As a product would that queues what it sold a moment after it sold it.
    setTimeout(run, 80);
    return { changes: 1, lastInsertRowid: 0 };
  }
  if (isQueued) queued += 1;
  if (plant === 'a sale is not queued' && isQueued && queued % 5 === 0) return { changes: 1, lastInsertRowid: 0 };
  const result = run();
  if (statement.database.inTransaction && isWrite.test(source)) {
    pass('in-transaction');
    if (isPageOpen) pass('in-inbox-page');
  }
  return result;
}

function begin(run: () => unknown): unknown {
  finishPostponed();
  pass('before-begin');
  if (answered !== null) pass('answer-unwritten');
  const result = run();
  isPageOpen = answered === 'catalogue';
  answered = null;
  pass('after-begin');
  return result;
}

function commit(run: () => unknown): unknown {
  pass('before-commit');
  if (plant === 'reply before commit') {
    postponed.push(run);
    setTimeout(finishPostponed, 20);
    return undefined;
  }
  const result = run();
  pass('after-commit');
  if (isPageOpen) pass('inbox-page-done');
  isPageOpen = false;
  return result;
}

/** What is said of syncing is said between two transactions. */
function watchPragmas(): void {
  const { prototype } = Sqlite;
  const { pragma } = prototype;
  prototype.pragma = function watched(sql, options) {
    if (sql.startsWith('synchronous')) finishPostponed();
    return pragma.call(this, sql, options);
  };
}

function finishPostponed(): void {
  for (const work of postponed.splice(0)) work();
}

function watchMigration(): void {
  const { prototype } = Sqlite;
  const { exec } = prototype;
  prototype.exec = function watched(sql) {
    if (sql.startsWith('BEGIN')) pass('before-migration');
    if (sql === 'COMMIT') pass('before-commit');
    const result = exec.call(this, sql);
    if (sql === 'COMMIT') pass('after-commit');
    else pass('in-migration');
    return result;
  };
}

function watchBackups(): void {
  const { prototype } = Sqlite;
  const { backup } = prototype;
  prototype.backup = function watched(file, options) {
    return backup.call(this, file, {
      ...options,
      progress: (state) => {
        pass('backup-copying');
        return options?.progress?.(state) ?? 100;
      },
    });
  };
  const rename = fs.renameSync;
  fs.renameSync = (from, to) => {
    pass('backup-before-name');
    rename(from, to);
    pass('backup-after-name');
  };
  syncBuiltinESMExports();
}

function watchReplies(): void {
  const { stdout } = process;
  const write = stdout.write.bind(stdout);
  stdout.write = ((...values: Parameters<typeof write>) => {
    const text = String(values[0]);
    if (text.includes('"ready":')) {
      pass('before-ready');
      isReady = true;
    }
    const isReply = text.startsWith('{"id":') || text.includes('\n{"id":');
    if (isReply) pass('before-reply');
    const result = write(...values);
    if (isReply) pass('after-reply');
    return result;
  }) as typeof stdout.write;
}

function watchCalls(): void {
  type Message = { readonly request: { readonly method: string; readonly path: string } };
  const on = (channel: string, tell: (isPush: boolean, path: string) => void): void =>
    diagnostics.subscribe(channel, (message) => {
      const { method, path } = (message as Message).request;
      tell(method === 'POST', path);
    });
  on('http.client.request.created', (isPush) => pass(isPush ? 'before-send' : 'before-read'));
  on('http.client.request.start', (isPush) => isPush && pass('while-sending'));
  on('http.client.response.finish', (isPush, path) => {
    answered = ofCatalogue.test(path) ? 'catalogue' : 'other';
    pass(isPush ? 'after-answer' : 'after-read');
  });
}

if (isCopying) watchBackups();
else if (isMainThread) {
  watchStatements();
  if (plant === 'reply before commit') watchPragmas();
  watchMigration();
  watchReplies();
  watchCalls();
}
