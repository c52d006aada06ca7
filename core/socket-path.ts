import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** Linux allows 107 bytes and macOS 103 in the name of a socket; the shorter one, so that both agree. */
const MAX_SOCKET_BYTES = 103;

/**
 * Where the core of `data` listens for the command line: a socket in the data folder, a named pipe on Windows.
 * A folder whose name is too long for a socket gets one in the person's runtime folder.
 */
export function socketPath(data: string, platform: NodeJS.Platform = process.platform): string {
  const folder = resolve(data);
  const name = `station-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  if (platform === 'win32') return `\\\\.\\pipe\\${name}`;
  const inside = join(folder, 'station.sock');
  if (Buffer.byteLength(inside) <= MAX_SOCKET_BYTES) return inside;
  const runtime = process.env['XDG_RUNTIME_DIR'];
  return runtime === undefined ? join(tmpdir(), `${name}-${userInfo().uid}.sock`) : join(runtime, `${name}.sock`);
}
