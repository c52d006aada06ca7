import { ensureProgram } from '../../scripts/os-libraries.ts';

/** Before any test: strace, which counts what reaches the disk (test/db/durability.test.ts). */
export async function setup(): Promise<void> {
  // oxlint-disable-next-line no-console -- the only way a set-up of the test runner can say what it installs
  await ensureProgram('strace', 'strace', (line) => console.log(line));
}
