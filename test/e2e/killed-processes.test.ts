import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import type { MethodInput, MethodName, MethodOutput, Reply } from '../../contract/station-api.ts';
import { drained, openDemoTill, receivedAt, serverOf } from '../support/demo-erp.ts';
import { BARCODES } from '../support/spawn-station.ts';
import type { LaunchedStation } from './support/launch-station.ts';
import { descendantsOf, killIfThere, listProcesses } from './support/processes.ts';
import { expect, test } from './support/station-test.ts';

/*
 * The packed app has a dozen processes, and each of them may be the one that the system kills. One after the other is, in the
 * middle of a sale: the sale is on the screen again, is paid, and is at the ERP once.
 */

/** Longer than any of them takes to be there again on a busy machine. */
const BACK = { timeout: 40_000 };
const ANSWER_MS = 5_000;

/** What a process is for, by its command line. */
const ROLES = {
  'the core': /out\/core\/main\.js/,
  'the demo server': /out\/sandbox\/main\.js/,
  'the page': /--type=renderer/,
  'the network service': /--utility-sub-type=network/,
  'the painter': /--type=gpu-process/,
} as const;

/** What the window's own page runs, whether Playwright's view of it outlived the kill or not. */
function inPage<Value>({ app }: LaunchedStation, script: string): Promise<Value> {
  return app.evaluate(
    async ({ BrowserWindow }, [text, timeoutMs]) => {
      const [window] = BrowserWindow.getAllWindows();
      const late = new Promise<never>((_resolve, reject) => {
        setTimeout(() => reject(new Error('the page does not answer')), timeoutMs);
      });
      return (await Promise.race([window?.webContents.executeJavaScript(text), late])) as Value;
    },
    [script, ANSWER_MS] as const,
  );
}

/** The way of every call of the till: page, window process, core. */
function createTill(station: LaunchedStation) {
  const call = <M extends MethodName>(method: M, input: MethodInput<M>): Promise<Reply<M>> =>
    inPage(station, `station.call(${JSON.stringify(method)}, ${JSON.stringify(input)})`);
  return {
    call,
    must: async <M extends MethodName>(method: M, input: MethodInput<M>): Promise<MethodOutput<M>> => {
      const reply = await call(method, input);
      if (!reply.ok) throw new Error(`${method} was refused: ${JSON.stringify(reply.error)}`);
      return reply.output;
    },
  };
}

test('whichever process of the packed app is killed in a sale, the sale is there, is paid and arrives once', async ({
  launch,
}) => {
  test.setTimeout(300_000);
  const data = mkdtempSync(join(tmpdir(), 'station-killed-'));
  const numbers: string[] = [];
  try {
    let station = await launch({ packed: true, data });
    let till = createTill(station);
    await expect(async () => expect(await till.call('station.view', {})).toMatchObject({ ok: true })).toPass(BACK);
    await openDemoTill(till);

    const sellOver = async (kill: () => Promise<void>): Promise<void> => {
      const saleId = randomUUID();
      const add = { saleId, barcode: BARCODES.tShirt };
      await till.must('sale.addItem', { commandId: randomUUID(), ...add });
      await till.must('sale.addItem', { commandId: randomUUID(), ...add });
      await kill();
      await expect(async () => {
        expect(await inPage<string>(station, 'document.body.innerText')).toContain('2 peças');
        expect((await till.must('sale.current', {}))?.saleId).toBe(saleId);
      }).toPass(BACK);
      await till.must('sale.setSalesperson', { commandId: randomUUID(), saleId, salespersonCode: '24' });
      const amountCents = (await till.must('sale.current', {}))?.totalCents ?? 0;
      await till.must('sale.addTender', { commandId: randomUUID(), saleId, paymentTypeId: 1, amountCents });
      numbers.push((await till.must('sale.complete', { commandId: randomUUID(), saleId })).sale.number ?? '');
    };

    const started = () => descendantsOf(station.app.process().pid ?? 0);
    for (const [role, pattern] of Object.entries(ROLES)) {
      const found = started().filter(({ command }) => pattern.test(command));
      expect(found, `${role} of ${JSON.stringify(started())}`).not.toEqual([]);
      await test.step(role, () =>
        sellOver(async () => {
          for (const { pid } of found) killIfThere(pid);
          await expect.poll(() => found.filter(({ pid }) => listProcesses().has(pid)), BACK).toEqual([]);
        }),
      );
    }

    const startAgain = async (): Promise<void> => {
      station = await launch({ packed: true, data });
      till = createTill(station);
    };
    // No page can be started any more, and nobody tells: the app starts itself anew.
    await test.step('what starts the pages', () =>
      sellOver(async () => {
        for (const { pid, command } of started()) if (command.includes('--type=zygote')) killIfThere(pid);
        const listNext = () =>
          [...listProcesses().values()].filter(
            ({ command }) => command.includes(`--data=${data}`) && command.includes('--restarted'),
          );
        const hasPage = () =>
          listNext().some(({ pid }) => descendantsOf(pid).some(({ command }) => command.includes('--type=renderer')));
        await expect.poll(hasPage, BACK).toBe(true);
        for (const { pid } of listNext()) process.kill(pid, 'SIGTERM');
        await expect.poll(listNext, BACK).toEqual([]);
        await startAgain();
      }));
    await test.step('the window itself', () =>
      sellOver(async () => {
        const left = started().map(({ pid }) => pid);
        const main = station.app.process();
        main.kill('SIGKILL');
        // Nothing of it stays behind, to hold the data or to go on selling unseen.
        await expect.poll(() => left.filter((pid) => listProcesses().has(pid)), BACK).toEqual([]);
        await startAgain();
      }));

    await drained(till, 60_000);
    const { orders } = await receivedAt(await serverOf(till));
    expect(new Map(orders.map((order) => [order.cod_pedidov, order.inclusions]))).toEqual(
      new Map(numbers.map((number) => [number, 1])),
    );
    expect(orders).toHaveLength(numbers.length);
    expect(new Set(numbers).size).toBe(Object.keys(ROLES).length + 2);
    await station.close();
    const file = new SqliteDatabase(join(data, 'station.db'), { readonly: true });
    expect(file.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(file.prepare("SELECT number FROM sales WHERE state = 'completed' ORDER BY number").pluck().all()).toEqual(
      numbers,
    );
    file.close();
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
});
