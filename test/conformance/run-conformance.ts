import { temporaryData } from '../support/spawn-station.ts';
import { deliveryCases } from './delivery-cases.ts';
import { lineCases } from './line-cases.ts';
import type { ConformanceOptions } from './options.ts';
import { readBackCases } from './read-back-cases.ts';
import { runCases, type CaseResult } from './run-cases.ts';
import { sellingCases } from './selling-cases.ts';
import { serverCases } from './server-cases.ts';
import type { Suite } from './suite.ts';
import { createTill } from './till.ts';
import { createWireClient } from './wire-client.ts';
import { startWireProxy } from './wire-proxy.ts';

/** The whole run ends before this, whatever the server does. */
const BUDGET_MS = 270_000;

/**
 * Runs the station against a server and looks at the server without it.
 *
 *   server alone -> station enrols, sells, cancels, delivers (lost reply, kill) -> server alone -> a second run
 *
 * The station and the suite share one user, who has one session: they take turns. Nothing is asked of the server but what
 * is in the wire contract. Everything that was opened is closed again, also after a failure.
 */
export async function runConformance(
  options: ConformanceOptions,
  onResult: (result: CaseResult) => void,
): Promise<CaseResult[]> {
  const data = temporaryData();
  const wire = createWireClient(options.server, options.user, options.password);
  const line = await startWireProxy(options.server);
  const till = createTill(data.path, options);
  const found: Suite['found'] = {
    station: null,
    products: new Map(),
    isCatalogWhole: false,
    goods: [],
    sold: new Map(),
    orders: new Map(),
    customer: null,
  };
  const suite: Suite = { options, wire, line, till, found };
  const cases = [serverCases, sellingCases, deliveryCases, readBackCases, lineCases].flatMap((make) => make(suite));
  try {
    return await runCases(cases, { budgetMs: BUDGET_MS, onResult });
  } finally {
    line.release();
    line.setCut(false);
    await within(till.stop(), 8_000);
    await within(till.kill(), 2_000);
    await within(wire.leave(), 5_000);
    await within(line.close(), 2_000);
    data.remove();
  }
}

/** What cannot be closed in time is left to the end of the process. */
async function within(work: Promise<unknown>, ms: number): Promise<void> {
  await Promise.race([work.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, ms))]);
}
