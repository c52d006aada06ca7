import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { MethodName } from '../../contract/station-api.ts';
import { openConnection } from '../../core/cli/core-connection.ts';
import { openDemoTill } from '../support/demo-erp.ts';
import { CLI, CORE } from '../support/programs.ts';
import { runBeside, spawnOnDisk } from '../support/small-disk.ts';
import { BARCODES, temporaryData, type SpawnedStation } from '../support/spawn-station.ts';

/* A disk that is full, or may only be read: a real one, of some megabytes, under the real programs. */

type Ended = { readonly room: string; readonly code: number; readonly error: string };

/** Leaves room for some kilobytes only. */
const FILL = `dd if=/dev/zero of="$0/fill" bs=1k count=$(( $(df --output=avail -k "$0" | tail -n 1) - room )) 2>/dev/null`;
/** By the command line, which starts a core for it. */
const STATUS = `"$1" "$2" status --json --data "$0/data"`;
/** By the core alone, in half of the time. */
const START = `"$1" "$3" --data "$0/data" --stdio </dev/null`;
/** Runs one of them and prints how it ended and the first thing it said. */
const tell = (room: string, run: string): string => `out=$(${run}); echo "${room} $? $(echo "$out" | head -n 1)"`;

/** Runs `script`, which prints a line for each time the command line ended. */
async function statuses(size: string, script: string): Promise<Ended[]> {
  const folder = temporaryData();
  try {
    const shell = spawnOnDisk(folder.path, size, script, [process.execPath, CLI, CORE]);
    const gone = once(shell, 'exit');
    const output = await text(shell.stdout ?? process.stdin);
    await gone;
    return output
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [, room = '', code = '', json = ''] = /^(\S+) (\d+) (.*)$/.exec(line) ?? [];
        const reply = JSON.parse(json === '' ? '{}' : json) as { readonly error?: { readonly code: string } };
        return { room, code: Number(code), error: reply.error?.code ?? 'none' };
      });
  } finally {
    folder.remove();
  }
}

describe('a disk', () => {
  it('that is full from the first start on is told as that, in whatever place the room ends', async () => {
    const script = `for room in 0 4 8 16 32 64 128 256; do rm -rf "$0"/*; ${FILL}; ${tell('$room', START)}; done; ${tell('full', STATUS)}`;
    const ended = await statuses('2m', script);
    expect(ended).toHaveLength(9);
    expect(ended.filter(({ code, error }) => code !== 7 || error !== 'disk_full')).toEqual([]);
  });

  it('that fills up under a station is told as that at its next start, or the station starts', async () => {
    const script = `${STATUS} >/dev/null; for room in 0 4 8 12 16 20 24 32 48 64 96; do rm -f "$0/fill"; ${FILL}; ${tell('$room', START)}; done; room=0; rm -f "$0/fill"; ${FILL}; ${tell('full', STATUS)}; rm -f "$0/fill"; ${tell('free', STATUS)}`;
    const ended = await statuses('8m', script);
    expect(ended).toHaveLength(13);
    for (const { code, error } of ended) expect([7, 0]).toContain(code === 7 && error !== 'disk_full' ? error : code);
    expect(ended[0]).toMatchObject({ code: 7, error: 'disk_full' });
    expect(ended.at(-1)).toEqual({ room: 'free', code: 0, error: 'none' });
  });

  it('that may only be read is none to work on, and nothing is made there', async () => {
    const script = `${STATUS} >/dev/null; mount -o remount,ro "$0"; ${tell('ro', STATUS)}; ${tell('new', START.replace('$0/data', '$0/new'))}`;
    expect(await statuses('8m', script)).toEqual([
      { room: 'ro', code: 7, error: 'data_unwritable' },
      { room: 'new', code: 7, error: 'data_unwritable' },
    ]);
  });

  it('that fills up while somebody sells refuses what it cannot keep, and takes it when there is room again', async () => {
    const folder = temporaryData();
    const core = spawnOnDisk(folder.path, '96m', 'exec "$1" "$2" --data "$0/data" --stdio --call-timeout-ms 1500', [
      process.execPath,
      CORE,
    ]);
    const gone = once(core, 'exit');
    try {
      const { stdin, stdout } = core;
      if (stdin === null || stdout === null) throw new Error('no pipes');
      const connection = await openConnection(stdout, stdin, 30_000);
      const call = ((method: MethodName, input: object) => connection.call(method, input)) as SpawnedStation['call'];
      const must: SpawnedStation['must'] = async (method, input) => {
        const reply = await call(method, input);
        if (!reply.ok) throw new Error(`${method}: ${JSON.stringify(reply.error)}`);
        return reply.output;
      };
      await openDemoTill({ must });
      const saleId = randomUUID();
      const scan = (commandId: string) => call('sale.addItem', { commandId, saleId, barcode: BARCODES.tShirt });
      const lines = async (): Promise<number> => (await must('sale.current', {}))?.lines.length ?? 0;
      await scan(randomUUID());

      runBeside(core, `dd if=/dev/zero of="${join(folder.path, 'fill')}" bs=64k || true`);
      let commandId = '';
      let kept = 1;
      let refused: unknown = null;
      // The log has room of its own for some more.
      for (let scans = 0; scans < 500 && refused === null; scans += 1) {
        commandId = randomUUID();
        const reply = await scan(commandId);
        if (reply.ok) kept += 1;
        else refused = reply.error;
      }
      expect(refused).toMatchObject({ code: 'disk_full' });
      expect(await lines()).toBe(kept);
      expect(await must('station.view', {})).toMatchObject({ station: { code: 'E01' } });

      runBeside(core, `rm -f "${join(folder.path, 'fill')}"`);
      expect((await scan(commandId)).ok).toBe(true);
      expect((await scan(commandId)).ok).toBe(true);
      expect(await lines()).toBe(kept + 1);
    } finally {
      core.stdin?.end();
      await gone;
      folder.remove();
    }
  });
});
