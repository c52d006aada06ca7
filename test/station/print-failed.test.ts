import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PrintingView } from '../../contract/printing-api.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { failPaper } from '../support/fail-paper.ts';
import { printedText } from '../support/read-escpos.ts';
import { papersOut, startReceiptPrinter, type ReceiptPrinter } from '../support/receipt-printer.ts';
import { runCli, runCliJson } from '../support/run-cli.ts';
import { BARCODES, sell, until } from '../support/spawn-station.ts';

/* A paper that was tried for long waits for a person: at the window's methods, and by `station printer`. */

let printer: ReceiptPrinter;
let paperId: string;
const { station, data, crash } = useDemoTill({
  prepare: async () => {
    printer = await startReceiptPrinter();
  },
});
const at = ['--data', data];
beforeAll(async () => {
  const sale = await sell(station, [BARCODES.tShirt]);
  paperId = (await station.must('sale.get', { saleId: sale.saleId })).papers[0]?.paperId ?? '';
});
afterAll(() => printer.switchOff());
beforeEach(() => printer.printed.splice(0));

const printing = (): Promise<PrintingView> => station.must('printer.view', {});
const papers = (): string[] => printer.printed.map((bytes) => printedText(bytes));

describe('`station printer`', () => {
  it('says that there is none, and chooses one, keeping what is not named', async () => {
    expect(await runCli(['printer', ...at])).toMatchObject({ code: 0, out: expect.stringMatching(/^Sem impressora/) });
    expect((await runCli(['printer', 'test', ...at])).code).toBe(1);
    const host = `127.0.0.1:${printer.port}`;
    const set = await runCli(['printer', 'set', '--network', host, '--columns', '32', '--drawer', ...at]);
    expect(set).toMatchObject({ code: 0, err: '' });
    expect(set.out).toMatch(new RegExp(`^Impressora: +${host}$`, 'm'));
    const { code, reply } = await runCliJson(['printer', 'set', '--no-cut', ...at]);
    expect(code).toBe(0);
    expect(reply.output).toMatchObject({
      settings: { target: { kind: 'network', port: printer.port }, columns: 32, cut: false, drawer: true },
    });
    expect(await runCli(['printer', 'set', '--device', '/nowhere/lp0', ...at])).toMatchObject({
      code: 1,
      err: expect.stringContaining('[I-'),
    });
    expect(await runCli(['printer', 'test', ...at])).toMatchObject({ code: 0, out: /^Página de teste/ });
    await papersOut(station);
    expect(papers()[0]).toMatch(/^TESTE DE/);
  });
});

describe('a paper that was tried thirty times', () => {
  it('waits for a person, over a kill, and does not come out by itself when the printer is back', async () => {
    await printer.switchOff();
    const jobId = await failPaper(station, paperId);
    expect(await printing()).toMatchObject({ waiting: 0, failed: 1, trouble: { code: 'unreachable' } });
    await crash();
    expect(await station.must('printer.jobs', {})).toMatchObject([{ jobId, state: 'failed', attempts: 30 }]);
    const view = await runCli(['printer', ...at]);
    expect(view.code).toBe(6);
    expect(view.out).toMatch(/^Fila: +0 a imprimir, 1 à espera de uma pessoa$/m);
    await printer.switchOn();
    const next = await sell(station, [BARCODES.dress]);
    await papersOut(station);
    expect((await printing()).failed).toBe(1);
    expect(papers()).toEqual([expect.stringContaining(`Venda ${next.number}`)]);
  });

  it('comes out once when a person tries again', async () => {
    expect((await runCli(['printer', 'queue', ...at])).out).toMatch(/30 tentativas +NÃO SAIU/);
    expect(await runCli(['printer', 'retry', ...at])).toMatchObject({ code: 0, err: '' });
    await until(printing, ({ waiting, failed }) => waiting + failed === 0);
    expect(papers()).toHaveLength(1);
    expect(await runCli(['printer', 'queue', ...at])).toMatchObject({ code: 0, out: 'Nada a imprimir.\n' });
  });

  it('is given up by a person alone; the paper can be printed again', async () => {
    await printer.switchOff();
    const jobId = await failPaper(station, paperId);
    expect(await runCli(['printer', 'discard', String(jobId), ...at])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nada a imprimir.'),
    });
    expect((await runCli(['printer', 'discard', String(jobId), ...at])).code).toBe(1);
    expect(await printing()).toMatchObject({ waiting: 0, failed: 0, trouble: null });
    await printer.switchOn();
    await station.must('paper.print', { commandId: randomUUID(), paperId });
    await papersOut(station);
    expect(papers()).toHaveLength(1);
  });
});
