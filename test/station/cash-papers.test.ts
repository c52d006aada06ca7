import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { useDemoTill } from '../support/demo-till.ts';
import { printedText } from '../support/read-escpos.ts';
import { papersOut, startReceiptPrinter, type ReceiptPrinter } from '../support/receipt-printer.ts';
import { closeDrawer, moveCash } from '../support/spawn-station.ts';

/* The papers of the drawer at a real printer: out by themselves, found again later, and printed again as a second copy. */

let printer: ReceiptPrinter;
const { station, crash } = useDemoTill({
  prepare: async (fresh) => {
    printer = await startReceiptPrinter();
    const target = { kind: 'network', host: '127.0.0.1', port: printer.port } as const;
    await fresh.must('printer.configure', { target, drawer: true });
  },
});
afterAll(() => printer.switchOff());

const TITLES = {
  session_opening: 'ABERTURA DE CAIXA',
  supply: 'SUPRIMENTO DE CAIXA',
  withdrawal: 'SANGRIA DE CAIXA',
  session_closing: 'FECHAMENTO DE CAIXA',
} as const;

it('are found after a kill, the newest first, and each is printed again marked 2ª VIA', async () => {
  await moveCash(station, 'supply', 11, 5_000);
  await moveCash(station, 'withdrawal', 20, 2_000);
  const { papers } = await closeDrawer(station, 13_000);
  await papersOut(station);
  expect(printer.printed).toHaveLength(4);
  await crash();

  const found = await station.must('cashSession.papers', {});
  expect(found.map(({ paper }) => paper.kind)).toEqual(['session_closing', 'withdrawal', 'supply', 'session_opening']);
  expect(found[0]?.paper).toEqual(papers[0]);
  printer.printed.splice(0);
  for (const { paper } of found.toReversed())
    await station.must('paper.print', { commandId: randomUUID(), paperId: paper.paperId });
  await papersOut(station);
  const texts = printer.printed.map((bytes) => printedText(bytes));
  expect(texts.map((text) => text.startsWith('2ª VIA'))).toEqual([true, true, true, true]);
  for (const [index, { paper }] of found.toReversed().entries())
    expect(texts[index]).toContain(TITLES[paper.kind as keyof typeof TITLES]);
});
