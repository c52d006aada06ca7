/** One thing that must hold. It throws with a plain sentence when it does not. */
export type Case = {
  readonly name: string;
  /** Cases without which this one says nothing; they stand before it. */
  readonly needs: readonly string[];
  readonly timeoutMs: number;
  readonly run: () => Promise<void>;
};

export type CaseResult = {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly text: string;
};

/** Thrown by a case that this server gives nothing to look at: neither passed nor failed. */
export class NothingToCheck extends Error {
  override readonly name = 'NothingToCheck';
}

/** With less than this left a case is not begun. */
const MIN_MS = 10;

/**
 * Runs cases one after another, each bounded in time, all of them bounded too.
 *
 *   a need failed    -> failed, named after it
 *   a need skipped   -> skipped
 *   time is over     -> every case that is left fails
 */
export async function runCases(
  cases: readonly Case[],
  { budgetMs, onResult }: { readonly budgetMs: number; readonly onResult: (result: CaseResult) => void },
): Promise<CaseResult[]> {
  const endsAt = performance.now() + budgetMs;
  const states = new Map<string, CaseResult['state']>();
  const results: CaseResult[] = [];
  for (const { name, needs, timeoutMs, run } of cases) {
    const leftMs = endsAt - performance.now();
    const broken = needs.find((need) => states.get(need) !== 'passed');
    const brokenState = broken === undefined ? undefined : states.get(broken);
    let result: CaseResult;
    if (brokenState === 'skipped') result = { name, state: 'skipped', text: `follows "${broken}"` };
    else if (broken !== undefined) result = { name, state: 'failed', text: `it needs "${broken}", which failed` };
    else if (leftMs < MIN_MS) result = { name, state: 'failed', text: 'the time for the whole run was over before it' };
    else result = await runCase(name, run, Math.min(timeoutMs, leftMs));
    states.set(name, result.state);
    results.push(result);
    onResult(result);
  }
  return results;
}

async function runCase(name: string, run: () => Promise<void>, timeoutMs: number): Promise<CaseResult> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done in ${Math.round(timeoutMs / 1000)} s`)), timeoutMs);
  });
  try {
    await Promise.race([run(), late]);
    return { name, state: 'passed', text: '' };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return { name, state: error instanceof NothingToCheck ? 'skipped' : 'failed', text };
  } finally {
    clearTimeout(timer);
  }
}
