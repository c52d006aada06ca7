import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { MethodInput } from '../../contract/station-api.ts';
import type { PrintingView } from '../../contract/printing-api.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { printedText, readEscPos } from '../support/read-escpos.ts';
import { papersOut, startReceiptPrinter, type ReceiptPrinter } from '../support/receipt-printer.ts';
import { BARCODES, approve, ring, sell, until } from '../support/spawn-station.ts';

/* The real core process, a printer on a real socket and one behind a file. Tests go on where the one before stopped. */

let printer: ReceiptPrinter;
const { station, data, crash } = useDemoTill({
  prepare: async () => {
    printer = await startReceiptPrinter();
  },
});
afterAll(() => printer.switchOff());
beforeEach(() => printer.printed.splice(0));

const id = randomUUID;
const network = (): MethodInput<'printer.configure'> => ({
  target: { kind: 'network', host: '127.0.0.1', port: printer.port },
  drawer: true,
});
const configure = (change: Partial<MethodInput<'printer.configure'>> = {}): Promise<PrintingView> =>
  station.must('printer.configure', { ...network(), ...change });
const printing = (): Promise<PrintingView> => station.must('printer.view', {});
const papers = (): string[] => printer.printed.map((bytes) => printedText(bytes));
const paperOf = async (saleId: string): Promise<string> =>
  (await station.must('sale.get', { saleId })).papers[0]?.paperId ?? '';

describe('before a printer is chosen', () => {
  it('nothing waits for one, and whoever asks for it is told', async () => {
    const sale = await sell(station, [BARCODES.tShirt]);
    expect(await printing()).toMatchObject({ settings: { target: { kind: 'none' } }, waiting: 0, failed: 0 });
    expect(await station.call('printer.test', {})).toMatchObject({ error: { code: 'printer_not_configured' } });
    const paperId = await paperOf(sale.saleId);
    expect(await station.call('paper.print', { commandId: id(), paperId })).toMatchObject({
      error: { code: 'printer_not_configured' },
    });
    expect(await station.call('drawer.open', { reason: 'troco' })).toMatchObject({
      error: { code: 'drawer_not_configured' },
    });
  });

  it('wrong settings are refused by field and value', async () => {
    const wrong = (target: unknown, field: string): Promise<void> =>
      expect(station.call('printer.configure', { target } as MethodInput<'printer.configure'>)).resolves.toMatchObject({
        error: { code: 'invalid_input', field },
      });
    await wrong({ kind: 'network', host: 'http://x/', port: 9100 }, 'target.host');
    await wrong({ kind: 'network', host: '10.0.0.40', port: 70_000 }, 'target.port');
    await wrong({ kind: 'file', path: '' }, 'target.path');
    for (const path of ['lp0', join(data, 'não-existe'), data])
      expect(await station.call('printer.configure', { target: { kind: 'file', path } })).toMatchObject({
        error: { code: 'printer_path_unusable', path },
      });
  });
});

describe('a printer on the network', () => {
  it('prints the test page, the paper of a sale with its cash drawer, and of a cancellation', async () => {
    await configure();
    await station.must('printer.test', {});
    const sale = await sell(station, [BARCODES.tShirt]);
    await papersOut(station);
    const approvalId = await approve(station, 'cancel_sale');
    await station.must('sale.cancel', { commandId: id(), saleId: sale.saleId, reason: 'cliente desistiu', approvalId });
    await papersOut(station);
    expect(printer.printed).toHaveLength(3);
    expect(papers()[0]).toContain('TESTE DE IMPRESSÃO');
    expect(papers()[1]).toContain(`Venda ${sale.number}`);
    expect(papers()[1]).toContain('NÃO É DOCUMENTO FISCAL');
    expect(papers()[2]).toContain('CANCELAMENTO DE VENDA');
    expect(printer.printed.map((bytes) => readEscPos(bytes).drawerPulses)).toEqual([0, 1, 1]);
  });

  it('prints again as 2ª VIA, once for one command, and that is audited', async () => {
    const sale = await sell(station, [BARCODES.dress]);
    await papersOut(station);
    const again = { commandId: id(), paperId: await paperOf(sale.saleId) };
    await station.must('paper.print', again);
    await station.must('paper.print', again);
    await papersOut(station);
    expect(papers().map((text) => text.startsWith('2ª VIA'))).toEqual([false, true]);
    expect(readEscPos(printer.printed[1] ?? Buffer.alloc(0)).drawerPulses).toBe(0);
    expect(audited('paper_print')).toMatchObject([{ isCopy: true }]);
    expect(await station.call('paper.print', { commandId: id(), paperId: id() })).toMatchObject({
      error: { code: 'paper_not_found' },
    });
  });

  it('opens the drawer with a reason and leave, audited', async () => {
    expect(await station.call('drawer.open', { reason: 'trocar moedas' })).toMatchObject({
      error: { code: 'permission_required', permission: 'open_drawer' },
    });
    const approvalId = await approve(station, 'open_drawer');
    await station.must('drawer.open', { reason: 'trocar moedas', approvalId });
    await papersOut(station);
    expect(printer.printed).toHaveLength(1);
    expect(readEscPos(printer.printed[0] ?? Buffer.alloc(0))).toMatchObject({ drawerPulses: 1, lines: [] });
    expect(audited('drawer_open')).toEqual([{ reason: 'trocar moedas' }]);
  });

  it('never touches a sale when it is gone; papers wait, and come out in their order when it is back', async () => {
    await printer.switchOff();
    const first = await sell(station, [BARCODES.tShirt]);
    const second = await sell(station, [BARCODES.jeans]);
    const stuck = await until(printing, ({ trouble }) => trouble !== null);
    expect(stuck).toMatchObject({ waiting: 2, trouble: { code: 'unreachable', text: 'conexão recusada' } });
    expect(await station.call('printer.test', {})).toMatchObject({
      error: { code: 'printer_failed', trouble: 'unreachable' },
    });
    expect((await station.must('station.view', {})).printing.waiting).toBe(2);
    await printer.switchOn();
    await station.must('printer.retry', {});
    await papersOut(station);
    expect(papers().map((text) => /Venda (\S+)/.exec(text)?.[1])).toEqual([first.number, second.number]);
    expect(papers().some((text) => text.includes('REIMPRESSÃO'))).toBe(false);
  });

  it('says that its paper ended, and prints when there is a new roll', async () => {
    [printer.voice, printer.paperOut] = [true, true];
    await sell(station, [BARCODES.tShirt]);
    expect(await until(printing, ({ trouble }) => trouble !== null)).toMatchObject({ trouble: { code: 'paper_out' } });
    expect(printer.printed).toEqual([]);
    printer.paperOut = false;
    await station.must('printer.retry', {});
    await papersOut(station);
    expect(printer.printed).toHaveLength(1);
    printer.voice = false;
  });

  it('that dies in the middle of a paper prints it again, marked', async () => {
    printer.dieAfterBytes = 100;
    const sale = await sell(station, [BARCODES.tShirt]);
    await papersOut(station);
    expect(printer.printed).toHaveLength(2);
    expect(printer.printed[0]).toHaveLength(100);
    expect(papers()[1]).toMatch(/^REIMPRESSÃO/);
    expect(papers()[1]).toContain(`Venda ${sale.number}`);
  });

  it('gives up papers only when a person says so', async () => {
    await printer.switchOff();
    const kept = await sell(station, [BARCODES.tShirt]);
    await sell(station, [BARCODES.jeans]);
    const jobs = await until(
      () => station.must('printer.jobs', {}),
      (list) => list.length === 2 && list.every(({ state }) => state === 'waiting'),
    );
    expect(jobs[0]).toMatchObject({ title: `Venda ${kept.number}`, isCopy: false, mayBeOut: false });
    const jobId = jobs[1]?.jobId ?? 0;
    await station.must('printer.discard', { commandId: id(), jobId });
    expect(await station.call('printer.discard', { commandId: id(), jobId })).toMatchObject({
      error: { code: 'print_job_not_found', jobId },
    });
    expect(audited('print_discard')).toEqual([{ jobId, discarded: 1 }]);
    await printer.switchOn();
    await station.must('printer.retry', {});
    await papersOut(station);
    expect(papers()).toHaveLength(1);
    expect(papers()[0]).toContain(`Venda ${kept.number}`);
  });
});

describe('a core that is killed', () => {
  it('with papers waiting prints each of them after its next start', async () => {
    await printer.switchOff();
    const sales = [await sell(station, [BARCODES.tShirt]), await sell(station, [BARCODES.dress])];
    await crash(() => printer.switchOn());
    await papersOut(station);
    const text = papers().join('\n');
    for (const { number } of sales) expect(text).toContain(`Venda ${number}`);
  });

  it('in the middle of a paper prints it again, marked', async () => {
    printer.deaf = true;
    const sale = await sell(station, [BARCODES.tShirt]);
    await until(
      () => station.must('printer.jobs', {}),
      ([job]) => job?.state === 'printing',
    );
    await crash(() => {
      printer.deaf = false;
    });
    await papersOut(station);
    expect(papers().at(-1)).toMatch(/^REIMPRESSÃO/);
    expect(papers().at(-1)).toContain(`Venda ${sale.number}`);
  });

  it('right after a sale has its paper, whenever the sale is there', async () => {
    for (let round = 0; round < 5; round += 1) {
      printer.printed.splice(0);
      const saleId = await ring(station, [BARCODES.tShirt]);
      await station.must('sale.addTender', { commandId: id(), saleId, paymentTypeId: 1, amountCents: 10_000 });
      const before = (await station.must('sale.list', {})).length;
      const sold = station.call('sale.complete', { commandId: id(), saleId }).catch(() => null);
      // Before the reply, after it, and in between.
      await new Promise((resolve) => setTimeout(resolve, 3 * round));
      await crash(() => sold);
      await papersOut(station);
      const rows = await station.must('sale.list', {});
      if (rows.length > before) expect(papers().join('\n')).toContain(rows[0]?.number);
      const open = await station.must('sale.current', {});
      if (open !== null) await station.must('sale.abandon', { commandId: id(), saleId: open.saleId, reason: 'queda' });
    }
  });
});

describe('a printer behind a file', () => {
  it('takes the bytes of every paper, in 32 columns without accents', async () => {
    const folder = join(data, 'dev');
    mkdirSync(folder);
    const path = join(folder, 'lp0');
    writeFileSync(path, '');
    await configure({ target: { kind: 'file', path }, columns: 32, codePage: 'ascii', cut: false });
    const sale = await sell(station, [BARCODES.tShirt]);
    await papersOut(station);
    const printed = readEscPos(readFileSync(path));
    expect(printed).toMatchObject({ cuts: 0, drawerPulses: 1 });
    const texts = printed.lines.map(({ text }) => text.trimEnd());
    expect(texts).toContain(`Venda ${sale.number}`);
    expect(texts).toContain(' COMPROVANTE - NAO E DOCUMENTO');
    expect(Math.max(...texts.map((text) => text.length))).toBe(32);
  });

  it('that is taken away leaves the papers waiting; without a printer none waits any more', async () => {
    const path = join(data, 'dev', 'lp1');
    writeFileSync(path, '');
    await configure({ target: { kind: 'file', path } });
    rmSync(path);
    await sell(station, [BARCODES.tShirt]);
    expect(await until(printing, ({ trouble }) => trouble !== null)).toMatchObject({
      waiting: 1,
      trouble: { code: 'no_device', text: 'não existe' },
    });
    expect(await configure({ target: { kind: 'none' } })).toMatchObject({ waiting: 0, failed: 0, trouble: null });
  });
});

function audited(action: string): unknown[] {
  const database = new SqliteDatabase(join(data, 'station.db'), { readonly: true });
  const rows = database.prepare('SELECT detail FROM audit WHERE action = ? ORDER BY sequence').pluck().all(action);
  database.close();
  return (rows as string[]).map((detail) => JSON.parse(detail) as unknown);
}
