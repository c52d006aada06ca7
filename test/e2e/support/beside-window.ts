import type { MethodInput, MethodName, MethodOutput, Reply } from '../../../contract/station-api.ts';
import { attachToCore } from '../../../core/cli/reach-core.ts';
import { expectOk } from '../../../scripts/core-process.ts';

/**
 * Calls a method of the core under the window as a command does, over its socket: the window is told of it, as of
 * whatever it did not do itself.
 */
export function besideWindow(
  data: string,
): <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M>> {
  return async <M extends MethodName>(method: M, input: MethodInput<M>) => {
    const core = await attachToCore(data);
    if (core === null) throw new Error(`no core listens for ${data}`);
    try {
      return expectOk(method, (await core.call(method, input)) as Reply<M>);
    } finally {
      await core.close();
    }
  };
}
