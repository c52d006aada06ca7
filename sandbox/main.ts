import { isStationUser, parseCommandLine, type SandboxOptions } from './command-line.ts';
import { PRESETS } from './dialects/presets.ts';
import { createErpServer } from './erp-server.ts';
import { openStore } from './store/open-store.ts';

const options = readOptions();
if (options.listPresets) {
  process.stdout.write(`${JSON.stringify(PRESETS)}\n`);
  process.exit(0);
}
const store = openStore(options.data, options);
const isLoopback = ['127.0.0.1', '::1', 'localhost'].includes(options.host);

// A password is only set when one was given, so that `--user e01` alone keeps what /admin/set-password changed.
const isPasswordGiven = process.argv.some((argument) => argument.startsWith('--password'));
const server = createErpServer(store, {
  ...options,
  users: isPasswordGiven || !isStationUser(options) ? [{ user: options.user, password: options.password }] : [],
  admin: isLoopback,
});

let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  await server.close();
  store.close();
  process.exit(0);
}
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
if (options.exitWithParent) {
  // A forked child often has /dev/null as stdin, which ends at once: then only the channel tells of the parent.
  if (process.connected) process.on('disconnect', () => void stop());
  else
    process.stdin
      .on('end', () => void stop())
      .on('error', () => void stop())
      .resume();
}

await server.listen({ port: options.port, host: options.host });
const address = server.server.address();
const port = typeof address === 'object' ? address?.port : undefined;
const countOf = (table: 'products' | 'skus'): number =>
  store.db.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? 0;
const host = options.host.includes(':') ? `[${options.host}]` : options.host;
process.stdout.write(
  `${JSON.stringify({ ready: true, url: `http://${host}:${port ?? options.port}`, products: countOf('products'), skus: countOf('skus'), user: options.user })}\n`,
);

/** A wrong option is a sentence and exit code 2, not a crash. */
function readOptions(): SandboxOptions {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(2);
  }
}
