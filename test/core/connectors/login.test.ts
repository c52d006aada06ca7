import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHttp } from '../../../core/connectors/http.ts';
import { createKeptSessions } from '../../../core/connectors/kept-sessions.ts';
import { createMillenniumClient, type MillenniumClient } from '../../../core/connectors/millennium/client.ts';
import { findErpSession } from '../../../db/erp-session-queries.ts';
import { createFakeClock, temporaryDatabase } from '../sync/support.ts';

/* A server of the test's own that keeps one session a user, over real HTTP; what it refuses is changed while it runs. */

type Answer = readonly [status: number, body: string];

let server: Server;
let url: string;
let database: ReturnType<typeof temporaryDatabase>;
let clients: MillenniumClient[];
let heard: string[];
let session: string | null;
let opened: number;
let offers: 'basic' | 'session' | 'both';
/** Answers of the next calls to a path, before the server thinks about them. */
let next: Map<string, (Answer | 'hang')[]>;

beforeEach(async () => {
  database = temporaryDatabase();
  clients = [];
  heard = [];
  session = null;
  opened = 0;
  offers = 'session';
  next = new Map();
  server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '').replace('/api/', '');
    heard.push(`${path} ${describeLogin(request.headers)}`);
    const answer = next.get(path)?.shift() ?? think(path, request.headers);
    if (answer !== 'hang') response.writeHead(answer[0]).end(answer[1]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  server.closeAllConnections();
  server.close();
  database.remove();
});

function describeLogin(headers: IncomingHttpHeaders): string {
  if (headers['wts-session'] !== undefined) return `session ${String(headers['wts-session'])}`;
  if (headers['wts-authorization'] === undefined) return headers.authorization === undefined ? 'nobody' : 'basic';
  return ['wts-authorization', 'wts-appname', 'wts-licencetype'].map((name) => String(headers[name])).join(' ');
}

function think(path: string, headers: IncomingHttpHeaders): Answer {
  const hasSessions = offers !== 'basic';
  if (path === 'login') {
    if (!hasSessions) return [404, ''];
    if (headers['wts-authorization'] !== 'e01/segredo') return [401, 'Senha inválida'];
    if (session !== null) return [401, 'O usuário já está conectado'];
    opened += 1;
    session = `sess-${opened}`;
    return [200, JSON.stringify({ session })];
  }
  if (headers['wts-session'] !== undefined) {
    if (headers['wts-session'] !== session) return [401, 'Sessão inválida ou expirada'];
    if (path === 'logout') session = null;
    return [200, '{}'];
  }
  if (offers === 'session') return [401, 'Usuário não autenticado'];
  return session === null ? [200, '{}'] : [401, 'Foi ultrapassado o máximo de usuários'];
}

function connect(password = 'segredo', timeoutMs = 1_000): MillenniumClient {
  const client = createMillenniumClient({
    http: createHttp(),
    serverUrl: url,
    user: 'e01',
    password,
    sessions: createKeptSessions(database.db, createFakeClock(), { serverUrl: url, serverUser: 'e01' }),
    timeoutMs,
    userAgent: 'station/1',
  });
  clients.push(client);
  return client;
}

async function call(client: MillenniumClient, method = 'm'): Promise<string> {
  const reply = await client.call({ method });
  return reply.ok ? 'ok' : `${reply.failure.class}: ${reply.failure.text}`;
}

/** As a core leaves it that dies: open there, and on disk here. */
function saveErpSession(): void {
  createKeptSessions(database.db, createFakeClock(), { serverUrl: url, serverUser: 'e01' }).save('sess-0');
}

function kept(): string | null {
  return findErpSession(database.db.read, { serverUrl: url, serverUser: 'e01' });
}

describe('a server that takes', () => {
  test('only Basic is never asked for a session', async () => {
    offers = 'basic';
    const client = connect();
    expect([await call(client), await call(client)]).toEqual(['ok', 'ok']);
    await client.close();
    expect(heard).toEqual(['m basic', 'm basic']);
  });

  test('both gets no session for a stumble over Basic: one whose reply is lost would lock everybody out', async () => {
    offers = 'both';
    const stumble: Answer = [401, 'Sessão inválida ou expirada'];
    const client = connect();
    next.set('m', [stumble]);
    expect(await call(client)).toBe('ok');
    next.set('m', [stumble, stumble]);
    expect([await call(client), await call(client)]).toEqual([expect.stringMatching(/^transient: .*expirada/), 'ok']);
    expect([heard.filter((line) => line.startsWith('login')), opened]).toEqual([[], 0]);
  });

  test('only sessions from today on is understood after a few calls', async () => {
    offers = 'both';
    const client = connect();
    await call(client);
    offers = 'session';
    const answers = [await call(client), await call(client), await call(client)];
    expect(answers).toEqual([expect.stringMatching(/^transient/), expect.stringMatching(/^transient/), 'ok']);
  });

  test('both is asked with Basic, which leaves nothing open', async () => {
    offers = 'both';
    const client = connect();
    await call(client);
    await client.close();
    expect([heard, opened]).toEqual([['m basic'], 0]);
  });

  test('only sessions gets one, kept before its first use, and it is closed at the end', async () => {
    const client = connect();
    expect([await call(client), await call(client)]).toEqual(['ok', 'ok']);
    expect(kept()).toBe('sess-1');
    await client.close();
    expect(heard).toEqual([
      'm basic',
      'm basic',
      'login e01/segredo millenium api',
      'm session sess-1',
      'm session sess-1',
      'logout session sess-1',
    ]);
    expect([session, kept()]).toEqual([null, null]);
  });
});

describe('a session', () => {
  test('that a dead core left open is logged out before anything else is asked', async () => {
    await call(connect());
    clients.length = 0;
    heard.length = 0;
    expect(await call(connect())).toBe('ok');
    expect(heard).toEqual([
      'logout session sess-1',
      'm basic',
      'm basic',
      'login e01/segredo millenium api',
      'm session sess-2',
    ]);
  });

  test('that a dead core left open and nobody answers for is kept, and asked about again', async () => {
    await call(connect());
    clients.length = 0;
    next.set('logout', ['hang']);
    const client = connect('segredo', 100);
    expect(await call(client)).toMatch(/^transient/);
    expect(kept()).toBe('sess-1');
    expect(await call(client)).toBe('ok');
    expect(session).toBe('sess-2');
  });

  test('that the server cannot take back for its own faults does not stop the station for ever', async () => {
    await call(connect());
    clients.length = 0;
    next.set('logout', [
      [500, ''],
      [500, ''],
      [500, ''],
    ]);
    const client = connect();
    const failed = 'transient: HTTP 500 that cannot be read:';
    expect([await call(client), await call(client), await call(client)]).toEqual([failed, failed, failed]);
    // Its own session still stands there: it is in the way, and asked to end again.
    expect(await call(client)).toMatch(/^busy/);
    expect(await call(client)).toBe('ok');
    expect([opened, session]).toEqual([2, 'sess-2']);
  });

  test('whose end is never answered is left to run out there by a server that answers everything else', async () => {
    offers = 'both';
    saveErpSession();
    next.set('logout', ['hang', 'hang', 'hang', 'hang']);
    const client = connect('segredo', 60);
    for (let tries = 1; tries <= 3; tries += 1) expect(await call(client)).toMatch(/^transient: sem resposta/);
    expect(await call(client)).toBe('ok');
    expect([heard.filter((line) => line.startsWith('logout')).length, kept()]).toEqual([3, null]);
  });

  test('is not taken for ended when its logout is refused for the licence or the login', async () => {
    for (const text of ['O usuário já está conectado', 'Senha inválida']) {
      const client = connect();
      expect(await call(client)).toBe('ok');
      next.set('logout', [[401, text]]);
      await client.close();
      expect(kept()).toBe(session);
    }
    expect(await call(connect())).toBe('ok');
    expect([opened, kept()]).toEqual([3, 'sess-3']);
  });

  test('that ran out is opened again once, and the call repeated once', async () => {
    const client = connect();
    await call(client);
    session = null;
    heard.length = 0;
    expect(await call(client)).toBe('ok');
    expect(heard).toEqual(['m session sess-1', 'login e01/segredo millenium api', 'm session sess-2']);
    next.set('m', [
      [401, ''],
      [401, ''],
    ]);
    session = null;
    heard.length = 0;
    expect(await call(client)).toMatch(/^transient/);
    expect(heard).toHaveLength(3);
  });

  test('is let go when a call is cut off by the end', async () => {
    const client = connect();
    await call(client);
    next.set('m', ['hang']);
    const cut = call(client);
    await expect.poll(() => heard.length).toBe(4);
    await client.close();
    expect(await cut).toBe('transient: closed');
    expect([session, kept()]).toEqual([null, null]);
  });

  test('whose logout is not answered stays on disk for the next start, and the end does not wait for ever', async () => {
    const client = connect('segredo', 150);
    await call(client);
    next.set('logout', ['hang']);
    await client.close();
    expect(kept()).toBe('sess-1');
  });

  test('that was opened while the station closed is closed, too', async () => {
    const client = connect();
    next.set('login', [[503, 'licença em uso']]);
    expect(await call(client)).toMatch(/^busy/);
    const late = call(client);
    await expect.poll(() => heard.filter((line) => line.startsWith('login')).length).toBe(2);
    await client.close();
    await late;
    expect([session, kept()]).toEqual([null, null]);
  });
});

describe('a login that is refused', () => {
  test('for its password stops there: it is not tried another way', async () => {
    const client = connect('errada');
    expect(await call(client)).toMatch(/^password/);
    offers = 'basic';
    next.set('m', [[401, 'Senha inválida']]);
    heard.length = 0;
    expect(await call(connect('errada'))).toMatch(/^password/);
    expect(heard).toEqual(['m basic']);
  });

  test.each([
    [401, 'Número máximo de sessões atingido', true],
    [429, 'Limite de licenças', undefined],
    [500, 'sem licença', undefined],
    [503, 'licenças ocupadas', undefined],
  ])('with %i %s is busy', async (status, text, isSessionTaken) => {
    next.set('login', [[status, text]]);
    const reply = await connect().call({ method: 'm' });
    expect(reply).toMatchObject({ ok: false, failure: { class: 'busy' } });
    expect(reply.ok ? null : reply.failure.isSessionTaken).toBe(isSessionTaken);
  });

  test.each(['', '{"session":""}', '{"session":"a b\\nX: y"}', '{"outra":1}'])(
    'or answered by %s opens no session',
    async (body) => {
      next.set('login', [[200, body]]);
      expect(await call(connect())).toMatch(/^transient/);
      expect(kept()).toBeNull();
    },
  );
});

test('no text of the server gives a secret or a CPF away', async () => {
  const client = connect();
  await call(client);
  const basic = Buffer.from('e01:segredo').toString('base64');
  next.set('m', [
    [
      400,
      JSON.stringify({ error: { message: { value: `sess-1 segredo ${basic} CPF 123.456.789-09 e 12345678909` } } }),
    ],
  ]);
  expect(await call(client)).toBe('refused: *** *** *** CPF *** e ***');
});
