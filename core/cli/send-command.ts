import { show, withStation, type CommandContext } from './command-context.ts';
import { describeSending } from './describe-sync.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** `station send`: sends now what waits, and says why when it did not. */
export function sendNow(context: CommandContext): Promise<ExitCode> {
  return withStation(context, (station) =>
    show(context, station, 'sync.sendNow', {}, describeSending, (outcome) =>
      outcome.left === 0 && (outcome.ran || outcome.reason === 'nothing_waiting') ? EXIT.ok : EXIT.attention,
    ),
  );
}
