import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ageWords, keptWords, syncWords } from '../../renderer/components/sync-words.ts';
import { texts } from '../../renderer/i18n/texts.ts';
import { answer, no } from './support/fake-bridge.ts';
import { createFakeShop } from './support/fake-shop.ts';
import { press, settle } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { saleRow, stationView, syncView } from './support/views.ts';

afterEach(() => {
  closeWindow();
  vi.restoreAllMocks();
});

const t = texts['pt-BR'];
const now = Date.parse('2026-11-21T14:00:00.000Z');

const ERP_IS_OLD = {
  kind: 'erp_restored',
  text: 'O ERP voltou no tempo: 4 documentos foram postos de novo na fila.',
  at: '2026-11-21T13:00:00.000Z',
} as const;

describe('the badge', () => {
  it('says what replication is, in the words of the shop', () => {
    const away = { reachability: 'unreachable', waiting: 12, oldestWaitingAt: '2026-11-21T13:46:00.000Z' } as const;
    expect(syncWords(t, syncView(), now)).toEqual({ tone: 'online', text: 'Online' });
    expect(syncWords(t, syncView({ waiting: 3 }), now).text).toBe('Online · 3 a enviar');
    expect(syncWords(t, syncView(away), now)).toEqual({
      tone: 'away',
      text: 'Sem servidor · vendas normais · 12 a enviar · mais antiga há 14 min',
    });
    expect(syncWords(t, syncView({ reachability: 'unreachable' }), now).text).toBe('Sem servidor · vendas normais');
    expect(syncWords(t, syncView({ errors: 2 }), now)).toEqual({ tone: 'error', text: '2 erros' });
  });

  it('is red for documents that wait for a person, never for a missing server', () => {
    for (const reachability of ['online', 'unreachable', 'busy', 'stopped', 'connecting', 'not_configured'] as const) {
      expect(syncWords(t, syncView({ reachability, waiting: 5 }), now).tone).not.toBe('error');
      expect(syncWords(t, syncView({ reachability, errors: 1 }), now).tone).toBe('error');
    }
  });

  it('never shows a green light while something waits for a person or the server', () => {
    expect(syncWords(t, syncView({ reachability: 'stopped' }), now).tone).toBe('attention');
    expect(syncWords(t, syncView({ reachability: 'busy' }), now).tone).toBe('away');
    expect(syncWords(t, syncView({ alerts: [ERP_IS_OLD] }), now)).toEqual({
      tone: 'attention',
      text: 'Online · 1 aviso',
    });
  });

  it('tells ages in the largest fitting unit', () => {
    const ages = [0, 59_000, 60_000, 3_600_000, 3_900_000, 49 * 3_600_000].map((ms) => ageWords(t, ms));
    expect(ages).toEqual(['menos de 1 min', 'menos de 1 min', '1 min', '1 h', '1 h 5 min', '2 dias']);
  });
});

describe('where what was sold is', () => {
  it('is told by what is still missing, and waits for the server only where it is away', () => {
    const said = (view: Parameters<typeof syncView>[0]): string => keptWords(t, syncView(view));
    expect(said({})).toBe(t.sync.allSent);
    expect(said({ alerts: [ERP_IS_OLD] })).toBe(t.sync.allSent);
    expect(said({ waiting: 1 })).toBe(t.sync.kept);
    expect(said({ errors: 1 })).toBe(t.sync.kept);
    expect(said({ reachability: 'stopped' })).toBe(t.sync.kept);
    expect(said({ reachability: 'unreachable' })).toBe(t.sync.safe);
    expect(said({ reachability: 'busy', waiting: 1 })).toBe(t.sync.safe);
  });
});

describe('the panel', () => {
  it('says why sending did not run', async () => {
    const shop = createFakeShop();
    shop.handlers['sync.sendNow'] = () =>
      answer({ ran: false, reason: 'unreachable', sent: 0, confirmed: 0, left: 12 });
    await openWindow(shop);
    await press('s', { ctrlKey: true });
    screen.getByRole('button', { name: 'Enviar agora' }).focus();
    await press('Enter');
    expect(screen.getByTestId('send-outcome').textContent).toContain('O servidor não respondeu');
  });

  it('says what changes without the server, with the age of the prices, in both languages', async () => {
    const away = { reachability: 'unreachable', unreachableSince: '2026-11-21T13:00:00.000Z' } as const;
    const read = new Date(Date.now() - 3_600_000).toISOString();
    const old = new Date(Date.now() - 30 * 3_600_000).toISOString();
    const table = () => screen.getByRole('group', { name: t.sync.changes });
    await openWindow(createFakeShop(stationView({ sync: syncView({ ...away, lastPullAt: read }) })));
    await press('s', { ctrlKey: true });
    expect(table().tabIndex).toBe(0);
    expect(table().textContent).toContain('PixCom o QR da loja');
    expect(table().textContent).toContain('Os da última leitura, ');
    expect(table().textContent).not.toContain('confira a etiqueta');
    // Nothing of it asks for an answer, nothing is an alarm.
    expect(table().querySelector('[role=alert], .error')).toBeNull();
    closeWindow();
    await openWindow(createFakeShop(stationView({ sync: syncView({ ...away, lastPullAt: old }) })));
    await press('s', { ctrlKey: true });
    expect(table().textContent).toContain('Na dúvida, confira a etiqueta.');
    closeWindow();
    localStorage.setItem('station.language', 'en');
    await openWindow(createFakeShop(stationView({ sync: syncView({ ...away, lastPullAt: old }) })));
    await press('s', { ctrlKey: true });
    const english = screen.getByRole('group', { name: texts.en.sync.changes });
    expect(english.textContent).toContain('look for the credit in the bank’s app');
    expect(english.textContent).toContain('If in doubt, look at the tag.');
  });

  it('shows the errors with the words of the server, and never takes unread for none', async () => {
    const shop = createFakeShop(stationView({ sync: syncView({ errors: 1 }) }));
    const { delivery } = saleRow(7);
    const lastError = { class: 'refused', text: 'CFOP inválido', at: '2026-11-21T13:00:00.000Z' };
    shop.handlers['sync.errors'] = () =>
      answer([
        {
          number: 'E01000007',
          totalCents: 9990,
          delivery: { ...delivery, state: 'rejected', lastError },
          personId: null,
          waitsFor: null,
          isDetachable: false,
        },
      ]);
    shop.handlers['sync.resend'] = () => answer(syncView());
    await openWindow(shop);
    await press('s', { ctrlKey: true });
    expect(screen.getByText('CFOP inválido')).toBeTruthy();
    await act(async () => {
      screen.getByRole('button', { name: 'Reenviar E01000007' }).click();
      await settle();
    });
    expect(shop.sent.find(({ method }) => method === 'sync.resend')?.input).toEqual({
      documentId: delivery.documentId,
    });

    closeWindow();
    shop.handlers['sync.errors'] = () => no({ code: 'internal', incident: 'X1' });
    await openWindow(shop);
    await press('s', { ctrlKey: true });
    expect(screen.getByText(/Não foi possível ler os erros/)).toBeTruthy();
  });

  it('tells what happened to the ERP until a person has read it', async () => {
    const shop = createFakeShop(stationView({ sync: syncView({ alerts: [ERP_IS_OLD] }) }));
    shop.handlers['sync.resume'] = () => answer(syncView());
    await openWindow(shop);
    await press('s', { ctrlKey: true });
    expect(screen.getByTestId('sync-alerts').textContent).toContain('4 documentos foram postos de novo na fila');
    await act(async () => {
      screen.getByRole('button', { name: 'Ciente' }).click();
      await settle();
    });
    expect(shop.sent.find(({ method }) => method === 'sync.resume')?.input).toEqual({ password: null });
    expect(screen.queryByTestId('sync-alerts')).toBeNull();
  });

  it('names what does not answer while the rest does', async () => {
    const broken = {
      task: 'stock',
      method: 'produtos/saldodeestoque',
      state: 'open',
      failures: 4,
      text: 'HTTP 500',
      since: '2026-11-21T13:00:00.000Z',
      nextAttemptInMs: 5_000,
    } as const;
    await openWindow(createFakeShop(stationView({ sync: syncView({ methods: [broken] }) })));
    await press('s', { ctrlKey: true });
    expect(screen.getByTestId('broken-methods').textContent).toContain('produtos/saldodeestoqueHTTP 500');
  });

  it('pulls the plug of the demo server', async () => {
    const shop = createFakeShop();
    shop.handlers['demo.setServer'] = ({ running }) => answer(stationView({ demoServer: { running, url: null } }));
    await openWindow(shop);
    await press('s', { ctrlKey: true });
    await act(async () => {
      screen.getByRole('switch').click();
      await settle();
    });
    expect(shop.sent.find(({ method }) => method === 'demo.setServer')?.input).toEqual({ running: false });
    expect(screen.getByText(/Desligado/)).toBeTruthy();
  });

  it('has no switch in a real store', async () => {
    await openWindow(createFakeShop(stationView({ setup: 'store', demoServer: null })));
    await press('s', { ctrlKey: true });
    expect(screen.queryByRole('switch')).toBeNull();
  });
});

describe('the language', () => {
  it('changes every screen at once and is remembered', async () => {
    const shop = createFakeShop();
    await openWindow(shop);
    await act(async () => {
      screen.getByRole('button', { name: 'Preferências' }).click();
      await settle();
    });
    await act(async () => {
      screen.getByText('English').click();
      await settle();
    });
    await press('Escape');
    expect(screen.getByTestId('pay').textContent).toContain('Pay');
    expect(document.documentElement.lang).toBe('en');
    expect(localStorage.getItem('station.language')).toBe('en');
  });
});
