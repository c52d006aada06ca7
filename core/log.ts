import { closeSync, existsSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Ten files of 5 MB: weeks of a busy station, and small enough to send to support. */
const MAX_FILES = 10;
const MAX_BYTES = 5 * 1024 * 1024;

/** What happened, one JSON line each. Facts never carry secrets; what looks like a CPF or a password is masked. */
export type Log = {
  readonly info: (event: string, facts?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (event: string, facts?: Readonly<Record<string, unknown>>) => void;
  readonly error: (event: string, facts?: Readonly<Record<string, unknown>>) => void;
  readonly close: () => void;
};

/** Writes to `folder/station.log`, turning files over by size. A log that cannot be written never stops a sale. */
export function createFileLog(folder: string, nowMs: () => number): Log {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'station.log');
  let descriptor = openSync(file, 'a', 0o600);
  let bytes = statSync(file).size;

  function write(level: string, event: string, facts: Readonly<Record<string, unknown>>): void {
    const line = `${JSON.stringify({ at: new Date(nowMs()).toISOString(), level, event, ...facts }, maskSecrets)}\n`;
    try {
      if (bytes + line.length > MAX_BYTES) turnOver();
      bytes += writeSync(descriptor, line);
    } catch (error) {
      // The only place left to tell it: whoever started the core keeps its last words.
      process.stderr.write(`log not written: ${String(error)}\n${line}`);
    }
  }

  function turnOver(): void {
    closeSync(descriptor);
    for (let index = MAX_FILES - 1; index >= 1; index -= 1) {
      const from = index === 1 ? file : `${file}.${index - 1}`;
      if (existsSync(from)) renameSync(from, `${file}.${index}`);
    }
    descriptor = openSync(file, 'a', 0o600);
    bytes = 0;
  }

  return {
    info: (event, facts = {}) => write('info', event, facts),
    warn: (event, facts = {}) => write('warn', event, facts),
    error: (event, facts = {}) => write('error', event, facts),
    close: () => closeSync(descriptor),
  };
}

const SECRET_KEYS = /^(password|pin|pinHash|cpf|token|session|authorization|secret)$/i;
const CPF = /\b\d{3}\.?\d{3}\.?\d{3}-?\d{2}\b/g;

/** Hides secrets by their name and CPFs by their shape. */
export function maskSecrets(key: string, value: unknown): unknown {
  if (SECRET_KEYS.test(key) && value !== null && value !== undefined) return '***';
  return typeof value === 'string' ? value.replaceAll(CPF, '***') : value;
}
