import type { Page } from '@playwright/test';
import type { MethodInput, MethodName, MethodOutput } from '../../../contract/station-api.ts';

/** Calls a method as the window does, whatever its screen shows. */
export function askWindow(
  page: Page,
): <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M>> {
  return async (method, input) => {
    const reply = await page.evaluate<{ ok: boolean; output: never }>(
      `window.station.call(${JSON.stringify(method)}, ${JSON.stringify(input)})`,
    );
    if (!reply.ok) throw new Error(`${method} was refused: ${JSON.stringify(reply)}`);
    return reply.output;
  };
}
