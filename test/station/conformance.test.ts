import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';

/* The conformance suite as it is run against a server nobody has seen, here against one that everybody has. */

const SCRIPT = fileURLToPath(new URL('../../scripts/conformance.ts', import.meta.url));
const folder = temporaryFolder();
afterAll(() => folder.remove());

type Report = {
  passed: number;
  failed: number;
  failures: { name: string; text: string }[];
  skipped: { name: string }[];
};

async function run(server: string, ...args: readonly string[]): Promise<{ code: number | null; report: Report }> {
  const asked = ['--server', server, '--user', 'e01', '--station', 'E01', '--json'].concat(args);
  const child = spawn(process.execPath, [SCRIPT, ...asked], {
    // The stations that a run keeps for the next one go with the folder of this test.
    env: { ...process.env, STATION_PASSWORD: 'demo-e01', TMPDIR: folder.path },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const out = await text(child.stdout);
  const [code] = await exited;
  return { code, report: JSON.parse(out.trim().split('\n').at(-1) ?? '') as Report };
}

describe.concurrent.each(['worst', 'descending'])('a server that speaks %s', (preset) => {
  let erp: Sandbox;
  beforeAll(async () => {
    erp = await startSandbox(join(folder.path, preset), ['--preset', preset]);
  });
  afterAll(() => erp.end('SIGTERM'));

  it('passes every case, and is left without a session', async () => {
    const { code, report } = await run(erp.url);
    expect(report.failures).toEqual([]);
    expect(code).toBe(0);
    expect(report.passed).toBeGreaterThan(40);
    // The catalogue of the demo store has no goods by the metre.
    expect(report.skipped.map(({ name }) => name)).toEqual([
      'the till sells a fraction of a piece',
      'the server holds what was sold: a fraction of a piece',
    ]);
    const headers = { 'WTS-Authorization': 'e01/demo-e01', 'WTS-AppName': 'millenium', 'WTS-LicenceType': 'api' };
    const json = { 'content-type': 'application/json' };
    const login = await fetch(`${erp.url}/api/login`, { method: 'POST', headers: { ...headers, ...json }, body: '{}' });
    expect(login.status).toBe(200);
  });
});

describe.concurrent('a second run against the same server', () => {
  it('goes on as the installation that the server knows', async () => {
    const erp = await startSandbox(join(folder.path, 'twice'));
    // Goods by the metre, of which a till sells a part.
    const cloth = { vitrine: 2, produtos: [{ cod_produto: '100001', unidade_uso: 'M', sku: [] }] };
    expect(await erp.post('/api/millenium_eco/produtos/atualiza', cloth, { user: 'e03' })).toMatchObject({
      status: 200,
    });
    const first = await run(erp.url);
    const second = await run(erp.url);
    await erp.end('SIGTERM');
    expect([...first.report.failures, ...second.report.failures]).toEqual([]);
    expect([...first.report.skipped, ...second.report.skipped]).toEqual([]);
    expect(second.report.passed).toBe(first.report.passed);
  });
});

describe.concurrent('what cannot work is said once, and ends the run early', () => {
  let erp: Sandbox;
  beforeAll(async () => {
    erp = await startSandbox(join(folder.path, 'pin'));
  });
  afterAll(() => erp.end('SIGTERM'));

  it('a PIN that is not the operator’s', async () => {
    const { code, report } = await run(erp.url, '--pin', '0000');
    expect(code).toBe(1);
    const own = report.failures.filter(({ text: why }) => !why.startsWith('it needs'));
    expect(own).toEqual([
      {
        name: 'the operator logs in and the drawer is open',
        text: 'operator 1 cannot log in (pin_wrong): give one of this server with --operator and --pin',
      },
    ]);
    expect(report.passed).toBeGreaterThan(10);
  });

  it('a server that is not there', async () => {
    const { code, report } = await run('http://127.0.0.1:1');
    expect(code).toBe(1);
    const [first, ...others] = report.failures;
    expect({ passed: report.passed, first: first?.name }).toEqual({
      passed: 0,
      first: 'the server answers and takes the login',
    });
    expect(others.filter(({ text: why }) => !why.startsWith('it needs'))).toEqual([]);
  });
});
