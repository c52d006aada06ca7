import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';

/*
 * Loaded into the core's process before it: the resolver of names, in the hands of the test. One name leads to this
 * machine, and to nowhere while a file is there. No name of a network is asked for.
 */

type Answer = (error: NodeJS.ErrnoException | null, address?: unknown, family?: number) => void;
type Lookup = (name: string, options: { readonly all?: boolean } | Answer, callback?: Answer) => void;

const dns = createRequire(import.meta.url)('node:dns') as { lookup: Lookup };
const gone = process.env['HOSTILE_NAMES'] ?? '';
const real = dns.lookup;

dns.lookup = (name, options, callback) => {
  const answer = typeof options === 'function' ? options : callback;
  if (!name.endsWith('.invalid')) return real(name, options, callback);
  if (existsSync(gone)) {
    const error: NodeJS.ErrnoException = Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), {
      code: 'ENOTFOUND',
    });
    return void setImmediate(() => answer?.(error));
  }
  const isAll = typeof options !== 'function' && options.all === true;
  // As a name with both addresses: the first one refuses, as nobody listens there.
  const all = [
    { address: '::1', family: 6 },
    { address: '127.0.0.1', family: 4 },
  ];
  return void setImmediate(() => (isAll ? answer?.(null, all) : answer?.(null, '127.0.0.1', 4)));
};
