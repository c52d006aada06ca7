import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Refusal } from '../../../contract/refusals.ts';
import type { MethodInput, MethodName, MethodOutput } from '../../../contract/station-api.ts';
import { BARCODES } from '../../support/spawn-station.ts';
import { changeOf, FLOAT_CENTS } from '../changes.ts';
import { CHECKPOINT_AFTER_MS } from '../till-work.ts';
import { applyChange } from '../journal.ts';
import { readFacts } from '../read-facts.ts';
import { startFaultyCore, type Fault } from './faulty-core.ts';

/** What may be said of a disk that fails, and of a core that already said so. */
const STORAGE_REFUSALS: ReadonlySet<string> = new Set(['disk_full', 'storage_failed', 'data_unwritable']);
/** How a core ends on a disk that failed (core/main.ts). */
const EXIT_STORAGE = 7;
const ENDS_WITHIN_MS = 10_000;
/** A person presses again this often before somebody looks at the machine. */
const TRIES = 4;

/** How one session on a failing disk went. */
export type FaultResult = {
  readonly fault: Fault;
  /** How often it struck; 0 when the session had fewer such calls. */
  readonly faults: number;
  /** Such calls, failed or not, of the thread of the first core that made the most. */
  readonly calls: number;
  /** Cores that ended because of it. */
  readonly endings: number;
  /** Calls that were refused because of it. */
  readonly refused: number;
  readonly findings: readonly string[];
};

/**
 * A morning at the till of `folder` while its disk fails. Whoever stands there does what the window and Electron do: presses
 * again under the same id, starts the core again when it ends. At the end the folder holds what was answered and nothing
 * else, as a journal kept here says.
 */
export async function runFaultySession(
  folder: string,
  fault: Fault,
  before: ReadonlyMap<string, string>,
): Promise<FaultResult> {
  const data = join(folder, 'data');
  const trace = join(folder, 'trace');
  const told = new Map(before);
  const findings: string[] = [];
  let endings = 0;
  let refused = 0;
  let core = await startFaultyCore(data, trace, fault);
  const faulty = core;
  if (core.refusal !== null) await restart(core.refusal);

  async function restart(why: Refusal | null): Promise<void> {
    endings += 1;
    if (why !== null && !STORAGE_REFUSALS.has(why.code))
      findings.push(`the core did not start for ${JSON.stringify(why)}`);
    const code = await core.ending(ENDS_WITHIN_MS);
    if (code !== EXIT_STORAGE) findings.push(`the core ended with ${code} instead of ${EXIT_STORAGE}`);
    if (code === null) await core.stop();
    core = await startFaultyCore(data, trace, null);
    if (core.refusal !== null) throw new Error(`the next core did not start: ${JSON.stringify(core.refusal)}`);
  }

  async function must<M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> {
    for (let tries = 1; ; tries += 1) {
      const reply = await core.call(method, input);
      if (reply?.ok === true) {
        const output = reply.output as MethodOutput<M>;
        applyChange(told, changeOf(method, input, output));
        return output;
      }
      const error = reply === null ? null : (reply.error as Refusal);
      if (error !== null && !STORAGE_REFUSALS.has(error.code))
        throw new Error(`${method} was refused: ${JSON.stringify(error)}`);
      refused += 1;
      if (tries > TRIES * 3) throw new Error(`${method} is still refused: ${JSON.stringify(error)}`);
      if (error === null || error.code !== 'disk_full') await goOnAfterFailure(error);
      else if (tries >= TRIES) core.mend();
    }
  }

  /** After a failed write nothing that core says counts any more. */
  async function goOnAfterFailure(error: Refusal | null): Promise<void> {
    if (error !== null) {
      const next = await core.call('station.view', {});
      if (next?.ok === true) findings.push('the core answered after its disk had failed');
    }
    await restart(null);
  }

  try {
    await morning(must);
    // Its log goes into the file in a quiet moment, which is also a write.
    if (fault.file === 'station.db') await sleep(CHECKPOINT_AFTER_MS);
    if ((await core.call('station.view', {})) === null) await restart(null);
    const code = await core.stop();
    // A disk that fails while the core is being closed ends it the same way.
    if (code === EXIT_STORAGE && core === faulty) endings += 1;
    else if (code !== 0) findings.push(`the core was closed and ended with ${code}`);
  } catch (error) {
    findings.push(error instanceof Error ? error.message : String(error));
    await core.stop();
  }
  const { facts, wrong } = readFacts(data);
  findings.push(...wrong, ...compare(facts, told));
  return { fault, ...faulty.struck(), endings, refused, findings };
}

function compare(found: ReadonlyMap<string, string>, told: ReadonlyMap<string, string>): string[] {
  const lost = [...told].filter(([name, value]) => found.get(name) !== value && !name.startsWith('backup '));
  // Leave that nobody was told of gives none: it was asked for again.
  const isHarmless = (name: string, value: string): boolean =>
    name.startsWith('backup ') || (name.startsWith('approval ') && value === 'free');
  const ghosts = [...found].filter(([name, value]) => !told.has(name) && !isHarmless(name, value));
  const damaged = [...found].filter(([, value]) => value === 'damaged');
  return [
    ...lost.map(([name, value]) => `lost: ${name}: ${found.get(name) ?? 'not there'} instead of ${value}`),
    ...[...ghosts, ...damaged].map(([name, value]) => `ghost: ${name}: ${value}`),
  ];
}

type Must = <M extends MethodName>(method: M, input: MethodInput<M>) => Promise<MethodOutput<M>>;

/** Two sales, one of them parked in between and cancelled at the end, cash put in, a backup, the drawer counted. */
async function morning(must: Must): Promise<void> {
  const id = (): { readonly commandId: string } => ({ commandId: randomUUID() });
  await must('operator.login', { code: '1', pin: '1111' });
  await must('cashSession.open', { ...id(), floatCents: FLOAT_CENTS });
  const first = randomUUID();
  const second = randomUUID();
  await must('sale.addItem', { ...id(), saleId: first, barcode: BARCODES.tShirt });
  await must('sale.park', { ...id(), saleId: first });
  await sellOne(must, second, BARCODES.jeans);
  await must('sale.recall', { ...id(), saleId: first });
  await sellOne(must, first, BARCODES.dress);
  await must('cashSession.move', {
    ...id(),
    kind: 'supply',
    financialReasonId: 11,
    amountCents: 500,
    note: '',
    approvalId: null,
  });
  await must('backup.now', {});
  const { approvalId } = await must('operator.approve', { code: '9', pin: '9999', permission: 'cancel_sale' });
  await must('sale.cancel', { ...id(), saleId: first, reason: 'Cliente desistiu', approvalId });
  await must('cashSession.count', { ...id(), denominations: [{ valueCents: 100, quantity: 150 }] });
  await must('cashSession.close', { ...id(), floatLeftCents: 0 });
}

async function sellOne(must: Must, saleId: string, barcode: string): Promise<void> {
  const id = (): { readonly commandId: string } => ({ commandId: randomUUID() });
  await must('sale.addItem', { ...id(), saleId, barcode });
  const { dueCents } = await must('sale.setSalesperson', { ...id(), saleId, salespersonCode: '24' });
  await must('sale.addTender', { ...id(), saleId, paymentTypeId: 1, amountCents: dueCents + 500 });
  await must('sale.complete', { ...id(), saleId });
}
