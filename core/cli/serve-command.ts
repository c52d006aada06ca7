import type { CommandContext } from './command-context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { spawnCore } from './reach-core.ts';

/** `station serve`: the core itself on these standard streams; it ends in order when its input closes. */
export function serveStation(context: CommandContext): Promise<ExitCode> {
  const core = spawnCore(context.data, 'inherit');
  // Ctrl+C reaches both; this process waits for the core's own orderly end.
  const ignore = (): void => undefined;
  const pass = (): void => void core.kill('SIGTERM');
  process.on('SIGINT', ignore).on('SIGTERM', pass);
  return new Promise((resolve, reject) => {
    core.once('error', reject);
    core.once('exit', (code) => {
      process.off('SIGINT', ignore).off('SIGTERM', pass);
      resolve(toExitCode(code));
    });
  });
}

/** A core that refused its data ends with the code of that refusal; anything else unknown is "no core". */
function toExitCode(code: number | null): ExitCode {
  return Object.values(EXIT).find((known) => known === code) ?? EXIT.noCore;
}
