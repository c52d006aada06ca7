import { act, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import type { DoctorCheckView, LoadView, StationView } from '../../contract/station-views.ts';
import type { Refusal } from '../../contract/refusals.ts';
import { estimateRemainingSeconds } from '../../renderer/setup/remaining-time.ts';
import { answer, no } from './support/fake-bridge.ts';
import { createFakeShop, type FakeShop } from './support/fake-shop.ts';
import { press, settle, type } from './support/keyboard.ts';
import { closeWindow, openWindow } from './support/open-window.tsx';
import { doneLoad, stationView } from './support/views.ts';

/* The pages of the first run over a core of answers: what is refused where, and that nothing typed is lost. */

afterEach(closeWindow);

const empty = stationView({ setup: 'empty', station: null, operator: null, cashSession: null, demoServer: null });
const store = stationView({ setup: 'store', operator: null, cashSession: null, demoServer: null });
const fine = (name: string): DoctorCheckView => ({ name, state: 'ok', detail: 'certo', advice: null });
const failed = (name: string): DoctorCheckView => ({ name, state: 'failed', detail: 'recusada', advice: 'Confira.' });
const choice = (stationCode: string, missing: string[] = []) =>
  ({ stationCode, description: `Caixa ${stationCode}`, branchName: 'Centro', missing }) as const;
const tag = {
  barcode: '7890000000017',
  description: 'Vestido',
  color: '',
  size: 'M',
  price1Cents: 19_990,
  price2Cents: null,
};
const paymentType = (paymentTypeId: number, description: string, guessedKind: 'cash' | 'other') =>
  ({ paymentTypeId, code: `0${paymentTypeId}`, description, guessedKind, kind: guessedKind }) as const;

function createShop(view: StationView = empty): FakeShop {
  const shop = createFakeShop(view);
  Object.assign(shop.handlers, {
    'setup.testConnection': () => answer([fine('Conexão'), fine('Login no ERP')]),
    'setup.stations': () => answer([choice('E01'), choice('E02', ['ativo'])]),
    'setup.previewPrices': () => answer([tag]),
    'setup.previewPaymentTypes': () => answer([paymentType(1, 'Dinheiro', 'cash'), paymentType(9, 'Vale', 'other')]),
  });
  return shop;
}

const enrolments = (shop: FakeShop) => shop.sent.filter(({ method }) => method === 'setup.enrol');
const title = () => screen.getByRole('heading', { level: 1 }).textContent;
const button = (name: RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });

async function typeIn(label: string, text: string): Promise<void> {
  screen.getByLabelText(label).focus();
  await type(text);
}

async function choose(element: HTMLElement): Promise<void> {
  await act(async () => {
    element.focus();
    fireEvent.click(element);
    await settle();
  });
}

async function openServerPage(shop: FakeShop): Promise<void> {
  await openWindow(shop);
  await choose(button(/Configurar minha loja/));
  await typeIn('Servidor', 'http://erp');
  await typeIn('Usuário', 'e01');
  await typeIn('Senha', 'segredo');
}

/** Up to the payment types, with E01 and the first price. */
async function openPaymentsPage(shop: FakeShop): Promise<void> {
  await openServerPage(shop);
  await press('Enter');
  await press('Enter');
  await choose(screen.getByRole('radio', { name: /E01/ }));
  await press('Enter');
  await press('Enter');
  await choose(screen.getByRole('radio', { name: 'Preço 1 da tabela' }));
  await press('Enter');
  expect(title()).toBe('O que é cada forma de pagamento?');
}

describe('the page of the server', () => {
  it('warns of http and goes on only after a test that reached the login', async () => {
    const shop = createShop();
    shop.handlers['setup.testConnection'] = () => answer([fine('Conexão'), failed('Login no ERP'), fine('Relógio')]);
    await openServerPage(shop);
    expect(screen.getByText(/a senha trafega aberta/)).toBeTruthy();
    await press('Enter');
    expect(screen.getByText('recusada')).toBeTruthy();
    expect(screen.getByText(/Confira o usuário e a senha/)).toBeTruthy();
    expect(screen.getByText('Não verificado')).toBeTruthy();
    await press('Enter');
    expect(title()).toBe('Onde está o ERP?');
    expect(shop.sent.filter(({ method }) => method === 'setup.testConnection')).toHaveLength(2);
  });

  it('forgets a test when a letter of the login changes', async () => {
    const shop = createShop();
    await openServerPage(shop);
    await press('Enter');
    expect(button(/Continuar/)).toBeTruthy();
    await type('x');
    expect(button(/Testar conexão/)).toBeTruthy();
    expect(screen.queryByText('Login no ERP')).toBeNull();
  });

  it('lets a station with a wrong clock go on', async () => {
    const shop = createShop();
    shop.handlers['setup.testConnection'] = () => answer([fine('Login no ERP'), failed('Relógio')]);
    await openServerPage(shop);
    await press('Enter');
    expect(button(/Continuar/)).toBeTruthy();
  });

  it('says in place that an address is none, and keeps it', async () => {
    const shop = createShop();
    shop.handlers['setup.testConnection'] = () => no({ code: 'server_url_invalid', server: 'http://erp' });
    await openServerPage(shop);
    await press('Enter');
    expect(screen.getByTestId('refusal').textContent).toContain('não é válido');
    expect(screen.getByLabelText<HTMLInputElement>('Servidor').value).toBe('http://erp');
  });
});

describe('the page of the station', () => {
  it('lists the stations of the ERP, and does not offer one that is switched off', async () => {
    const shop = createShop();
    await openServerPage(shop);
    await press('Enter');
    await press('Enter');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /E02/ }).disabled).toBe(true);
    expect(screen.getByText('Inativa no ERP')).toBeTruthy();
    expect(button(/Continuar/).disabled).toBe(true);
  });

  it('says why they cannot be read, and takes a typed code instead', async () => {
    const shop = createShop();
    shop.handlers['setup.stations'] = () => no({ code: 'server_busy', server: 'http://erp' });
    await openServerPage(shop);
    await press('Enter');
    await press('Enter');
    expect(screen.getByTestId('refusal').textContent).toContain('ocupado');
    await typeIn('Código da estação', 'e-01x');
    expect(screen.getByLabelText<HTMLInputElement>('Código da estação').value).toBe('E01');
    await press('Enter');
    expect(title()).toBe('O que vale quando ninguém informa');
  });

  it('finds one of many by its words', async () => {
    const shop = createShop();
    const codes = ['A01', 'A02', 'A03', 'A04', 'A05', 'A06', 'A07', 'A08', 'B01'];
    shop.handlers['setup.stations'] = () => answer(codes.map((code) => choice(code)));
    await openServerPage(shop);
    await press('Enter');
    await press('Enter');
    await type('centro b01');
    expect(screen.getAllByRole('radio')).toHaveLength(1);
    await press('Enter');
    expect(title()).toBe('O que vale quando ninguém informa');
  });
});

describe('going back', () => {
  it('loses nothing from the last page to the first and on again', async () => {
    const shop = createShop();
    await openPaymentsPage(shop);
    for (let page = 0; page < 4; page += 1) await press('Escape');
    expect(screen.getByLabelText<HTMLInputElement>('Senha').value).toBe('segredo');
    screen.getByLabelText('Senha').focus();
    await press('Enter');
    expect(screen.getByRole<HTMLInputElement>('radio', { name: /E01/ }).checked).toBe(true);
    await press('Escape');
    await press('Escape');
    expect(screen.getByTestId('open-demo')).toBeTruthy();
  });
});

describe('the enrolment', () => {
  it('sends everything that was chosen', async () => {
    const shop = createShop();
    await openServerPage(shop);
    await press('Enter');
    await press('Enter');
    await choose(screen.getByRole('radio', { name: /E01/ }));
    await press('Enter');
    await typeIn('Código do cliente padrão', ' 000302 ');
    await typeIn('Código do vendedor padrão', '24');
    await typeIn('Evento de venda', '10');
    fireEvent.change(screen.getByLabelText('Fuso horário da filial'), { target: { value: 'America/Manaus' } });
    screen.getByLabelText('Evento de venda').focus();
    await press('Enter');
    await choose(screen.getByRole('radio', { name: 'Preço 2 da tabela' }));
    await press('Enter');
    fireEvent.change(screen.getByLabelText('Vale neste caixa'), { target: { value: 'store_credit' } });
    await choose(button(/Configurar e carregar/));
    expect(enrolments(shop)[0]?.input).toEqual({
      server: 'http://erp',
      user: 'e01',
      password: 'segredo',
      stationCode: 'E01',
      customerCode: '000302',
      salespersonCode: '24',
      saleEvent: '10',
      returnEvent: null,
      timeZone: 'America/Manaus',
      priceColumn: 2,
      paymentKinds: [{ paymentTypeId: 9, kind: 'store_credit' }],
    });
  });

  it.each<[Refusal, string]>([
    [{ code: 'password_wrong', user: 'e01' }, 'Onde está o ERP?'],
    [{ code: 'station_unknown', stationCode: 'E01', known: ['E02'] }, 'Qual estação é esta máquina?'],
    [{ code: 'salesperson_unknown', salespersonCode: '99' }, 'O que vale quando ninguém informa'],
    [
      { code: 'register_incomplete', register: 'clientes', fields: ['cliente padrão CONSUMIDOR'] },
      'O que vale quando ninguém informa',
    ],
    [{ code: 'register_incomplete', register: 'filial 00010', fields: ['cnpj'] }, 'O que é cada forma de pagamento?'],
    [{ code: 'server_busy', server: 'http://erp' }, 'O que é cada forma de pagamento?'],
  ])('refused for %o is told on the page %s', async (refusal, page) => {
    const shop = createShop();
    shop.handlers['setup.enrol'] = () => ({ ok: false, error: refusal }) as never;
    await openPaymentsPage(shop);
    await choose(button(/Configurar e carregar/));
    expect(title()).toBe(page);
    expect(screen.getByTestId('refusal')).toBeTruthy();
  });

  it('is not sent twice by an impatient hand', async () => {
    const shop = createShop();
    shop.handlers['setup.enrol'] = () => new Promise(() => undefined);
    await openPaymentsPage(shop);
    await choose(button(/Configurar e carregar/));
    await press('Enter');
    expect(enrolments(shop)).toHaveLength(1);
  });
});

describe('a replacement', () => {
  const replacements = (shop: FakeShop) => shop.sent.filter(({ method }) => method === 'setup.replace');
  const last = {
    stationCode: 'E09',
    machine: 'CAIXA-9',
    lastContactAt: '2026-11-21T12:00:00.000Z',
    lastNumber: 41,
    waiting: 2,
    waitingCents: 17_980,
    oldestWaitingAt: '2026-11-21T11:00:00.000Z',
    errors: 1,
  };

  /** Up to the payment types, in the place of E09. */
  async function openReplacement(): Promise<FakeShop> {
    const shop = createShop();
    shop.handlers['setup.stations'] = () => answer([choice('E01'), choice('E09')]);
    await openServerPage(shop);
    await press('Enter');
    await press('Enter');
    await choose(screen.getByRole('radio', { name: /E01/ }));
    await choose(screen.getByRole('checkbox', { name: /Substituir uma estação/ }));
    await press('Enter');
    expect(title()).toBe('Qual estação quebrou?');
    expect(button(/Continuar/).disabled).toBe(true);
    expect(screen.queryByRole('option', { name: /E01/ })).toBeNull();
    fireEvent.change(screen.getByLabelText('Estação substituída'), { target: { value: 'E09' } });
    await typeIn('Usuário do suporte', 'suporte');
    await typeIn('Senha do suporte', 'forte');
    await typeIn('Código do gerente', '9');
    await typeIn('PIN do gerente', '9999');
    await typeIn('Motivo', 'fonte queimada');
    await press('Enter');
    await press('Enter');
    await choose(screen.getByRole('radio', { name: 'Preço 1 da tabela' }));
    await press('Enter');
    return shop;
  }

  it('asks for support, manager and reason, tells the last words of the dead one, and goes on with the load', async () => {
    const shop = await openReplacement();
    shop.handlers['setup.replace'] = () =>
      answer({ station: { ...store, load: { ...doneLoad, state: 'running' } }, replaced: last });
    await choose(button(/Configurar e carregar/));
    expect(enrolments(shop)).toHaveLength(0);
    expect(replacements(shop)[0]?.input).toMatchObject({
      stationCode: 'E01',
      replaces: 'E09',
      supportUser: 'suporte',
      supportPassword: 'forte',
      operatorCode: '9',
      pin: '9999',
      reason: 'fonte queimada',
    });
    const told = screen.getByTestId('replaced').textContent.replaceAll('\u00A0', ' ');
    expect(told).toContain('E09 foi substituída');
    expect(told).toContain('2 · R$ 179,80');
    expect(told).toContain('só estão no disco dela');
    expect(title()).toBe('Carga inicial');
  });

  it.each<[Refusal, string]>([
    [{ code: 'password_wrong', user: 'suporte' }, 'Qual estação quebrou?'],
    [{ code: 'password_wrong', user: 'e01' }, 'Onde está o ERP?'],
    [{ code: 'pin_wrong', attemptsLeft: 2 }, 'Qual estação quebrou?'],
    [
      { code: 'station_alive', stationCode: 'E09', machine: 'CAIXA-9', lastContactAt: '2026-11-21T12:00:00.000Z' },
      'Qual estação quebrou?',
    ],
    [{ code: 'code_not_new', stationCode: 'E01', lastNumber: 7 }, 'Qual estação é esta máquina?'],
  ])('refused for %o is told on the page %s, with what was typed', async (refusal, page) => {
    const shop = await openReplacement();
    shop.handlers['setup.replace'] = () => ({ ok: false, error: refusal }) as never;
    await choose(button(/Configurar e carregar/));
    expect(title()).toBe(page);
    expect(screen.getByTestId('refusal')).toBeTruthy();
    if (page === 'Qual estação quebrou?') {
      expect(screen.getByLabelText<HTMLInputElement>('Motivo').value).toBe('fonte queimada');
    }
  });
});

describe('the remaining time of the initial load', () => {
  const step = (name: LoadView['steps'][number]['step'], state: 'done' | 'running' | 'waiting', rows: number) =>
    ({ step: name, state, rows, error: null }) as const;
  const load = (steps: LoadView['steps']): LoadView => ({ ...doneLoad, state: 'running', rowsPerSecond: 100, steps });

  it('is unknown while products still come, and while the SKUs are not counted', () => {
    const early = load([step('products', 'running', 500), step('prices', 'waiting', 0)]);
    expect(estimateRemainingSeconds(early, 2000)).toBeNull();
    expect(estimateRemainingSeconds(load([step('products', 'done', 500)]), null)).toBeNull();
  });

  it('counts what prices and stock still have to bring', () => {
    const steps = [step('products', 'done', 300), step('prices', 'running', 1000), step('stock', 'waiting', 0)];
    expect(estimateRemainingSeconds(load(steps), 2000)).toBe(30);
  });
});

describe('the readiness card', () => {
  async function openCard(change: (shop: FakeShop) => void): Promise<void> {
    const shop = createShop({ ...store, load: { ...doneLoad, state: 'running' } });
    change(shop);
    await openWindow(shop);
    await act(async () => {
      shop.emit({ event: 'load.changed', view: doneLoad });
      await settle();
    });
  }

  it('says what is missing and what to do, and lets one sell', async () => {
    await openCard((shop) => {
      shop.handlers['operator.list'] = () => answer([]);
    });
    expect(screen.getByText(/Ninguém pode entrar/)).toBeTruthy();
    await press('Enter');
    expect(title()).toBe('Quem está no caixa?');
  });

  it('never calls fine what it could not look at', async () => {
    await openCard((shop) => {
      delete shop.handlers['payment.types'];
    });
    const line = screen.getByText('Formas de pagamento').closest('li');
    expect(line?.dataset['state']).toBe('unknown');
  });
});
