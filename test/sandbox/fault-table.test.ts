import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  errorText,
  INCLUDE,
  receivedOrder,
  rows,
  sale,
  startSandbox,
  STATUS,
  statusBatch,
  temporaryFolder,
  type Answer,
  type CallOptions,
  type Row,
  type Sandbox,
} from './support.ts';

const BRANCHES = '/api/millenium_eco/filiais/lista_simples';
const PRODUCTS = '/api/millenium_eco/produtos/listavitrine?vitrine=2';
const folder = temporaryFolder();
let erp: Sandbox;
let lastNumber = 0;
beforeAll(async () => {
  erp = await startSandbox(folder.path);
});
afterEach(async () => {
  await erp.post('/admin/faults', {});
  await erp.post('/admin/sessions', {});
});
afterAll(async () => {
  await erp.end('SIGTERM');
  folder.remove();
});

const newCode = (): string => `E01${String((lastNumber += 1)).padStart(9, '0')}`;
const branches = (options: CallOptions = {}): Promise<Answer> => erp.get(BRANCHES, { isRaw: true, ...options });

/** How long a call took until it failed, which it must. */
async function failsAfterMs(timeoutMs: number): Promise<number> {
  const started = performance.now();
  await expect(branches({ timeoutMs })).rejects.toThrow();
  return performance.now() - started;
}

/** Includes a sale, lets `judge` look at the answer, and sees whether the ERP keeps it. */
async function includes(isKept: boolean, judge: (answer: Answer) => void): Promise<void> {
  const code = newCode();
  judge(await erp.post(INCLUDE, sale(code)));
  expect((await receivedOrder(erp, code)) !== undefined).toBe(isKept);
}

async function refusal(status: number, text: string): Promise<void> {
  await includes(false, (answer) => {
    expect([answer.status, errorText(answer)]).toEqual([status, expect.stringContaining(text)]);
  });
}

/** What each fault does to a caller. Every check must fail when the fault is not there. */
const FAULTS: readonly [name: string, setting: Row, check: () => Promise<void>][] = [
  [
    'down',
    {},
    async () => {
      expect(await failsAfterMs(5000)).toBeLessThan(2000);
    },
  ],
  [
    'reset',
    {},
    async () => {
      const failed: unknown = await branches().then(
        () => undefined,
        (error: unknown) => error,
      );
      expect((failed as Error).cause).toMatchObject({ code: 'ECONNRESET' });
    },
  ],
  [
    'blackHole',
    {},
    async () => {
      expect(await failsAfterMs(400)).toBeGreaterThan(350);
    },
  ],
  [
    'notHttp',
    {},
    async () => {
      const failed: unknown = await branches().catch((error: unknown) => error);
      expect(String((failed as Error).cause)).toContain('HTTPParserError');
    },
  ],
  [
    'captivePortal',
    {},
    () =>
      includes(false, (answer) => {
        expect([answer.status, answer.type.startsWith('text/html')]).toEqual([200, true]);
      }),
  ],
  [
    'redirect',
    {},
    async () => {
      expect((await branches()).status).toBe(302);
    },
  ],
  ['licenceBusy', { status: 401 }, () => refusal(401, 'ultrapassado o máximo')],
  ['licenceBusy', { status: 429 }, () => refusal(429, 'licen')],
  ['licenceBusy', { status: 500 }, () => refusal(500, 'licen')],
  ['licenceBusy', { status: 503 }, () => refusal(503, 'licen')],
  ['wrongPassword401', {}, () => refusal(401, 'Senha inválida')],
  ['otherLogin401', {}, () => refusal(401, 'já está conectado')],
  ['expiredSession401', {}, () => refusal(401, 'Sessão inválida ou expirada')],
  ['http500', {}, () => refusal(500, 'Estoque insuficiente')],
  [
    'errorInside200',
    {},
    () =>
      includes(false, ({ status, body }) => {
        expect([status, body]).toMatchObject([200, { error: { code: 400 } }]);
      }),
  ],
  [
    'duplicateDelivery',
    {},
    () => includes(true, (answer) => expect(errorText(answer)).toContain('Pedido já cadastrado')),
  ],
  [
    'partialErrors',
    {},
    async () => {
      const code = newCode();
      await erp.post(INCLUDE, sale(code));
      expect((await erp.post(STATUS, statusBatch(3, [code]))).body['acoes']).toMatchObject([{ acao: 100 }]);
    },
  ],
  [
    'cursorBack',
    {},
    async () => {
      const page = async (): Promise<unknown> => rows(await erp.get(`${PRODUCTS}&trans_id=30&$top=5`))[0]?.['trans_id'];
      expect([await page(), await page(), await page()]).toEqual([1, 26, 1]);
    },
  ],
  [
    'tornList',
    {},
    async () => {
      const { body } = await erp.get(`${PRODUCTS}&$top=10`);
      expect([body['odata.count'], body['value']]).toMatchObject([10, { length: 5 }]);
    },
  ],
  [
    'tornList',
    { methods: ['listavitrine'] },
    async () => {
      const { body } = await erp.get(`${PRODUCTS}&trans_id=999`);
      expect([body['odata.count'], body['value']]).toEqual([1, []]);
    },
  ],
  [
    'schemaDrift',
    { kind: 'new' },
    async () => {
      expect(rows(await erp.get(BRANCHES))[0]).toMatchObject({ campo_novo: 'x', lista_nova: [{}] });
    },
  ],
  [
    'schemaDrift',
    { kind: 'missing' },
    async () => {
      expect(Object.keys(rows(await erp.get(BRANCHES))[0] ?? {})).toHaveLength(14);
    },
  ],
  [
    'schemaDrift',
    { kind: 'renamed' },
    async () => {
      expect(Object.keys(rows(await erp.get(BRANCHES))[0] ?? {}).join(' ')).toContain('_novo');
    },
  ],
  [
    'wrongReply',
    { methods: ['lista_simples'] },
    async () => {
      await erp.get(`${PRODUCTS}&$top=1`);
      expect(rows(await erp.get(BRANCHES))[0]).toMatchObject({ cod_produto: '100001' });
    },
  ],
  [
    'controlCharacters',
    {},
    async () => {
      const { text } = await branches();
      expect(() => JSON.parse(text) as unknown).toThrow('control character');
      // oxlint-disable-next-line no-control-regex -- control characters are what this is about
      const stripped = text.replaceAll(/[\u0000-\u001F]/g, '');
      await erp.post('/admin/faults', {});
      expect(stripped).toBe((await branches()).text);
    },
  ],
  [
    'truncatedBody',
    {},
    async () => {
      const { text } = await branches();
      expect(() => JSON.parse(text) as unknown).toThrow('JSON');
    },
  ],
  [
    'wrongContentType',
    {},
    async () => {
      expect(await branches()).toMatchObject({ status: 200, type: 'text/html; charset=iso-8859-1' });
    },
  ],
  [
    'slow',
    { ms: 300 },
    async () => {
      expect(await failsAfterMs(200)).toBeGreaterThan(150);
    },
  ],
  [
    'timeoutAfterCommit',
    {},
    async () => {
      const code = newCode();
      await expect(erp.post(INCLUDE, sale(code), { timeoutMs: 300 })).rejects.toThrow();
      expect(await receivedOrder(erp, code)).toMatchObject({ inclusions: 1 });
    },
  ],
  [
    'dropReply',
    {},
    async () => {
      const code = newCode();
      await expect(erp.post(INCLUDE, sale(code))).rejects.toThrow();
      expect(await receivedOrder(erp, code)).toMatchObject({ inclusions: 1 });
    },
  ],
  [
    'halfOpen',
    {},
    async () => {
      const response = await fetch(`${erp.url}${BRANCHES}`, {
        headers: { authorization: `Basic ${btoa('e01:demo-e01')}` },
        signal: AbortSignal.timeout(400),
      });
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow('aborted');
    },
  ],
  [
    'trickle',
    { ms: 2 },
    async () => {
      const started = performance.now();
      const { text } = await branches();
      expect(performance.now() - started).toBeGreaterThan(2 * text.length - 50);
    },
  ],
  [
    'giantBody',
    { bytes: 8 * 1024 * 1024 },
    async () => {
      const { text } = await branches();
      expect(text.length).toBeGreaterThan(8 * 1024 * 1024);
      expect(JSON.parse(text)).toMatchObject({ 'odata.count': 2 });
    },
  ],
];

describe('each fault by its name', () => {
  test.each(FAULTS)('%s %o strikes, is counted, and is what its check sees', async (name, setting, check) => {
    await expect(check(), 'the check passes without the fault').rejects.toThrow();
    const before = await fired(name);
    await erp.post('/admin/faults', { seed: 3, faults: { [name]: setting } });
    await check();
    expect(await fired(name)).toBeGreaterThan(before);
  });

  test('all names are in the table', async () => {
    const known = (await erp.get('/admin/faults')).body['fired'] as Row;
    expect(Object.keys(known).filter((name) => !FAULTS.some(([tested]) => tested === name))).toEqual([]);
  });

  test('leave the user free for the next call, whatever became of the last one', async () => {
    for (const name of ['blackHole', 'halfOpen', 'trickle', 'timeoutAfterCommit', 'giantBody']) {
      await branches({ timeoutMs: 200, headers: { 'x-sandbox-fault': name } }).catch(() => undefined);
      expect((await branches()).status, name).toBe(200);
    }
    expect((await erp.get('/admin/received')).body['concurrentCallViolations']).toBe(0);
  });

  test('licenceBusy takes its four forms in turn', async () => {
    await erp.post('/admin/faults', { faults: { licenceBusy: {} } });
    const statuses: number[] = [];
    for (let call = 0; call < 4; call++) statuses.push((await branches()).status);
    expect(statuses.sort((a, b) => a - b)).toEqual([401, 429, 500, 503]);
  });

  test('strike only what they can spoil, also when another method is listed', async () => {
    const methods = ['inclui', 'lista_simples'];
    await erp.post('/admin/faults', {
      faults: { tornList: { methods }, cursorBack: { methods }, partialErrors: { methods } },
    });
    const before = await Promise.all(['cursorBack', 'partialErrors'].map(fired));
    await includes(true, ({ status }) => expect(status).toBe(200));
    await erp.get(BRANCHES);
    expect(await Promise.all(['cursorBack', 'partialErrors'].map(fired))).toEqual(before);
  });

  test('mix: several may strike one call', async () => {
    await erp.post('/admin/faults', { faults: { wrongContentType: {}, truncatedBody: {}, controlCharacters: {} } });
    const { text, type } = await branches();
    expect([type, text.includes('\u0001'), text.endsWith('}')]).toEqual(['text/html; charset=iso-8859-1', true, false]);
  });

  test.each([
    [{ licenceBusy: { status: 418 } }, '401, 429, 500, 503'],
    [{ schemaDrift: { kind: 'odd' } }, 'new, missing, renamed'],
    [{ slow: { seconds: 1 } }, 'unknown setting seconds'],
  ])('refuses a setting that says nothing: %o', async (faults, text) => {
    expect(errorText(await erp.post('/admin/faults', { faults }))).toContain(text);
  });
});

async function fired(name: string): Promise<number> {
  return Number(((await erp.get('/admin/faults')).body['fired'] as Row)[name]);
}
