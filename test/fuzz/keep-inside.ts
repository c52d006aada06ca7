import { basename, join } from 'node:path';

/*
 * A case may name any server, printer or folder. None of them is outside of this machine or of the run's own folder: a
 * fuzzer that prints on somebody's printer has found nothing.
 */

const PATHS = new Set(['path', 'secondFolder', 'folder', 'file']);
const HOSTS = new Set(['host']);
const SERVERS = new Set(['server']);
const HERE = /^(127\.0\.0\.1|localhost)$/;

/** `input` with every path inside `folder` and every host this machine. */
export function keepInside(input: unknown, folder: string, name = ''): unknown {
  if (Array.isArray(input)) return input.map((item) => keepInside(item, folder, name));
  if (typeof input === 'object' && input !== null) {
    return Object.fromEntries(Object.entries(input).map(([key, item]) => [key, keepInside(item, folder, key)]));
  }
  if (typeof input !== 'string') return input;
  if (PATHS.has(name))
    return input.trim() === '' ? input : join(folder, 'paths', basename(input).replaceAll('..', '_').slice(0, 80));
  if (HOSTS.has(name)) return HERE.test(input.trim()) || !/[0-9A-Za-z]/.test(input) ? input : '127.0.0.1';
  if (SERVERS.has(name)) return isHere(input) ? input : 'http://127.0.0.1:1';
  return input;
}

function isHere(server: string): boolean {
  for (const text of [server, `http://${server}`]) {
    if (URL.canParse(text.trim()) && !HERE.test(new URL(text.trim()).hostname)) return false;
  }
  return true;
}
