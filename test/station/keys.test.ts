import { describe, expect, it } from 'vitest';
import { DEFAULT_KEYS } from '../../contract/keys.ts';
import { useDemoTill } from '../support/demo-till.ts';
import { printedText } from '../support/read-escpos.ts';
import { papersOut, startReceiptPrinter } from '../support/receipt-printer.ts';
import { until } from '../support/spawn-station.ts';

/* The keys of a station group, from the ERP's own policies over HTTP to what the window is given and the printer prints. */

const { station, admin } = useDemoTill();

/** Changes the group in the ERP, and waits until the station has it. */
async function changeGroup(version: number, politicas: Readonly<Record<string, unknown>>): Promise<void> {
  const row = { politicas: { versao: version, ...politicas } };
  await admin('registers', { register: 'grupos_estacoes', id: 1, row });
  await station.must('catalog.reload', { register: 'station' });
  await until(
    () => station.must('station.view', {}),
    ({ policies }) => policies.version === version,
  );
}
const digits = async (): Promise<unknown> =>
  Object.fromEntries((await station.must('payment.types', {})).map(({ description, digit }) => [description, digit]));

describe('a key map of the station group', () => {
  it('reaches the window with its digits, once the ERP has it', async () => {
    expect((await station.must('station.view', {})).policies).toMatchObject({
      keys: DEFAULT_KEYS,
      badgePrefix: 'VD-',
    });
    expect(await digits()).toMatchObject({ Dinheiro: 1, 'Cartão de débito': 2, Pix: 4, Crediário: 9 });
    await changeGroup(7, {
      teclas: { buscar: 'F8', resumo: 'Ctrl+R', cpf: 'F3' },
      digitosPagamento: { '1': 4, '2': 1 },
      crachaPrefixo: 'cr.',
      cupomPrefixo: '',
    });
    expect((await station.must('station.view', {})).policies).toMatchObject({
      keys: { ...DEFAULT_KEYS, search: 'F8', summary: 'Ctrl+R', cpf: 'F3' },
      badgePrefix: 'CR.',
      couponPrefix: null,
    });
    expect(await digits()).toMatchObject({ Pix: 1, Dinheiro: 2, 'Cartão de débito': 3, Crediário: 9 });
  });

  it('is refused entry by entry where it makes no sense, and doctor says which and why', async () => {
    await changeGroup(8, {
      teclas: { buscar: 'F9', resumo: 'Ctrl+R', trocar: 'F8', receber: 'Enter' },
      digitosPagamento: { '0': 4, '2': 1 },
      crachaPrefixo: '123',
    });
    const { policies } = await station.must('station.view', {});
    expect(policies).toMatchObject({ keys: { ...DEFAULT_KEYS, summary: 'Ctrl+R' }, badgePrefix: 'VD-' });
    expect(policies.paymentDigits).toEqual({ '2': 1 });
    const check = (await station.must('station.doctor', {})).find(({ name }) => name === 'Políticas do grupo');
    expect(check).toMatchObject({ state: 'warning' });
    for (const said of [
      'teclas.trocar (função desconhecida)',
      'teclas.receber (a tecla Enter não pode ser dada)',
      'teclas.buscar (F9 já é de receber)',
      'digitosPagamento.0 (só de 1 a 9)',
      'crachaPrefixo',
    ])
      expect(check?.detail).toContain(said);
  });

  it('is printed as a card in the language of the window', async () => {
    expect(await station.call('keys.printCard', { language: 'en' })).toMatchObject({
      error: { code: 'printer_not_configured' },
    });
    const printer = await startReceiptPrinter();
    await station.must('printer.configure', { target: { kind: 'network', host: '127.0.0.1', port: printer.port } });
    await station.must('keys.printCard', { language: 'en' });
    await station.must('keys.printCard', { language: 'pt-BR' });
    await papersOut(station);
    const [english = '', portuguese = ''] = printer.printed.map((bytes) => printedText(bytes));
    expect(english).toMatch(/Day summary +Ctrl R\n/);
    expect(portuguese).toMatch(/Resumo do dia +Ctrl R\n/);
    expect(portuguese).toMatch(/Dinheiro +2\n/);
    expect(`${english}${portuguese}`).not.toMatch(/\?{2}|�/);
    await printer.switchOff();
    expect(await station.call('keys.printCard', { language: 'en' })).toMatchObject({
      error: { code: 'printer_failed' },
    });
  });
});
