/*
 * What strace wrote of one core process, as operations on its data folder in their order. Lines look like
 * `123 pwrite64(23</data/station.db-wal>, "\x37...", 24, 32) = 24`, all texts in hexadecimal (-xx), files by name (-y).
 */

/** One thing that a process did to a file below the data folder, or told its caller. Paths are relative to the folder. */
export type Operation =
  | { readonly kind: 'write'; readonly file: string; readonly offset: number; readonly bytes: Buffer }
  /** At the end of the file, wherever that is. */
  | { readonly kind: 'append'; readonly file: string; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly size: number }
  | { readonly kind: 'sync'; readonly file: string }
  /** The disk did not take it; the system calls its memory clean all the same and never writes it. */
  | { readonly kind: 'failed-sync'; readonly file: string }
  /** Opened for writing, and made where it was not there. */
  | { readonly kind: 'create'; readonly file: string }
  | { readonly kind: 'mkdir'; readonly file: string }
  | { readonly kind: 'rename'; readonly file: string; readonly to: string }
  | { readonly kind: 'unlink'; readonly file: string }
  /** A reply left on the channel: the call `id` of process `run` is acknowledged from here on. */
  | { readonly kind: 'reply'; readonly run: number; readonly id: number };

/** The calls that change files or tell the caller something, as strace is asked for them. */
export const TRACED_CALLS = [
  'open,openat,creat,write,writev,pwrite64,pwritev,pwritev2,lseek,ftruncate,truncate,fallocate,fsync,fdatasync',
  'sync,syncfs,sync_file_range,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink',
  'copy_file_range,sendfile,splice,io_uring_enter',
].join(',');

/** Calls that nothing here makes in the data folder; one that turns up must be understood first. */
const UNKNOWN_CALLS = new Set(
  'writev,pwritev,pwritev2,lseek,fallocate,truncate,sync,syncfs,link,linkat,symlink,rmdir,sendfile,splice,io_uring_enter'.split(
    ',',
  ),
);

/** Reads the trace of process number `run`, whose data folder is `folder`. Throws at what it does not understand. */
export function readTrace(trace: string, folder: string, run: number): Operation[] {
  const operations: Operation[] = [];
  /** Where the next `write` of a file goes that was opened without O_APPEND. */
  const positions = new Map<string, number | 'append'>();
  const cutShort = new Map<string, string>();
  let main = '';
  let said = '';

  function below(path: string): string | null {
    if (path === folder) return '.';
    return path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : null;
  }

  function readCall(pid: string, name: string, args: string, result: number): void {
    if (name === 'write' && pid === main && args.startsWith('1<'))
      return readReplies(bytesOf(args).subarray(0, result).toString());
    const path = below(pathOf(args));
    if (path === null || isLeftOut(path)) return;
    if (result < 0) {
      if (isSync(name)) operations.push({ kind: 'failed-sync', file: path });
      return;
    }
    if (UNKNOWN_CALLS.has(name)) throw new Error(`not understood in the data folder: ${name}(${args.slice(0, 200)})`);
    const file = path;
    if (name === 'pwrite64') {
      const offset = Number(/, (\d+)$/.exec(args)?.[1]);
      operations.push({ kind: 'write', file, offset, bytes: bytesOf(args).subarray(0, result) });
    } else if (name === 'write') {
      const bytes = bytesOf(args).subarray(0, result);
      const offset = positions.get(`${pid} ${file}`);
      if (typeof offset !== 'number') operations.push({ kind: 'append', file, bytes });
      else {
        operations.push({ kind: 'write', file, offset, bytes });
        positions.set(`${pid} ${file}`, offset + result);
      }
    } else if (name === 'copy_file_range') {
      throw new Error(`a copy within the kernel is not understood yet: ${args.slice(0, 200)}`);
    } else if (name === 'ftruncate') {
      operations.push({ kind: 'truncate', file, size: Number(/, (\d+)$/.exec(args)?.[1]) });
    } else if (isSync(name)) operations.push({ kind: 'sync', file });
    else if (name.startsWith('open') || name === 'creat') {
      if (!/O_WRONLY|O_RDWR/.test(args) && name !== 'creat') return;
      positions.set(`${pid} ${file}`, args.includes('O_APPEND') ? 'append' : 0);
      if (/O_CREAT/.test(args) || name === 'creat') operations.push({ kind: 'create', file });
      if (/O_TRUNC/.test(args) || name === 'creat') operations.push({ kind: 'truncate', file, size: 0 });
    } else if (name.startsWith('rename')) {
      const to = below(pathOf(args.slice(args.indexOf('", ') + 3)));
      if (to === null) throw new Error(`a file leaves the data folder: ${args}`);
      operations.push({ kind: 'rename', file, to });
    } else if (name.startsWith('unlink')) operations.push({ kind: 'unlink', file });
    else if (name.startsWith('mkdir')) operations.push({ kind: 'mkdir', file });
  }

  function readReplies(text: string): void {
    said += text;
    const lines = said.split('\n');
    said = lines.pop() ?? '';
    for (const line of lines) {
      const message = JSON.parse(line) as { readonly id?: unknown };
      if (typeof message.id === 'number') operations.push({ kind: 'reply', run, id: message.id });
    }
  }

  for (const raw of trace.split('\n')) {
    const [, pid = '', text = ''] = /^(\d+) +(.*)$/.exec(raw) ?? [];
    if (text === '' || text.startsWith('---') || text.startsWith('+++')) continue;
    main ||= pid;
    let line = text;
    if (line.endsWith(' <unfinished ...>')) {
      cutShort.set(pid, line.slice(0, -' <unfinished ...>'.length));
      continue;
    }
    const resumed = /^<\.\.\. \w+ resumed>(.*)$/.exec(line);
    if (resumed !== null) line = `${cutShort.get(pid) ?? ''}${resumed[1] ?? ''}`;
    const call = /^(\w+)\((.*)\) += (-?\d+)/.exec(line);
    // A process that is killed inside a call did not end it: ` = ?`, or nothing.
    if (call === null) {
      cutShort.set(pid, line);
      continue;
    }
    cutShort.delete(pid);
    readCall(pid, call[1] ?? '', call[2] ?? '', Number(call[3]));
  }
  // A reply may have been read, and the core killed for it, before strace saw its call end.
  const lastWords = cutShort.get(main);
  if (lastWords?.startsWith('write(1<') === true) readReplies(bytesOf(lastWords).toString());
  return operations;
}

function isSync(name: string): boolean {
  return name === 'fsync' || name === 'fdatasync';
}

/** The index of the log is mapped memory, made anew by whoever opens the file first; a socket holds no data. */
function isLeftOut(file: string): boolean {
  return file.endsWith('-shm') || file.endsWith('.sock');
}

/** The file of a call: of its descriptor (`23<...>`), or its first text. */
function pathOf(args: string): string {
  const hex = /^\d+<([^>]*)>/.exec(args)?.[1] ?? /"((?:\\x[0-9a-f]{2})*)"/.exec(args)?.[1] ?? '';
  return fromHex(hex).toString();
}

function bytesOf(args: string): Buffer {
  const from = args.indexOf('"');
  const to = args.lastIndexOf('"');
  if (args.startsWith('...', to + 1)) throw new Error('strace cut the bytes of a write short');
  return fromHex(args.slice(from + 1, to));
}

function fromHex(text: string): Buffer {
  return Buffer.from(text.replaceAll('\\x', ''), 'hex');
}
