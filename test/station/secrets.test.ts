import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { coreEnvironment } from '../../contract/core-process.ts';
import type { MethodInput, MethodName, Reply } from '../../contract/station-api.ts';
import { openConnection } from '../../core/cli/core-connection.ts';
import { coreCommand } from '../../scripts/core-process.ts';
import { startSandbox } from '../sandbox/support.ts';
import { runCli } from '../support/run-cli.ts';
import { BARCODES, CALL_TIMEOUT_MS, temporaryData, until } from '../support/spawn-station.ts';

/*
 * A day with everything in it that must not leak, then everything that leaves the station is searched: logs, what the
 * processes print, their arguments and surroundings, answers to support. The database and its backups are the one place
 * where a CPF belongs.
 */

const PASSWORD = 'senha-do-erp-7Q2x';
const NEXT_PASSWORD = 'senha-nova-9W4z';
const WRONG_PIN = 'pin-segredo1';
const CPF = '52998224725';
const CPF_DOTTED = '529.982.247-25';
const OTHER_CPF = '11144477735';
const SAMPLE_EVERY_MS = 15;

const data = temporaryData();
const erpData = temporaryData();
afterAll(() => {
  data.remove();
  erpData.remove();
});

/** Arguments and environment of every process on this machine that belongs to this test's folder or program. */
function watchProcesses(): { readonly seen: Map<string, string>; readonly stop: () => void } {
  const seen = new Map<string, string>();
  const look = (): void => {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      try {
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        if (!args.includes(data.path)) continue;
        seen.set(`${pid} ${args}`, `${args}\n${readFileSync(`/proc/${pid}/environ`, 'utf8')}`);
      } catch {
        // It ended while it was looked at.
      }
    }
  };
  const timer = setInterval(look, SAMPLE_EVERY_MS);
  return { seen, stop: () => clearInterval(timer) };
}

async function startCore() {
  const [node = '', ...args] = coreCommand({ data: data.path, callTimeoutMs: CALL_TIMEOUT_MS });
  const child = spawn(node, args, {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: coreEnvironment(process.env),
  });
  let printed = '';
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const connection = await openConnection(child.stdout, child.stdin, 30_000);
  const exited = once(child, 'exit');
  const call = <M extends MethodName>(method: M, input: MethodInput<M>): Promise<Reply<M>> =>
    connection.call(method, input) as Promise<Reply<M>>;
  return {
    call,
    must: async <M extends MethodName>(method: M, input: MethodInput<M>) => {
      const reply = await call(method, input);
      if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
      return reply.output;
    },
    printed: () => printed,
    end: async () => {
      child.stdin.end();
      await exited;
    },
  };
}

function readLogs(): string {
  const folder = join(data.path, 'logs');
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
}

describe('secrets', () => {
  it.skipIf(process.platform !== 'linux')(
    'stay out of logs, answers to support, exports and the process list',
    async () => {
      // A server of sessions, so that there is a token to leak.
      const erp = await startSandbox(erpData.path, ['--password', PASSWORD, '--login', 'session']);
      const processes = watchProcesses();
      const told: string[] = [];
      const cli = async (args: readonly string[], input = ''): Promise<void> => {
        const run = await runCli([...args, '--data', data.path], input);
        told.push(run.out, run.err);
      };
      const station = await startCore();
      const login = ['enrol', '--server', erp.url, '--user', 'e01', '--station', 'E01'];
      await cli(login, 'senha-errada-0\n');
      await cli(login, `${PASSWORD}\n`);
      expect((await station.must('station.view', {})).load.state, told.join('\n')).toBe('done');

      told.push(JSON.stringify(await station.call('operator.login', { code: '1', pin: WRONG_PIN })));
      await station.must('operator.login', { code: '1', pin: '1111' });
      await station.must('cashSession.open', { commandId: randomUUID(), floatCents: 10_000 });
      const saleId = randomUUID();
      await station.must('sale.addItem', { commandId: randomUUID(), saleId, barcode: BARCODES.tShirt });
      await station.must('sale.setSalesperson', { commandId: randomUUID(), saleId, salespersonCode: '24' });
      await station.must('sale.setCpf', { commandId: randomUUID(), saleId, cpf: CPF_DOTTED });
      told.push(
        JSON.stringify(await station.call('sale.setCpf', { commandId: randomUUID(), saleId, cpf: '52998224720' })),
      );
      const customer = { name: 'Ana Prado', phone: '11988887777', email: 'ana@example.org' };
      await station.must('customer.register', { commandId: randomUUID(), ...customer, cpf: OTHER_CPF });
      await station.must('sale.addTender', { commandId: randomUUID(), saleId, paymentTypeId: 1, amountCents: 20_000 });
      await station.must('sale.complete', { commandId: randomUUID(), saleId });
      await until(
        () => station.must('sync.view', {}),
        (view) => view.waiting === 0,
      );
      const token = readToken();
      // The server speaks of the CPF itself, and errors of every kind pass by.
      await erp.post('/admin/faults', { seed: 1, faults: { http500: { max: 2 } } });
      await cli(['send']);
      await erp.post('/admin/set-password', { user: 'e01', password: NEXT_PASSWORD });
      await erp.post('/admin/sessions', {});
      await station.call('sync.resume', { password: 'senha-errada-1' });
      await station.must('sync.resume', { password: NEXT_PASSWORD });
      for (const command of [
        ['status'],
        ['errors'],
        ['doctor'],
        ['summary'],
        ['status', '--json'],
        ['doctor', '--json'],
      ]) {
        await cli(command);
      }
      // Arguments of `call` are the caller's own; what comes back is not.
      told.push(JSON.stringify(await station.call('operator.login', { code: '1', pin: 42 as unknown as string })));
      await station.end();
      processes.stop();
      await erp.end('SIGTERM');

      const places = {
        logs: readLogs(),
        'the output of the core': station.printed(),
        'answers to support': told.join('\n'),
        'the process list': [...processes.seen.values()].join('\n'),
      };
      expect(processes.seen.size).toBeGreaterThan(3);
      expect(places.logs).toContain('documents sent');
      expect(token).toMatch(/.{8,}/);
      const secrets = [PASSWORD, NEXT_PASSWORD, 'senha-errada', WRONG_PIN, CPF, CPF_DOTTED, OTHER_CPF, token];
      for (const [place, text] of Object.entries(places)) {
        const leaked = secrets.filter((secret) => text.includes(secret));
        expect(leaked, place).toEqual([]);
      }
    },
  );
});

/** The session that the core holds at the server, as its own file has it. */
function readToken(): string {
  const db = new SqliteDatabase(join(data.path, 'station.db'), { readonly: true });
  try {
    const row = db.prepare<[], { session: string }>('SELECT session FROM erp_sessions').get();
    return row?.session ?? '';
  } finally {
    db.close();
  }
}
