import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../../core/cli/program.ts';
import { startSandbox, temporaryFolder, type Sandbox } from '../sandbox/support.ts';
import { runCli, runCliJson } from '../support/run-cli.ts';
import { temporaryData } from '../support/spawn-station.ts';

/* `station enrol` as it is typed: the core is started for it and ended in order. */

const erpData = temporaryFolder();
const data = temporaryData();
let erp: Sandbox;

beforeAll(async () => {
  erp = await startSandbox(join(erpData.path, 'erp'));
});
afterAll(async () => {
  await erp.end('SIGTERM');
  erpData.remove();
  data.remove();
});

const enrol = (server: string, station: string): string[] => {
  const user = station.toLowerCase();
  return ['enrol', '--data', data.path, '--server', server, '--user', user, '--station', station];
};

describe('a command that cannot be understood ends with 2 and does nothing', () => {
  it.each([
    [['enrol', '--server', 'http://x']],
    [['enrol', '--server', 'http://x', '--user', 'u', '--station', 'toolong']],
    [['enrol', '--server', 'http://x', '--user', 'u', '--station', 'E01']],
    [['enroll']],
    [['status', '--nope']],
    [['summary', '--day', '31/12/2026']],
    [['call', 'station.view', '{not json']],
    [['call']],
  ])('%j', async (args) => {
    const folder = join(data.path, 'never-made');
    let out = '';
    const base = { defaultData: folder, stdin: Readable.from([]), writeErr: () => undefined };
    const code = await runProgram([...args, '--data', folder], { ...base, writeOut: (text) => void (out += text) });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(existsSync(folder)).toBe(false);
  });
});

describe('station enrol', () => {
  it('says a refusal in words, with its code and what to do', async () => {
    const { code, out, err } = await runCli(enrol(erp.url, 'E02'), 'errada\n');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('[S-005]');
    expect(err.trim().split('\n')).toHaveLength(2);
  });

  it('gives the refusal as JSON to a script', async () => {
    const { code, reply } = await runCliJson(enrol('http://127.0.0.1:1', 'E02'), 'x\n');
    expect(code).toBe(1);
    expect(reply).toMatchObject({ ok: false, error: { code: 'server_unreachable', server: 'http://127.0.0.1:1' } });
  });

  it('binds the station, loads every register and says so', async () => {
    const { code, out } = await runCli(enrol(`${erp.url}/`, 'e02'), 'demo-e02\n');
    expect(code).toBe(0);
    expect(out).toContain('Estação E02 · Boutique Demonstração Centro cadastrada.');
    expect(out).toMatch(/produtos\s+40\b/);
    expect(out).toContain('Carga inicial completa.');
  });

  it('keeps the password out of the database and the log', () => {
    expect(readFileSync(join(data.path, 'secrets.json'), 'utf8')).toContain('demo-e02');
    for (const file of ['station.db', 'logs/station.log']) {
      expect(readFileSync(join(data.path, file)).includes('demo-e02')).toBe(false);
    }
  });

  it('is refused a second time', async () => {
    const { code, reply } = await runCliJson(enrol(erp.url, 'E01'), 'demo-e01\n');
    expect(code).toBe(1);
    expect(reply.error).toEqual({ code: 'already_enrolled', stationCode: 'E02', server: erp.url });
  });
});
