import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttp, type Http } from '../../../core/connectors/http.ts';
import { createMillenniumClient } from '../../../core/connectors/millennium/client.ts';
import { answerRaw } from '../../support/answer-raw.ts';

let server: Server | null = null;
let http: Http = createHttp();

afterEach(() => {
  http.close();
  http = createHttp();
  server?.closeAllConnections();
  server?.close();
  server = null;
});

async function listen(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

function get(url: string, timeoutMs = 2_000) {
  return http.send({ method: 'GET', url, headers: {}, body: null, timeoutMs });
}

describe('a request', () => {
  test('gets any status with its body as a reply', async () => {
    const url = await listen((_request, response) => response.writeHead(503).end('sem licença'));
    expect(await get(url)).toEqual({ answered: true, status: 503, body: 'sem licença' });
  });

  test('reads the Windows code page when it is not UTF-8', async () => {
    const url = await listen((_request, response) => response.end(Buffer.from('Senha inv\u00E1lida', 'latin1')));
    expect(await get(url)).toMatchObject({ body: 'Senha inválida' });
  });

  test('does not follow a redirect: a captive portal is not the ERP', async () => {
    let calls = 0;
    const url = await listen((_request, response) => {
      calls += 1;
      response.writeHead(302, { location: '/login' }).end();
    });
    expect(await get(url)).toMatchObject({ answered: true, status: 302 });
    expect(calls).toBe(1);
  });

  test('to a server that sends a byte now and then ends at its time limit', async () => {
    const url = await listen((_request, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(drip));
    });
    const startedAt = performance.now();
    expect(await get(url, 200)).toEqual({ answered: false, text: 'sem resposta em 200 ms' });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  test('that finds nobody, or is cut, tells so and nothing of the login', async () => {
    const url = await listen((request) => request.socket.destroy());
    expect(await get(url)).toEqual({ answered: false, text: 'conexão interrompida' });
    server?.close();
    expect(await get('http://127.0.0.1:1')).toMatchObject({ answered: false, text: 'conexão recusada' });
    expect(await get('http://no-such-host.invalid')).toMatchObject({ answered: false, text: 'nome não encontrado' });
  });

  test('is told in words when the answer is no HTTP, too large once unpacked, or packed wrongly', async () => {
    const raw = await answerRaw('SSH-2.0-OpenSSH_9.6\r\n');
    expect(await get(raw.url)).toEqual({ answered: false, text: 'a resposta não é HTTP' });
    raw.server.close();
    let body = gzipSync(Buffer.alloc(80 * 1024 * 1024, 0x20));
    const url = await listen((_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body));
    expect(await get(url, 20_000)).toEqual({ answered: false, text: 'a resposta veio cortada ou é grande demais' });
    body = Buffer.from('{"value":[]}');
    expect(await get(url)).toEqual({ answered: false, text: 'a resposta veio corrompida' });
  });

  test('in flight ends when it is closed', async () => {
    const url = await listen(() => undefined);
    const reply = get(url);
    setTimeout(() => http.close(), 50);
    expect(await reply).toEqual({ answered: false, text: 'closed' });
    expect(await get(url)).toEqual({ answered: false, text: 'closed' });
  });
});

test('requests leave nothing behind: a till makes a hundred thousand of them a week', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const url = await listen((_request, response) => response.end('{}'));
  const heapAfter = async (requests: number): Promise<number> => {
    for (let made = 0; made < requests; made += 1) await get(url, 60_000);
    // What is finalized goes with the next collection.
    for (let round = 0; round < 4; round += 1) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
    }
    return process.memoryUsage().heapUsed;
  };
  const before = await heapAfter(1_500);
  const perRequest = ((await heapAfter(2_000)) - before) / 2_000;
  expect(perRequest).toBeLessThan(300);
});

describe('a login', () => {
  const client = (serverUrl: string, timeoutMs = 2_000) =>
    createMillenniumClient({
      http,
      serverUrl,
      user: 'e01',
      password: 'segredo',
      timeoutMs,
      userAgent: 'station/1',
    });

  test('makes one call at a time over one connection, first come, first served', async () => {
    let [open, most] = [0, 0];
    const seen: string[] = [];
    const ports = new Set<number | undefined>();
    const url = await listen((request, response) => {
      open += 1;
      most = Math.max(most, open);
      seen.push(request.url ?? '');
      ports.add(request.socket.remotePort);
      setTimeout(() => {
        open -= 1;
        response.end('{}');
      }, 10);
    });
    const { call } = client(`${url}/`);
    await Promise.all(['a', 'b', 'c', 'd'].map((method) => call({ method })));
    expect([most, ports.size]).toEqual([1, 1]);
    expect(seen).toEqual(['a', 'b', 'c', 'd'].map((method) => `/api/${method}?$format=json&$dateformat=iso`));
  });

  test('does not count the wait for its turn as the wait for its answer', async () => {
    const url = await listen((_request, response) => void setTimeout(() => response.end('{}'), 300));
    const { call } = client(url, 1_000);
    const replies = await Promise.all(['a', 'b', 'c', 'd'].map((method) => call({ method })));
    expect(replies.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  });

  test('says who calls, posts JSON, and sends no parameter that was not given', async () => {
    const heard: unknown[] = [];
    const url = await listen((request, response) => {
      const { authorization, 'content-type': type, 'x-http-method': posted, 'user-agent': agent } = request.headers;
      heard.push([request.method, request.url, authorization, type, posted, agent]);
      response.end('{}');
    });
    const { call } = client(url);
    await call({ method: 'x/y', query: { cod_pedidov: 'É 1', top: undefined } });
    await call({ method: 'x/z', body: { FILIAL: 8 }, isPostedRead: true });
    const login = `Basic ${Buffer.from('e01:segredo').toString('base64')}`;
    const json = 'application/json; charset=utf-8';
    const tail = '$format=json&$dateformat=iso';
    expect(heard).toEqual([
      ['GET', `/api/x/y?cod_pedidov=%C3%89%201&${tail}`, login, undefined, undefined, 'station/1'],
      ['POST', `/api/x/z?${tail}`, login, json, 'GET', 'station/1'],
    ]);
  });

  test('is tried once more after an unexplained 401, and not after a wrong password', async () => {
    const bodies = ['', '{}', '', '', 'Senha inválida: e01/segredo', '{}'];
    let calls = 0;
    const url = await listen((request, response) => {
      if (request.url === '/api/login') return void response.writeHead(404).end();
      const body = bodies[calls] ?? '';
      calls += 1;
      response.writeHead(body === '{}' ? 200 : 401).end(body);
    });
    const { call } = client(url);
    expect(await call({ method: 'm' })).toMatchObject({ ok: true });
    expect(await call({ method: 'm' })).toMatchObject({ ok: false, failure: { class: 'transient' } });
    const refused = await call({ method: 'm' });
    expect(refused).toMatchObject({ ok: false, failure: { class: 'password' } });
    expect(JSON.stringify(refused)).not.toContain('segredo');
    expect(calls).toBe(5);
  });
});
