import { deliveryCases } from './delivery-cases.ts';
import { openKeptStations, removeFolder, type KeptStations } from './kept-station.ts';
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
  kept: KeptStations = openKeptStations(),
): Promise<CaseResult[]> {
  const folder = kept.newFolder();
  const wire = createWireClient(options.server, options.user, options.password);
  const line = await startWireProxy(options.server);
  const till = createTill(folder, options);
  const found: Suite['found'] = {
    station: null,
    products: new Map(),
    isCatalogWhole: false,
    goods: [],
    card: { cardBrandId: null, acquirerId: null },
    sold: new Map(),
    orders: new Map(),
    customer: null,
  };
  const suite: Suite = { options, wire, line, till, kept, found };
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
    // Bound to the server it is the only one that may go on there; else nobody needs it.
    if (!kept.isKept(folder)) removeFolder(folder);
  }
}

/** What cannot be closed in time is left to the end of the process. */
async function within(work: Promise<unknown>, ms: number): Promise<void> {
  await Promise.race([work.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, ms))]);
}
