import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PrintingView } from '../../contract/printing-api.ts';
import { answer, no } from './support/fake-bridge.ts';
import { createFakeShop } from './support/fake-shop.ts';
import { press, settle, type } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { id, stationView } from './support/views.ts';

afterEach(() => {
  closeWindow();
  vi.restoreAllMocks();
});

function printing(change: Partial<PrintingView> = {}): PrintingView {
  const target = { kind: 'network', host: '10.0.0.40', port: 9100 } as const;
  const settings = { target, columns: 48, codePage: 'cp860', cut: true, drawer: true } as const;
  return { settings, waiting: 0, failed: 0, trouble: null, ...change };
}
const noPaper = { waiting: 2, trouble: { code: 'paper_out', text: '' } } as const;
const press2 = async (testId: string): Promise<void> => {
  await act(async () => {
    screen.getByTestId(testId).click();
    await settle();
  });
};

describe('the printer in the top bar', () => {
  it('is not there while papers come out', async () => {
    await openWindow(createFakeShop(stationView({ printing: printing({ waiting: 1 }) })));
    expect(screen.queryByTestId('printer-badge')).toBeNull();
  });

  it('says calmly what is wrong, and opens what waits', async () => {
    const shop = createFakeShop(stationView({ printing: printing(noPaper) }));
    const job = { paperId: id(7), kind: 'sale', isCopy: true, mayBeOut: false, attempts: 3 } as const;
    shop.handlers['printer.jobs'] = () =>
      answer([{ ...job, jobId: 5, title: 'Venda E01000007', state: 'waiting', createdAt: '2026-11-21T13:00:00.000Z' }]);
    shop.handlers['printer.discard'] = () => answer(printing());
    await openWindow(shop);
    const badge = screen.getByTestId('printer-badge');
    expect(badge.textContent).toBe('Impressora sem papel · 2');
    expect(badge.className).not.toContain('error');
    await press2('printer-badge');
    expect(screen.getByTestId('print-queue').textContent).toContain('As vendas continuam');
    // What waits is all that is shown, until the settings are asked for.
    expect(screen.queryByTestId('printer-form')).toBeNull();
    await press2('printer-unfold');
    expect(screen.getByTestId('printer-form')).toBeTruthy();
    await press2('printer-unfold');
    expect(screen.queryByTestId('printer-form')).toBeNull();
    await act(async () => {
      screen.getByRole('button', { name: 'Descartar: Venda E01000007' }).click();
      await settle();
    });
    expect(shop.sent.find(({ method }) => method === 'printer.discard')?.input).toMatchObject({ jobId: 5 });
    // No event tells a window of its own command.
    expect(screen.queryByTestId('printer-badge')).toBeNull();
    expect(screen.queryByTestId('printer-unfold')).toBeNull();
    expect(screen.getByTestId('printer-form')).toBeTruthy();
  });

  it('lets a person try again what was given up after many tries, or give it up', async () => {
    const failed = printing({ failed: 1, trouble: { code: 'unreachable', text: '' } });
    const shop = createFakeShop(stationView({ printing: failed }));
    const job = { paperId: id(7), kind: 'supply', isCopy: false, mayBeOut: false, attempts: 30 } as const;
    shop.handlers['printer.jobs'] = () =>
      answer([{ ...job, jobId: 9, title: 'SANGRIA DE CAIXA', state: 'failed', createdAt: '2026-11-21T13:00:00.000Z' }]);
    shop.handlers['printer.retry'] = () => answer(printing({ waiting: 1 }));
    await openWindow(shop);
    expect(screen.getByTestId('printer-badge').className).toContain('attention');
    await press2('printer-badge');
    const queue = screen.getByTestId('print-queue');
    expect(queue.textContent).toContain('1 comprovante não saiu depois de muitas tentativas');
    expect(queue.textContent).toContain('não saiu');
    expect(screen.getByRole('button', { name: 'Descartar: SANGRIA DE CAIXA' })).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByTestId('print-retry'));
    await press2('print-retry');
    expect(shop.sent.some(({ method }) => method === 'printer.retry')).toBe(true);
    expect(screen.queryByTestId('printer-badge')).toBeNull();
  });
});

describe('the settings of the printer', () => {
  it('are saved and tried with one button, and a refusal stays in the dialog', async () => {
    const shop = createFakeShop();
    shop.handlers['printer.configure'] = () => answer(printing());
    shop.handlers['printer.test'] = () =>
      no({ code: 'printer_failed', printer: '10.0.0.40:9100', trouble: 'cover_open', text: '' });
    await openWindow(shop);
    await act(async () => {
      screen.getByRole('button', { name: 'Preferências' }).click();
      await settle();
    });
    await press2('printer-settings');
    await act(async () => {
      fireEvent.change(screen.getByLabelText('Ligação'), { target: { value: 'network' } });
      await settle();
    });
    await act(async () => {
      fireEvent.change(screen.getByLabelText('Endereço na rede'), { target: { value: '10.0.0.40' } });
      fireEvent.change(screen.getByLabelText('Largura do papel'), { target: { value: '32' } });
      await settle();
    });
    await press2('printer-test');
    expect(shop.sent.find(({ method }) => method === 'printer.configure')?.input).toEqual({
      target: { kind: 'network', host: '10.0.0.40', port: 9100 },
      columns: 32,
      codePage: 'cp860',
      cut: true,
      drawer: false,
    });
    expect(screen.getByTestId('refusal').textContent).toContain('tampa aberta');
  });
});

describe('at the till', () => {
  it('a paper is printed again by a key, or the button says that there is no printer', async () => {
    const shop = createFakeShop(stationView({ printing: printing() }));
    shop.handlers['paper.print'] = () => answer(printing());
    await openWindow(shop);
    await press('l', { ctrlKey: true });
    await press('i', { ctrlKey: true });
    expect(shop.sent.find(({ method }) => method === 'paper.print')?.input).toMatchObject({ paperId: id(700) });
    expect(screen.getByText('Comprovante enviado à impressora')).toBeTruthy();
    closeWindow();
    await openWindow(createFakeShop());
    await press('l', { ctrlKey: true });
    expect(screen.getByTestId<HTMLButtonElement>('print-paper').disabled).toBe(true);
    expect(screen.getByText(/Sem impressora/)).toBeTruthy();
  });

  it('the drawer opens with a reason and the leave of a superior', async () => {
    const shop = createFakeShop(stationView({ printing: printing() }));
    shop.handlers['drawer.open'] = ({ approvalId = null }) =>
      approvalId === null
        ? no({ code: 'permission_required', permission: 'open_drawer', profile: 'manager' })
        : answer({});
    await openWindow(shop);
    await press('g', { ctrlKey: true });
    await type('troco');
    await press('Enter');
    expect(screen.getByText('Liberação do gerente')).toBeTruthy();
    await type('9999');
    await press('Enter');
    const asked = shop.sent.filter(({ method }) => method === 'drawer.open').map(({ input }) => input);
    expect(asked).toEqual([
      { reason: 'troco', approvalId: null },
      { reason: 'troco', approvalId: id(555) },
    ]);
  });
});
